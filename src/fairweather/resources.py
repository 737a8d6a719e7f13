"""Where the data and the task definitions lie: in a checkout or inside the installed package."""

import os
from functools import cache
from pathlib import Path

from fairweather.errors import FairweatherError


@cache
def resource_root() -> Path:
    """The folder that holds `dataset/`, `tasks/` and `baselines/`.

    In an installed wheel this is inside the package; in a checkout it is the repository itself.

    >>> (resource_root() / "tasks" / "stance" / "task.toml").is_file()
    True
    """
    package = Path(__file__).resolve().parent
    for root in (package / "_shipped", package.parents[1]):
        if (root / "dataset" / "corpus").is_dir() and (root / "tasks").is_dir():
            return root
    raise FairweatherError(f"the dataset is missing from this installation ({package})", remedy="reinstall fairweather")


def dataset_dir() -> Path:
    """The folder of the dataset: what the Hub repository holds."""
    return resource_root() / "dataset"


def tasks_dir() -> Path:
    """The folder of task definitions, one subfolder a task."""
    return resource_root() / "tasks"


def baselines_dir() -> Path:
    """The folder of baselines, one file a baseline."""
    return resource_root() / "baselines"


def home_dir() -> Path:
    """The user's own folder for hydrated text; the environment variable FAIRWEATHER_HOME overrides it."""
    override = os.environ.get("FAIRWEATHER_HOME")
    if override:
        try:
            folder = Path(override).expanduser()
            usable = folder.is_dir() or not folder.exists()
        except (RuntimeError, OSError):
            usable = False
        if not usable:
            raise FairweatherError(f"FAIRWEATHER_HOME={override!r} is no folder", remedy="name a folder, or unset it")
        return folder
    from platformdirs import user_data_path

    return user_data_path("fairweather", appauthor=False)
