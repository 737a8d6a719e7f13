"""Exporting a dataset folder that `load_dataset` reads, with the hydrated splits in it."""

import shutil
import tempfile
from pathlib import Path

from fairweather.data.load import hydrated_splits, standoff_rows
from fairweather.data.store import Store, open_store
from fairweather.errors import FairweatherError
from fairweather.files import read_bytes, write_bytes
from fairweather.release.card import card_header
from fairweather.release.rows import config_names
from fairweather.release.tables import table_path, to_parquet

# What explains the labels travels with them.
_PAPERS = ("codebook.md", "annotators.json", "targets.json", "manifest.json")
_NOTICE = """
# Fairweather, with hydrated text

A private copy of the Fairweather dataset made by `fairweather export`. Hydrated splits: {splits}. Their text belongs to
others: use it for research, do not publish or upload this folder. Labels and open text are CC BY 4.0.
"""


def export(target: Path) -> dict[str, list[str]]:
    """Write the dataset with every hydrated split into `target`, a new or empty folder.

    Afterwards `load_dataset(str(target), "claims", split="press")` works, when press is hydrated. Returns the
    hydrated splits with their configs. Everything is written beside first and then renamed, so that an interrupted
    export leaves nothing. Raises FairweatherError when the folder holds something, or cannot be written.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FairweatherError(f"{target} exists and is not empty", remedy="give a new folder")
    store = open_store()
    hydrated = {
        split: [config for config in config_names() if standoff_rows(store, config, split)]
        for split in hydrated_splits(store)
    }
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
    except OSError as error:
        raise _cannot_write(target, error) from error
    try:
        _fill(staging, store, hydrated)
        if target.exists():
            target.rmdir()
        staging.chmod(0o755)
        staging.replace(target)
    except OSError as error:
        raise _cannot_write(target, error) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return hydrated


def _cannot_write(target: Path, error: OSError) -> FairweatherError:
    return FairweatherError(
        f"cannot write {target}: {error.strerror or error}", remedy="check permissions and free space"
    )


def _fill(folder: Path, store: Store, hydrated: dict[str, list[str]]) -> None:
    for name in store.manifest["files"]:
        if name.endswith(".parquet"):
            write_bytes(folder / name, store.verified(name))
    for split, configs in hydrated.items():
        for config in configs:
            data = to_parquet(config, standoff_rows(store, config, split))
            write_bytes(folder / table_path(config, split), data)
    for name in _PAPERS:
        write_bytes(folder / name, read_bytes(store.root / name))
    notice = _NOTICE.format(splits=", ".join(hydrated) or "none")
    header = card_header(store.manifest, extra_splits=hydrated)
    write_bytes(folder / "README.md", (header + notice).encode("utf-8"))
