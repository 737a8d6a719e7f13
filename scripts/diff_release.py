"""Say what changed between two releases of the dataset, record by record.

Run from a checkout: `python scripts/diff_release.py OLD NEW`, with two dataset folders (`git worktree add` gives one of
an older release). Records of articles that were added or removed as a whole are not listed one by one.
"""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from fairweather.cli.show import print_json
from fairweather.errors import FairweatherError
from fairweather.release.diff import diff_releases, diff_summary, read_release

FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print every change as JSON.")
def main(old: Path, new: Path, as_json: bool) -> None:
    """Print the changes from OLD to NEW, counted first, then one a line."""
    changes = diff_releases(read_release(old), read_release(new))
    if as_json:
        print_json([asdict(change) for change in changes])
        return
    click.echo(diff_summary(changes))
    for change in changes:
        click.echo(f"{change.kind} {change.layer}: {change.record}" + (f": {change.what}" if change.what else ""))


if __name__ == "__main__":
    try:
        main()
    except FairweatherError as error:
        sys.exit(f"diff_release: {error}")
