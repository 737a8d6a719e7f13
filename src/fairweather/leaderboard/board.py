"""The board: systems as rows, splits side by side, as Markdown, JSON and CSV."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fairweather.errors import FairweatherError
from fairweather.files import write_json, write_text
from fairweather.resampling import FEW_ARTICLES
from fairweather.scoring.result import Result, Score
from fairweather.tasks import get_task

ROLE_MARK = {"baseline": "", "ablated": "input ablated", "upper_bound": "upper bound"}


@dataclass(frozen=True)
class BoardRow:
    """One system's result on one task and split."""

    system: str
    role: str
    description: str
    result: Result


@dataclass(frozen=True)
class Line:
    """One system on one task: its primary score by split, and its gain over the best ablated baseline by split."""

    task: str
    system: str
    role: str
    scores: dict[str, Score]
    gains: dict[str, float | None]


@dataclass(frozen=True)
class Board:
    """All rows of a board."""

    rows: tuple[BoardRow, ...]

    def tasks(self) -> list[str]:
        """The tasks on the board, in order of appearance."""
        return list(dict.fromkeys(row.result.task for row in self.rows))

    def splits(self, task: str | None = None) -> list[str]:
        """The splits on the board, or of one task's table, in order of appearance."""
        return list(dict.fromkeys(row.result.split for row in self.rows if task in (None, row.result.task)))

    def lines(self, task: str) -> list[Line]:
        """One task's systems. Real attempts first, then by name: this is a list, not a ranking."""
        members = [row for row in self.rows if row.result.task == task]
        best = {split: _best_ablated(members, split) for split in self.splits(task)}
        found = []
        for system in dict.fromkeys(row.system for row in members):
            own = [row for row in members if row.system == system]
            scores = {row.result.split: row.result.score for row in own}
            gains = {split: _gain(own[0].role, score, best[split]) for split, score in scores.items()}
            found.append(Line(task, system, own[0].role, scores, gains))
        return sorted(found, key=lambda line: (list(ROLE_MARK).index(line.role), line.system))

    def few_articles(self) -> list[str]:
        """Splits whose intervals speak for their articles alone."""
        return [s for s in self.splits() if any(r.result.these_articles_only for r in self.rows if r.result.split == s)]


def _best_ablated(rows: Sequence[BoardRow], split: str) -> float | None:
    values = [row.result.score.value for row in rows if row.role == "ablated" and row.result.split == split]
    return max(values, default=None)


def _gain(role: str, score: Score, best: float | None) -> float | None:
    return None if best is None or role != "baseline" else score.value - best


def _cell(score: Score | None) -> str:
    if score is None:
        return "–"
    return f"{score.value:.3f}" if score.low is None else f"{score.value:.3f} [{score.low:.3f}, {score.high:.3f}]"


def _escape(text: str) -> str:
    """Text that Markdown and HTML show as it is."""
    for char, safe in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("|", "\\|"), ("`", "\\`"), ("[", "\\[")):
        text = text.replace(char, safe)
    return " ".join(text.split())


def header(board: Board, task: str) -> list[str]:
    """The column names of a task's table."""
    metric = get_task(task).primary_metric
    columns = ["system", *(f"{metric}, {split}" for split in board.splits(task))]
    return [*columns, *(f"gain, {split}" for split in _gain_splits(board, task))]


def _gain_splits(board: Board, task: str) -> list[str]:
    lines = board.lines(task)
    return [split for split in board.splits(task) if any(line.gains.get(split) is not None for line in lines)]


def cells(board: Board, task: str) -> Iterator[list[str]]:
    """The rows of a task's table as text, unescaped."""
    for line in board.lines(task):
        mark = ROLE_MARK[line.role]
        name = f"{line.system} ({mark})" if mark else line.system
        gains = [line.gains.get(split) for split in _gain_splits(board, task)]
        yield [
            name,
            *(_cell(line.scores.get(split)) for split in board.splits(task)),
            *("–" if gain is None else f"{gain:+.3f}" for gain in gains),
        ]


def footnotes(board: Board) -> list[str]:
    """What a reader must know to read the numbers."""
    notes = [
        "Scores with 95% bootstrap intervals. Systems are listed by kind, then by name: the order is no ranking.",
        "gain: over the best of the systems shown that are denied part of the input; a difference without an interval.",
    ]
    bare = dict.fromkeys(f"{r.result.task}, {r.result.split}" for r in board.rows if r.result.score.low is None)
    if bare:
        notes.append(f"No interval on {'; '.join(bare)}: too few articles for scores of one item an article.")
    unread = {f"{r.result.task}, {r.result.split}": r.result.coverage for r in board.rows if r.result.coverage < 1}
    for name, coverage in unread.items():
        notes.append(
            f"{name}: only {coverage:.0%} of the items were answered; the rest (not hydrated?) count as wrong."
        )
    few = board.few_articles()
    if few:
        notes.append(
            f"{', '.join(few)}: fewer than {FEW_ARTICLES} articles, so passages were resampled within them; the "
            "intervals speak for these articles alone."
        )
    return notes


def markdown(board: Board) -> str:
    """The board as Markdown, a table a task."""
    parts = []
    for task in board.tasks():
        names = header(board, task)
        parts.append(f"### {task}\n\n| " + " | ".join(names) + " |\n|" + "---|" * len(names) + "\n")
        parts.append("".join("| " + " | ".join(map(_escape, row)) + " |\n" for row in cells(board, task)) + "\n")
    return "".join(parts) + "\n".join(f"- {note}" for note in footnotes(board)) + "\n"


def records(board: Board) -> list[dict[str, Any]]:
    """Every number of the board with its signature, one record a score; a gain goes with primary scores."""
    gains = {(line.task, line.system): line.gains for task in board.tasks() for line in board.lines(task)}
    return [
        {
            "task": row.result.task,
            "split": row.result.split,
            "system": row.system,
            "role": row.role,
            "metric": score.name,
            "value": score.value,
            "low": score.low,
            "high": score.high,
            "items": score.items,
            "coverage": row.result.coverage,
            "primary": score.name == row.result.primary,
            "gain": gains[row.result.task, row.system].get(row.result.split) if score is row.result.score else None,
            "signature": row.result.signature_of(score.name),
        }
        for row in board.rows
        for score in row.result.scores.values()
    ]


def _csv_safe(value: object) -> object:
    """A cell that no spreadsheet runs as a formula."""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def as_csv(board: Board) -> str:
    """`records` as comma-separated values."""
    rows, sink = records(board), io.StringIO()
    writer = csv.DictWriter(sink, fieldnames=list(rows[0]) if rows else ["task"], lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _csv_safe(value) for key, value in row.items()} for row in rows)
    return sink.getvalue()


BOARD_FILES = ("board.md", "board.json", "board.csv")


def remove_board(folder: Path) -> None:
    """Remove a board, if there is one; raises FairweatherError when it cannot be."""
    for name in BOARD_FILES:
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise FairweatherError(
                f"cannot write {folder / name}: {error.strerror}", remedy="check the folder's permissions"
            ) from error


def write_board(board: Board, folder: Path) -> None:
    """Write `board.md`, `board.json` and `board.csv` into a folder."""
    write_text(folder / "board.md", markdown(board))
    write_json(folder / "board.json", records(board))
    write_text(folder / "board.csv", as_csv(board))
