"""`fairweather validate`: corpus files or a predictions file."""

from pathlib import Path

import click

from fairweather.corpus.validate import corpus_files, corpus_problems
from fairweather.errors import FairweatherError
from fairweather.tasks import get_task


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    found = sorted(path.rglob("*.json")) if path.is_dir() else []
    if not found:
        raise FairweatherError(f"no corpus files in {path}", remedy="give a corpus file or a folder of them")
    return found


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--task", help="PATHS is one predictions file for this task, not corpus files.")
@click.option("--split", default="test", show_default=True, help="With --task: the split that was predicted.")
def validate(paths: tuple[Path, ...], task: str | None, split: str) -> None:
    """Check corpus files against their schema and each other, or with --task a predictions file.

    Without PATHS, the whole corpus of this installation. Exit code 1 when something is wrong.

    \b
    Example: fairweather validate
             fairweather validate --task stance my-predictions.jsonl
    """
    if task is not None:
        _validate_predictions(paths, task, split)
        return
    if not paths:
        _check_release()
    files = [file for path in paths for file in _files(path)] if paths else corpus_files()
    problems = corpus_problems(files)
    for path, lines in problems.items():
        for line in lines:
            click.echo(f"{path}: {line}", err=True)
    count = sum(len(lines) for lines in problems.values())
    click.echo(f"{len(files)} corpus files checked, {count} problems")
    if problems:
        raise click.exceptions.Exit(1)


def _check_release() -> None:
    """Files that are missing or not as released end the check: nothing can be said of others with them."""
    from fairweather.data.store import open_store

    problems = list(open_store().problems())
    for line in problems:
        click.echo(line, err=True)
    if problems:
        click.echo(f"{len(problems)} files are not as released; after a change of the corpus, rebuild the dataset")
        raise click.exceptions.Exit(1)


def _validate_predictions(paths: tuple[Path, ...], task: str, split: str) -> None:
    from fairweather.data.gold import read_gold
    from fairweather.scoring.predictions import read_predictions, require_file

    if len(paths) != 1:
        raise FairweatherError("--task takes one predictions file", remedy="give its path")
    gold = read_gold(task, split)
    predictions = read_predictions(require_file(paths[0]), get_task(task), gold.ids)
    abstained = sum(prediction.answer is None for prediction in predictions)
    click.echo(f"{paths[0]}: valid for {task}, {split}: {len(predictions)} items, {abstained} abstentions")
