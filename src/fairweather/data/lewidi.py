"""The raw votes in the form of the Learning with Disagreements (LeWiDi) shared tasks, third edition.

One JSON file a task and split: item id to text, each annotator's vote, and the soft label (the share of votes on each
label). `hard_label` is the adjudicated one, which need not be the majority's. Labels are numbers, as in the tables.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fairweather.data.load import available_splits, load
from fairweather.errors import FairweatherError
from fairweather.files import write_json
from fairweather.tasks import Task, get_task, task_names

# What LeWiDi calls the parts of a text, and what it keeps beside it, by task.
_OTHER = {
    "stance": ("article_id", "source", "level", "target_id", "none_kind", "seen_target"),
    "claims": ("article_id", "source", "kinds", "check_worthy", "voice"),
}


def soft_label(labels: tuple[str, ...], votes: Mapping[str, str]) -> dict[str, float]:
    """The share of the votes on each label, by label number.

    >>> soft_label(("claim", "no_claim"), {"a01": "claim", "a02": "claim", "a03": "no_claim", "a04": "claim"})
    {'0': 0.75, '1': 0.25}
    """
    counted = Counter(votes.values())
    return {str(number): counted[label] / len(votes) for number, label in enumerate(labels)}


def lewidi_item(task: Task, split: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """One row of a task's table as a LeWiDi item."""
    votes = {vote["annotator"]: vote["label"] for vote in row["votes"]}
    return {
        "annotation_task": task.title.lower(),
        "text": {name: row[name] for name in task.inputs},
        "number_of_annotations": len(votes),
        "number_of_annotators": len(votes),
        "annotators": ",".join(votes),
        "annotations": {who: str(task.labels.index(label)) for who, label in votes.items()},
        "soft_label": soft_label(task.labels, votes),
        "hard_label": str(row["label"]),
        "lang": "en",
        "split": split,
        "other_info": {name: row[name] for name in _OTHER[task.name]},
    }


def export_votes(folder: Path) -> dict[str, int]:
    """Write `<task>_<split>.json` for every task with votes and every split that can be loaded.

    Returns the number of items by file name. Raises FairweatherError when one of the files is there already.
    """
    tasks = [get_task(name) for name in task_names() if name in _OTHER]
    files = {f"{task.name}_{split}.json": (task, split) for task in tasks for split in available_splits(task.name)}
    for name in files:
        if (folder / name).exists():
            raise FairweatherError(f"{folder / name} exists", remedy="give a new folder")
    # All made before the first is written, so that an interrupted run leaves nothing in the way of the next.
    made = {
        name: {row["id"]: lewidi_item(task, split, row) for row in load(task.name, split)}
        for name, (task, split) in files.items()
    }
    for name, items in made.items():
        write_json(folder / name, items)
    return {name: len(items) for name, items in made.items()}
