"""Rebuild the dataset from the corpus files: tables, card, manifest, and the figures in the documents.

Run from a checkout: `python scripts/build_dataset.py`, or with `--check` to fail when anything committed is stale.
"""

import sys
from pathlib import Path

import click

from fairweather.cli.show import progress
from fairweather.errors import FairweatherError
from fairweather.files import parse_json, write_text
from fairweather.release.build import build, stale_files, write_build
from fairweather.release.card import manifest_figures, refresh_figures
from fairweather.resources import resource_root

DOCUMENTS = ("DATASHEET.md",)


def _documents(root: Path, manifest: bytes) -> dict[str, str]:
    """The documents with their generated figures made anew."""
    figures = manifest_figures(parse_json(manifest, root / "dataset" / "manifest.json"))
    return {name: refresh_figures((root / name).read_text(encoding="utf-8"), figures) for name in DOCUMENTS}


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail when what is committed is not a fresh build.")
def main(check: bool) -> None:
    """Rebuild the dataset, or check that it is fresh."""
    root = resource_root()
    with progress("build", None) as advance:
        files = build(root / "dataset", advance)
    documents = _documents(root, files["manifest.json"])
    stale_documents = [name for name, text in documents.items() if (root / name).read_text(encoding="utf-8") != text]
    if check:
        stale = [*stale_files(root / "dataset", files), *stale_documents]
        for name in stale:
            click.echo(f"stale: {name}", err=True)
        click.echo(f"{len(files)} generated files checked, {len(stale)} stale")
        sys.exit(1 if stale else 0)
    changed = write_build(root / "dataset", files)
    for name in stale_documents:
        write_text(root / name, documents[name])
    click.echo("\n".join([*changed, *stale_documents]) or "nothing changed")


if __name__ == "__main__":
    try:
        main()
    except FairweatherError as error:
        sys.exit(f"build_dataset: {error}")
