"""Reading predictions: JSON lines keyed by id, every problem found in one pass."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral, Real
from pathlib import Path
from typing import Any

from fairweather.errors import FairweatherError, ProblemsError
from fairweather.files import read_bytes
from fairweather.tasks import Task

# How many problems are listed before the rest is only counted.
PROBLEM_CAP = 50


@dataclass(frozen=True)
class Prediction:
    """One system's answer to one item; `answer` None is an abstention."""

    id: str
    answer: str | None
    scores: Mapping[str, float] | None = None


class _Problems:
    """Problems in the order they are met; past the cap they are counted only."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.total = 0

    def add(self, line: str) -> None:
        self.total += 1
        if len(self.lines) < PROBLEM_CAP:
            self.lines.append(line)


def _unique_keys(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if len(set(keys)) < len(keys):
        raise ValueError(f"key {next(key for key in keys if keys.count(key) > 1)!r} occurs twice")
    return dict(pairs)


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number JSON knows")


def _parse(raw: bytes) -> object:
    """One line as JSON; ValueError says in words what is wrong with it."""
    try:
        return json.loads(raw.decode("utf-8"), object_pairs_hook=_unique_keys, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start + 1} of the line") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg} at column {error.colno})") from error
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    except ValueError as error:
        if "digits" in str(error):
            raise ValueError("a number with too many digits") from error
        raise


def _is_finite(value: Real) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # an int too large for a float
        return False


def _scores_problem(scores: object, task: Task) -> str | None:
    if not isinstance(scores, dict):
        return "'scores' must be an object of label to number"
    for label, value in scores.items():
        if label not in task.labels:
            return f"'scores' has unknown label {label[:80]!r} (valid: {', '.join(task.labels)})"
        if isinstance(value, bool) or not isinstance(value, Real):
            return f"score of {label!r} must be a number"
        if not _is_finite(value):
            return f"score of {label!r} must be finite"
    return None


def _row_problem(row: object, task: Task) -> str | None:
    """What is wrong with one parsed line, or None."""
    if not isinstance(row, dict):
        return f"must be an object, not {type(row).__name__}"
    allowed = {"id", task.answer} | ({"scores"} if task.labels else set())
    for key in row:
        if key not in allowed:
            return f"unknown key {key[:80]!r} (allowed: {', '.join(sorted(allowed))})"
    if not isinstance(row.get("id"), str):
        return "'id' must be a string" if "id" in row else "no 'id'"
    if task.answer not in row:
        return f"no {task.answer!r} (null abstains)"
    answer = row[task.answer]
    if answer is not None and not isinstance(answer, str):
        hint = " (labels are names: `features['label'].int2str(n)` gives them)" if isinstance(answer, Integral) else ""
        return f"{task.answer!r} must be a string or null, not {type(answer).__name__}{hint}"
    if task.labels and answer is not None and answer not in task.labels:
        return f"unknown label {answer[:80]!r} (valid: {', '.join(task.labels)})"
    if isinstance(answer, str) and any(0xD800 <= ord(char) <= 0xDFFF for char in answer):
        return f"{task.answer!r} holds half of a surrogate pair"
    return _scores_problem(row["scores"], task) if "scores" in row else None


def _checked(
    rows: Iterable[tuple[str, object]], task: Task, expected: Sequence[str], problems: _Problems
) -> dict[str, Prediction]:
    known = set(expected)
    found: dict[str, Prediction] = {}
    first: dict[str, str] = {}
    for where, row in rows:
        problem = _row_problem(row, task)
        if problem is not None:
            problems.add(f"{where}: {problem}")
        if not isinstance(row, dict) or not isinstance(row.get("id"), str):
            continue
        item = row["id"]
        if item not in known:
            problems.add(f"{where}: id {item[:80]!r} is not in this split")
        elif item in first:
            problems.add(f"{where}: id {item!r} already stands in {first[item]}")
        else:
            first[item] = where
            if problem is None:
                found[item] = Prediction(item, row[task.answer], row.get("scores"))
    for item in expected:
        if item not in first:
            problems.add(f"missing: no line for id {item!r}")
    return found


def _parsed_lines(data: bytes, problems: _Problems) -> Iterator[tuple[str, object]]:
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if raw.strip():
            try:
                yield f"line {number}", _parse(raw)
            except ValueError as error:
                problems.add(f"line {number}: {error}")


def _is_array(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), list)
    except (ValueError, RecursionError):
        return False


def _wrong_kind(data: bytes) -> str | None:
    """What a file is when it is no JSON lines at all, so that this is said once and not of every line."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") and b"\0" in data[:100]:
        return "UTF-16, not UTF-8"
    if data.lstrip()[:1] == b"[" and _is_array(data):
        return "one JSON array, not JSON lines"
    if b"\r" in data and b"\n" not in data:
        return "lines end in CR alone"
    return None


def read_predictions(path: Path, task: Task, expected: Sequence[str]) -> list[Prediction]:
    """Read a predictions file for `task`; the result is in the order of `expected`, the ids of the whole split.

    Raises ProblemsError listing every problem with its line: missing, extra or doubled ids, unknown labels, wrong
    types, lines that are not JSON or not UTF-8, scores that are not finite numbers.
    """
    data = read_bytes(path)
    problems = _Problems()
    if (hint := _wrong_kind(data)) is not None:
        raise FairweatherError(f"{path}: {hint}", remedy="save it as UTF-8, one JSON object a line")
    found = _checked(_parsed_lines(data, problems), task, expected, problems)
    return _all_or_raise(str(path), found, expected, problems, task)


def check_predictions(
    rows: Iterable[object], task: Task, expected: Sequence[str], where: str = "predictions"
) -> list[Prediction]:
    """`read_predictions` for rows already in memory: mappings as a line of the file would hold, or a data frame."""
    problems = _Problems()
    if hasattr(rows, "to_dict"):
        rows = rows.to_dict("records")
    numbered = ((f"row {number}", row) for number, row in enumerate(rows, 1))
    found = _checked(numbered, task, expected, problems)
    return _all_or_raise(where, found, expected, problems, task)


def _all_or_raise(
    where: str, found: Mapping[str, Prediction], expected: Sequence[str], problems: _Problems, task: Task
) -> list[Prediction]:
    if problems.total:
        answer = f'"{task.labels[0]}"' if task.labels else '"…"'
        raise ProblemsError(
            where,
            problems.lines,
            total=problems.total,
            remedy=f'every id of the split once, a line each: {{"id": "…", "{task.answer}": {answer}}}',
        )
    return [found[item] for item in expected]


def predictions_rows(task: Task, predictions: Iterable[Prediction]) -> Iterator[dict[str, object]]:
    """Predictions as the rows of a predictions file."""
    for prediction in predictions:
        row: dict[str, object] = {"id": prediction.id, task.answer: prediction.answer}
        if prediction.scores is not None:
            row["scores"] = {label: float(value) for label, value in prediction.scores.items()}
        yield row


def require_file(path: Path) -> Path:
    """The path itself; raises FairweatherError when it is no file."""
    if not path.is_file():
        raise FairweatherError(f"no such predictions file: {path}", remedy="give a JSON lines file")
    return path
