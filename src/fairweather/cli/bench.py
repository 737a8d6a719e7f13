"""`fairweather bench`: the main job."""

from pathlib import Path

import click

from fairweather.cli.show import print_json, print_table, progress
from fairweather.data.store import open_store
from fairweather.errors import FairweatherError
from fairweather.tasks import get_task, task_names


@click.command()
@click.option("--task", "tasks", multiple=True, metavar="NAME", help="Only this task (may be given again).")
@click.option("--baseline", "names", multiple=True, metavar="NAME", help="Only this baseline (may be given again).")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("runs/bench"),
    show_default=True,
    help="Folder for predictions, results and the board.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the board as JSON.")
def bench(tasks: tuple[str, ...], names: tuple[str, ...], out: Path, as_json: bool) -> None:
    """Fit every baseline on train, score it on test (and on press when hydrated), and print the board.

    \b
    Example: fairweather bench
             fairweather bench --task claims --baseline majority --baseline tfidf_logreg
    """
    chosen = [get_task(name).name for name in tasks or task_names()]
    from fairweather.leaderboard.bench import plan, run_bench
    from fairweather.leaderboard.board import cells, footnotes, header, records
    from fairweather.leaderboard.systems import get_systems

    systems = get_systems(names or None)
    jobs = plan(systems, chosen)
    if not jobs:
        able = sorted(system.name for system in get_systems() if set(system.tasks) & set(chosen))
        raise FairweatherError(f"no chosen baseline does {', '.join(chosen)}", remedy="these do: " + ", ".join(able))
    with progress("bench", len(jobs)) as advance:
        board = run_bench(jobs, out, lambda job: advance(f"{job.system.name}, {job.task}, {job.split}"))
    if as_json:
        print_json(records(board))
        return
    for task in board.tasks():
        print_table(task, header(board, task), cells(board, task))
    for note in footnotes(board):
        click.echo(note)
    store = open_store()
    missing = [s for s in store.all_splits() if s not in {*store.shipped_splits(), *board.splits()}]
    if missing:
        click.echo(f"not hydrated: {', '.join(missing)}; `fairweather hydrate PATH` adds its column.")
    click.echo(f"Predictions, results and board: {out}")
