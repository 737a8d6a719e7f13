"""Baselines as files: finding them, reading what they say of themselves, and running them."""

import importlib.util
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from fairweather.errors import FairweatherError, unknown_name
from fairweather.resources import baselines_dir
from fairweather.tasks import Task, task_names

if TYPE_CHECKING:
    import pandas as pd

# What a system may be: a real attempt, one that is denied part of the input, or one that has seen the references.
ROLES = ("baseline", "ablated", "upper_bound")

Predict = Callable[[Task, "pd.DataFrame", "pd.DataFrame", int], Iterable[Mapping[str, object]]]


@dataclass(frozen=True)
class System:
    """A baseline: its name, which tasks it does, its role, what it does in a line, and its function."""

    name: str
    tasks: tuple[str, ...]
    role: str
    description: str
    predict: Predict
    path: Path


def _import(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"fairweather_baseline_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise FairweatherError(f"{path}: cannot be imported", remedy="give a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _blame(path: object, error: Exception) -> FairweatherError:
    """What went wrong inside a baseline, with the line of its file."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    where = f", line {frames[-1].lineno}" if frames else ""
    return FairweatherError(f"{path}{where}: {type(error).__name__}: {error}", remedy="mend the baseline")


def run_system(
    system: System, task: Task, train: "pd.DataFrame", items: "pd.DataFrame", seed: int
) -> list[Mapping[str, object]]:
    """A system's rows; whatever its code raises becomes a FairweatherError that names its file and line."""
    try:
        return list(system.predict(task, train, items, seed))
    except Exception as error:
        raise _blame(system.path, error) from error


def read_system(path: Path) -> System:
    """Import one baseline file.

    It must define `TASKS` (tuple of task names), `ROLE` (one of `baseline`, `ablated`, `upper_bound`) and
    `predict(task, train, items, seed)`, which gives rows of a predictions file; its docstring's first line describes
    it. Raises FairweatherError naming what is missing.
    """
    try:
        module = _import(path)
    except Exception as error:
        raise _blame(path, error) from error
    missing = [name for name in ("TASKS", "ROLE", "predict") if not hasattr(module, name)]
    if missing or not module.__doc__:
        lacking = ", ".join([*missing, *([] if module.__doc__ else ["a docstring"])])
        raise FairweatherError(f"{path}: lacks {lacking}", remedy="see CONTRIBUTING.md, 'A baseline'")
    if module.ROLE not in ROLES:
        raise unknown_name("role", module.ROLE, ROLES)
    for task in module.TASKS:
        if task not in task_names():
            raise unknown_name("task", task, task_names())
    return System(path.stem, tuple(module.TASKS), module.ROLE, module.__doc__.splitlines()[0], module.predict, path)


@cache
def baseline_paths() -> dict[str, Path]:
    """Every baseline file by name."""
    return {path.stem: path for path in sorted(baselines_dir().glob("*.py")) if not path.name.startswith("_")}


def get_systems(names: Iterable[str] | None = None) -> list[System]:
    """Baselines by name, all of them by default; an unknown name raises FairweatherError listing the valid ones.

    >>> [system.role for system in get_systems(["majority", "length_only"])]
    ['baseline', 'ablated']
    """
    paths = baseline_paths()
    chosen = list(paths) if names is None else list(names)
    for name in chosen:
        if name not in paths:
            raise unknown_name("baseline", name, paths)
    return [read_system(paths[name]) for name in chosen]


def inputs_of(task: Task, items: "pd.DataFrame", role: str) -> "pd.DataFrame":
    """What a system may see of the items: the task's inputs alone, or for an upper bound everything."""
    return items if role == "upper_bound" else items[["id", *task.inputs]].copy()
