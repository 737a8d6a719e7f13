"""Audit samples as files of annotation tools: Label Studio's tasks and interface, doccano's JSON lines; and back.

Label Studio: tasks are objects with `data`; an export adds `annotations` with `completed_by` and choices in `result`.
doccano: a line an item with `text` and `label`; what else a line holds comes back as it was, and each annotator's
export is a file of their own.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from fairweather.data.review import Judgement, ReviewItem
from fairweather.errors import FairweatherError, ProblemsError
from fairweather.files import json_lines, parse_json, read_bytes
from fairweather.tasks import Task

# More problems than these are counted, not listed.
CAP = 20


def label_studio_tasks(items: Sequence[ReviewItem]) -> list[dict[str, Any]]:
    """The tasks to import: what is shown, and the item's id to know it by afterwards."""
    return [{"data": {"item": item.id, **item.shown}} for item in items]


def label_studio_interface(task: Task) -> str:
    """The labelling interface of a task: its question, what is shown, one choice of the labels."""
    shown = [f"  <Header value={quoteattr(task.question)}/>"]
    for name in task.inputs:
        shown += [f'  <Header size="5" value="{name}"/>', f'  <Text name="{name}" value="${name}"/>']
    choices = [f'    <Choice value="{label}" hotkey="{key}"/>' for key, label in enumerate(task.labels, 1)]
    to_name = task.inputs[-1]
    head = f'  <Choices name="label" toName="{to_name}" choice="single" required="true" showInLine="true">'
    return "\n".join(["<View>", *shown, head, *choices, "  </Choices>", "</View>"]) + "\n"


def doccano_lines(task: Task, items: Sequence[ReviewItem]) -> str:
    """JSON lines for a text classification project: the text as one piece, no label yet, the id kept beside."""
    return json_lines(
        {
            "text": "\n\n".join(f"{name.upper()}: {item.shown[name]}" for name in task.inputs if item.shown[name]),
            "label": [],
            "item": item.id,
        }
        for item in items
    )


class _Reading:
    """Judgements and problems of one filled file."""

    def __init__(self, task: Task, gold: Mapping[str, str]) -> None:
        self.task, self.gold = task, gold
        self.judgements: list[Judgement] = []
        self.problems: list[str] = []
        self._seen: set[tuple[str, str]] = set()

    def take(self, where: str, person: str, item: object, labels: object) -> None:
        """One person's answer on one item; no answer is none, more than one a problem."""
        if not isinstance(item, str) or item not in self.gold:
            self.problems.append(f"{where}: unknown item {item!r}")
        elif not isinstance(labels, list) or not all(isinstance(label, str) for label in labels) or len(labels) > 1:
            self.problems.append(f"{where}: {item}: one label wanted, found {labels!r}")
        elif labels and labels[0] not in self.task.labels:
            self.problems.append(f"{where}: {item}: unknown label {labels[0]!r} (valid: {', '.join(self.task.labels)})")
        elif labels and (person, item) in self._seen:
            self.problems.append(f"{where}: {item}: judged twice by {person}")
        elif labels:
            self._seen.add((person, item))
            self.judgements.append(Judgement(person, item, labels[0]))


def _who(completed_by: object, fallback: str) -> str:
    if isinstance(completed_by, Mapping):
        completed_by = completed_by.get("email") or completed_by.get("id")
    return str(completed_by) if isinstance(completed_by, (str, int)) else fallback


def _choices(result: object) -> list[Any]:
    found: list[Any] = []
    for entry in result if isinstance(result, list) else []:
        value = entry.get("value") if isinstance(entry, Mapping) else None
        chosen = value.get("choices") if isinstance(value, Mapping) else None
        found += chosen if isinstance(chosen, list) else []
    return found


def _read_label_studio(path: Path, tasks: list[Any], reading: _Reading) -> None:
    for number, task in enumerate(tasks, 1):
        data = task.get("data") if isinstance(task, Mapping) else None
        if not isinstance(data, Mapping):
            reading.problems.append(f"{path}, task {number}: no data")
            continue
        annotations = task.get("annotations")
        for annotation in annotations if isinstance(annotations, list) else []:
            if isinstance(annotation, Mapping) and not annotation.get("was_cancelled"):
                person = _who(annotation.get("completed_by"), path.stem)
                reading.take(f"{path}, task {number}", person, data.get("item"), _choices(annotation.get("result")))


def _rows(path: Path, text: str, reading: _Reading) -> Iterator[tuple[int, Mapping[str, Any]]]:
    # Not splitlines: a JSON string may hold line ends of Unicode.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if isinstance(row, Mapping):
            yield number, row
        else:
            reading.problems.append(f"{path}, line {number}: not a JSON object")


def _read_one(path: Path, reading: _Reading) -> None:
    data = read_bytes(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FairweatherError(f"{path}: not UTF-8 at byte {error.start}", remedy="export it as UTF-8") from error
    before = len(reading.judgements), len(reading.problems)
    if text.lstrip().startswith("["):
        tasks = parse_json(text.encode("utf-8"), path)
        _read_label_studio(path, tasks if isinstance(tasks, list) else [], reading)
    else:
        for number, row in _rows(path, text, reading):
            labels = row.get("label", row.get("labels"))
            reading.take(f"{path}, line {number}", path.stem, row.get("item"), [] if labels is None else labels)
    if (len(reading.judgements), len(reading.problems)) == before:
        raise FairweatherError(f"{path}: no judgement in it", remedy="label some items, then export")


def read_filled(paths: Sequence[Path], task: Task, gold: Mapping[str, str]) -> list[Judgement]:
    """The judgements in filled files: Label Studio's JSON exports, or doccano's JSON lines, named after the person.

    Items nobody answered are passed over. Raises ProblemsError listing what is wrong, an item that one person judged
    twice in the files together included; FairweatherError for a file that is neither or holds no judgement at all.
    """
    reading = _Reading(task, gold)
    for path in paths:
        _read_one(path, reading)
    if reading.problems:
        remedy = "give each person's export once, as JSON from Label Studio or JSONL from doccano"
        where = ", ".join(map(str, paths))
        raise ProblemsError(where, reading.problems[:CAP], total=len(reading.problems), remedy=remedy)
    return reading.judgements
