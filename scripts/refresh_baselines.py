"""Run every baseline and put its predictions and results beside it, in `baselines/committed`.

Results on a hydrated split are numbers and may be committed. So may predicted labels, which are ids and labels; a
predicted summary of a stand-off article is somebody's text, and is left out.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import click

from fairweather.cli.show import progress
from fairweather.corpus.reference import TRAINING_SPLITS
from fairweather.data.store import open_store
from fairweather.errors import FairweatherError
from fairweather.leaderboard.bench import plan, run_bench
from fairweather.leaderboard.systems import get_systems
from fairweather.resources import baselines_dir
from fairweather.tasks import get_task, task_names


def _may_be_committed(name: Path) -> bool:
    if name.parts[0] != "predictions":
        return True
    task, _, split = name.stem.partition("-")
    return bool(get_task(task).labels) or split in open_store().shipped_splits()


@click.command()
def main() -> None:
    """Run every baseline and keep what may be committed."""
    jobs = plan(get_systems(), task_names())
    target = baselines_dir() / "committed"
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with progress("bench", len(jobs)) as advance:
            board = run_bench(jobs, folder, lambda job: advance(f"{job.system.name}, {job.task}"))
        shutil.rmtree(target, ignore_errors=True)
        for path in sorted(folder.rglob("*.*")):
            name = path.relative_to(folder)
            if path.is_file() and _may_be_committed(name):
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target / name)
    missing = [split for split in open_store().all_splits() if split not in {*board.splits(), *TRAINING_SPLITS}]
    if missing:
        click.echo(f"not hydrated, so not refreshed and now gone: {', '.join(missing)}", err=True)


if __name__ == "__main__":
    try:
        main()
    except FairweatherError as error:
        sys.exit(f"refresh_baselines: {error}")
