"""The main job: fit every baseline, predict, score, and write predictions, results and a board."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fairweather.corpus.reference import TRAINING_SPLITS
from fairweather.data.gold import Gold, read_gold
from fairweather.data.load import available_splits, load
from fairweather.files import json_lines, sha256_bytes, write_bytes
from fairweather.leaderboard.board import Board, BoardRow, remove_board, write_board
from fairweather.leaderboard.systems import System, inputs_of, run_system
from fairweather.scoring.predictions import Prediction, check_predictions, predictions_rows
from fairweather.scoring.result import Result
from fairweather.scoring.score import score_predictions
from fairweather.tasks import Task, get_task

if TYPE_CHECKING:
    import pandas as pd

SEED = 1


@dataclass(frozen=True)
class Job:
    """One system on one task and split."""

    system: System
    task: str
    split: str

    def path(self, folder: Path, kind: str, suffix: str) -> Path:
        """Where this job's predictions or result lie under an output folder."""
        return folder / kind / self.system.name / f"{self.task}-{self.split}{suffix}"


def bench_splits(task: str) -> tuple[str, ...]:
    """The splits a task is scored on: test always, and every stand-off split that is hydrated."""
    return tuple(split for split in available_splits(task) if split not in TRAINING_SPLITS)


def plan(systems: Sequence[System], tasks: Sequence[str]) -> list[Job]:
    """Every job, task by task so that a task's data is read once."""
    return [
        Job(system, task, split)
        for task in tasks
        for system in systems
        if task in system.tasks
        for split in bench_splits(task)
    ]


@dataclass(frozen=True)
class Outcome:
    """What one job gave: its result, and its predictions as the bytes of a file."""

    job: Job
    result: Result
    predictions: bytes


class Bench:
    """Runs jobs; tables and gold labels are read once and kept."""

    def __init__(self, seed: int = SEED) -> None:
        self.seed = seed
        self._tables: dict[tuple[str, str], pd.DataFrame] = {}
        self._gold: dict[tuple[str, str], Gold] = {}

    def table(self, task: str, split: str) -> "pd.DataFrame":
        """A task's split as a data frame, with labels as names."""
        if (task, split) not in self._tables:
            frame = load(task, split).to_pandas()
            labels = get_task(task).labels
            if labels:
                frame["label"] = frame["label"].map(dict(enumerate(labels)))
            self._tables[task, split] = frame
        return self._tables[task, split]

    def gold(self, task: str, split: str) -> Gold:
        """The gold labels of a task's split."""
        if (task, split) not in self._gold:
            self._gold[task, split] = read_gold(task, split)
        return self._gold[task, split]

    def _predict(self, job: Job) -> list[Prediction]:
        """A system's predictions for the whole split; items whose text is not hydrated are abstentions."""
        task: Task = get_task(job.task)
        items = self.table(job.task, job.split)
        train = self.table(job.task, "train")
        rows = run_system(job.system, task, train, inputs_of(task, items, job.system.role), self.seed)
        gold = self.gold(job.task, job.split)
        hydrated = set(items["id"])
        absent = [{"id": item, task.answer: None} for item in gold.ids if item not in hydrated]
        where = f"baseline {job.system.name} on {job.task}, {job.split}"
        return check_predictions([*rows, *absent], task, gold.ids, where)

    def run(self, job: Job) -> Outcome:
        """Predict and score; nothing is written."""
        predictions = self._predict(job)
        data = json_lines(predictions_rows(get_task(job.task), predictions)).encode("utf-8")
        result = score_predictions(
            self.gold(job.task, job.split),
            predictions,
            system=job.system.name,
            predictions_sha256=sha256_bytes(data),
        )
        return Outcome(job, result, data)


def write_outcomes(outcomes: Sequence[Outcome], folder: Path) -> Board:
    """Write predictions, results and the board; the old board goes first, so that it never stands over new results."""
    rows = [BoardRow(o.job.system.name, o.job.system.role, o.job.system.description, o.result) for o in outcomes]
    board = Board(tuple(rows))
    remove_board(folder)
    for outcome in outcomes:
        predictions = outcome.job.path(folder, "predictions", ".jsonl")
        write_bytes(predictions, outcome.predictions)
        outcome.result.save(outcome.job.path(folder, "results", ".json"), predictions)
    write_board(board, folder)
    return board


def run_bench(jobs: Sequence[Job], folder: Path, progress: Callable[[Job], None] = lambda _: None) -> Board:
    """Run planned jobs, then write everything under `folder`.

    Nothing is written before the last job is done, so that an interrupted run leaves what was there.
    """
    bench, outcomes = Bench(), []
    for job in jobs:
        progress(job)
        outcomes.append(bench.run(job))
    return write_outcomes(outcomes, folder)
