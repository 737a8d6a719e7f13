"""Task definitions, read from `tasks/<name>/task.toml`: labels, inputs, metrics, versions."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fairweather.errors import FairweatherError, unknown_name
from fairweather.resources import tasks_dir


@dataclass(frozen=True)
class Task:
    """One task as its `task.toml` defines it.

    `version` is N-X: N changes when scores stop being comparable, X when only the interface changes.

    >>> task = get_task("stance")
    >>> task.labels
    ('favor', 'against', 'none')
    >>> task.primary_metric
    'macro_f1'
    """

    name: str
    version: str
    title: str
    question: str
    kind: str
    answer: str
    labels: tuple[str, ...]
    positive: str | None
    inputs: tuple[str, ...]
    metrics: tuple[str, ...]
    primary_metric: str
    prompt: str
    vocabularies: dict[str, tuple[str, ...]]


_REQUIRED: dict[str, type] = {
    "version": str,
    "title": str,
    "question": str,
    "kind": str,
    "answer": str,
    "inputs": list,
    "metrics": list,
    "primary_metric": str,
    "prompt": str,
}
_OPTIONAL: dict[str, type] = {"labels": list, "positive": str, "vocabularies": dict}


def _check(raw: dict[str, Any], path: Path) -> None:
    problems = [f"missing key {key!r}" for key in _REQUIRED if key not in raw]
    problems += [f"unknown key {key!r}" for key in raw if key not in {**_REQUIRED, **_OPTIONAL}]
    for key, kind in {**_REQUIRED, **_OPTIONAL}.items():
        if key in raw and not isinstance(raw[key], kind):
            problems.append(f"{key!r} must be a {kind.__name__}")
    if not problems and raw["kind"] not in ("classification", "generation"):
        problems.append("'kind' must be 'classification' or 'generation'")
    if not problems and raw["primary_metric"] not in raw["metrics"]:
        problems.append("'primary_metric' must be one of 'metrics'")
    if problems:
        raise FairweatherError(f"{path}: " + "; ".join(problems), remedy="mend the task file")


def read_task(path: Path) -> Task:
    """Read and check one `task.toml`; raises FairweatherError naming every wrong key."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FairweatherError(f"{path}: {error}", remedy="mend or restore the task file") from error
    _check(raw, path)
    return Task(
        name=path.parent.name,
        version=raw["version"],
        title=raw["title"],
        question=raw["question"],
        kind=raw["kind"],
        answer=raw["answer"],
        labels=tuple(raw.get("labels", ())),
        positive=raw.get("positive"),
        inputs=tuple(raw["inputs"]),
        metrics=tuple(raw["metrics"]),
        primary_metric=raw["primary_metric"],
        prompt=raw["prompt"],
        vocabularies={key: tuple(values) for key, values in raw.get("vocabularies", {}).items()},
    )


@cache
def task_names() -> tuple[str, ...]:
    """The names of all tasks, sorted.

    >>> task_names()
    ('claims', 'stance', 'summary')
    """
    return tuple(sorted(path.parent.name for path in tasks_dir().glob("*/task.toml")))


@cache
def get_task(name: str) -> Task:
    """One task by name; an unknown name raises FairweatherError listing the valid ones."""
    if name not in task_names():
        raise unknown_name("task", name, task_names())
    return read_task(tasks_dir() / name / "task.toml")
