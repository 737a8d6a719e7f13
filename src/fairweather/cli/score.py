"""`fairweather score` and `fairweather verify`."""

from pathlib import Path

import click

from fairweather.cli.show import print_json, print_table
from fairweather.errors import FairweatherError
from fairweather.resampling import FEW_ARTICLES, RESAMPLES
from fairweather.scoring.result import Result, Score, predictions_of, read_result
from fairweather.scoring.score import score as score_file


def _interval(score: Score) -> str:
    return "–" if score.low is None else f"{score.low:.4f} to {score.high:.4f}"


def _rows(scores: dict[str, Score]) -> list[tuple[str, str, str, str]]:
    return [(name, f"{s.value:.4f}", _interval(s), f"{s.items:,}") for name, s in scores.items()]


def _print(result: Result) -> None:
    title = f"{result.system}: {result.task}, {result.split}"
    print_table(title, ["score", "value", "95% interval", "items"], _rows(result.scores))
    for name, scores in result.breakdown.items():
        print_table(name, ["score", "value", "95% interval", "items"], _rows(scores))
    click.echo(f"{result.items:,} items in {result.articles} articles; {result.abstained:,} abstentions, ", nl=False)
    click.echo(f"coverage {result.coverage:.1%}.")
    if result.setting.task == "claims" and "average_precision" not in result.scores:
        click.echo('average_precision needs "scores" for claim with every answer.')
    if not result.setting.resamples:
        click.echo("Too few articles with one item each: no interval can be given.")
    if result.these_articles_only:
        few = f"Fewer than {FEW_ARTICLES} articles"
        click.echo(f"{few}: passages were resampled within them; intervals speak for these alone.")
    click.echo(f"Signature: {result.signature}")


@click.command()
@click.argument("task")
@click.argument("predictions", type=click.Path(path_type=Path))
@click.option("--split", default="test", show_default=True, help="The split that was predicted.")
@click.option("--system", help="Name of the system; by default the file's name.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Also write the result to this file.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def score(task: str, predictions: Path, split: str, system: str | None, out: Path | None, as_json: bool) -> None:
    """Score PREDICTIONS, a JSON lines file, on TASK (stance, claims or summary).

    Every item of the split once: {"id": …, "label": …}, for summaries {"id": …, "summary": …}; null abstains.

    \b
    Example: fairweather score claims my-predictions.jsonl --split test --out result.json
    """
    if out is not None and out.resolve() == predictions.resolve():
        raise FairweatherError("--out is the predictions file itself", remedy="give another path")
    result = score_file(task, predictions, split, system=system)
    if out is not None:
        result.save(out, predictions)
    if as_json:
        print_json(result.to_dict())
    else:
        _print(result)


@click.command()
@click.argument("result", type=click.Path(path_type=Path))
@click.argument("predictions", required=False, type=click.Path(path_type=Path))
def verify(result: Path, predictions: Path | None) -> None:
    """Recompute RESULT, a result file, from its predictions and compare every number.

    Without PREDICTIONS, the file that the result names is read. Exit code 1 when anything differs.

    \b
    Example: fairweather verify result.json
             fairweather verify result.json moved-predictions.jsonl
    """
    claimed = read_result(result)
    setting = claimed.setting
    found = score_file(
        claimed.task,
        predictions or predictions_of(result),
        claimed.split,
        system=claimed.system,
        # Where no resample could differ none is recorded, and their number does not matter.
        resamples=setting.resamples or RESAMPLES,
        seed=setting.seed,
    )
    differences = _differences(claimed, found)
    if differences:
        for line in differences:
            click.echo(line, err=True)
        raise click.exceptions.Exit(1)
    click.echo(f"verified: {claimed.score} and {len(claimed.scores) - 1} more scores\n{claimed.signature}")


# What `_differences` reports in words of its own.
_TOLD_APART = ("/predictions_sha256", "/setting", "/signature")


def _differences(claimed: Result, found: Result) -> list[str]:
    lines = []
    if claimed.predictions_sha256 != found.predictions_sha256:
        lines.append(
            f"the predictions are not those that were scored: sha256 {claimed.predictions_sha256}, "
            f"found {found.predictions_sha256}"
        )
    if claimed.setting != found.setting:
        lines.append(f"signature: {claimed.setting}\nhere:      {found.setting}")
    theirs, ours = _flat(claimed.to_dict()), _flat(found.to_dict())
    for name in sorted(name for name in {*theirs, *ours} if not name.startswith(_TOLD_APART)):
        if theirs.get(name) != ours.get(name):
            lines.append(f"{name}: the file says {theirs.get(name)}, recomputed {ours.get(name)}")
    return lines


def _flat(value: object, name: str = "") -> dict[str, object]:
    """Every number of nested JSON values by its path."""
    if not isinstance(value, dict):
        return {name: value}
    return {path: leaf for key, inner in value.items() for path, leaf in _flat(inner, f"{name}/{key}").items()} or {
        name: value
    }
