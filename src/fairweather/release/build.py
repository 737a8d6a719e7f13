"""Building the dataset: corpus files in, tables, card, metadata and manifest out. Equal corpora give equal bytes."""

from collections.abc import Callable, Mapping
from pathlib import Path

from fairweather.corpus.article import read_article
from fairweather.corpus.reference import get_sources
from fairweather.corpus.validate import corpus_files, corpus_problems
from fairweather.errors import ProblemsError
from fairweather.files import canonical_json, write_bytes
from fairweather.release.card import refresh_card
from fairweather.release.croissant import croissant
from fairweather.release.manifest import make_manifest
from fairweather.release.rows import config_names, rows_of
from fairweather.release.tables import table_path, to_parquet


def build(root: Path, progress: Callable[[str], None] = lambda _: None) -> dict[str, bytes]:
    """Every generated file of the dataset by its path in `root`, from the corpus files there.

    Nothing is written. Raises ProblemsError when a corpus file is not valid.
    """
    paths = corpus_files(root / "corpus")
    problems = corpus_problems(paths)
    if problems:
        lines = [f"{path.relative_to(root)}: {line}" for path, found in problems.items() for line in found]
        raise ProblemsError(str(root), lines, remedy="mend the corpus files; `fairweather validate` checks them")
    articles = [read_article(path) for path in paths]
    open_splits = [split for source in get_sources().values() if source.text_ships for split in source.splits]
    files: dict[str, bytes] = {}
    for config in config_names():
        for split in open_splits:
            progress(f"{config}/{split}")
            rows = [row for article in articles if article.split == split for row in rows_of(config, article)]
            files[table_path(config, split)] = to_parquet(config, rows)
    progress("manifest")
    version = (root / "VERSION").read_text(encoding="utf-8").strip()
    corpus = {path.relative_to(root).as_posix(): path for path in paths}
    tables = {path.relative_to(root).as_posix(): path for path in _tables(root)}
    manifest = make_manifest(version, articles, files, corpus, tables)
    files["manifest.json"] = canonical_json(manifest).encode("utf-8")
    files["croissant.json"] = canonical_json(croissant(manifest)).encode("utf-8")
    card = refresh_card((root / "README.md").read_text(encoding="utf-8"), manifest)
    files["README.md"] = card.encode("utf-8")
    return files


def _tables(root: Path) -> list[Path]:
    """Reference tables, schemas and the codebook: written by hand, and listed in the manifest."""
    listed = [path for path in root.glob("*.json") if path.name not in ("manifest.json", "croissant.json")]
    return [*listed, *root.glob("schemas/*.json"), root / "codebook.md", root / "CANARY"]


def write_build(root: Path, files: Mapping[str, bytes]) -> list[str]:
    """Write what differs from what is there; the manifest last, so that an interrupted build is noticed."""
    changed = []
    for name in sorted(files, key=lambda name: (name == "manifest.json", name)):
        path = root / name
        if not path.exists() or path.read_bytes() != files[name]:
            write_bytes(path, files[name])
            changed.append(name)
    return changed


def stale_files(root: Path, files: Mapping[str, bytes]) -> list[str]:
    """Generated files that are missing, differ from a fresh build, or should not be there."""
    stale = [name for name, data in files.items() if not (root / name).exists() or (root / name).read_bytes() != data]
    present = {path.relative_to(root).as_posix() for path in (root / "data").rglob("*.parquet")}
    return sorted({*stale, *(present - set(files))})
