"""The reference tables of the dataset: targets, episodes, annotators and sources."""

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from fairweather.corpus.download import Archive
from fairweather.errors import FairweatherError
from fairweather.files import read_bytes, read_json
from fairweather.resources import dataset_dir

# Splits that systems learn from; they never meet the targets kept for testing.
TRAINING_SPLITS = ("train", "validation")


@dataclass(frozen=True)
class Target:
    """A proposition to take sides on. `seen` says whether it occurs in training.

    >>> get_targets()["congress-consent"].seen
    False
    """

    id: str
    proposition: str
    boundary: str
    seen: bool


@dataclass(frozen=True)
class Episode:
    """A historical event that pieces are about; open pieces on it lie in one split only."""

    id: str
    title: str
    years: str
    split: str


@dataclass(frozen=True)
class Source:
    """One of the sources of text: its licence, and whether its text ships.

    >>> get_sources()["press"].text_ships
    False
    """

    id: str
    title: str
    licence: str
    text_ships: bool
    splits: tuple[str, ...]
    layers: tuple[str, ...]
    description: str
    provenance: dict[str, Any]

    @property
    def archive(self) -> Archive | None:
        """The one file that holds the source's text, where there is such a file."""
        raw = self.provenance.get("archive")
        return Archive(tuple(raw["urls"]), raw["sha256"]) if raw else None


@dataclass(frozen=True)
class Annotator:
    """One annotator: what kind it is and which part of the work it did under which instruction."""

    id: str
    kind: str
    role: str
    instruction: str
    covered: str


def _keys(kind: type) -> set[str]:
    return {field.name for field in fields(kind)}


def _table(name: str, root: Path | None, keys: set[str]) -> list[dict[str, Any]]:
    path = (root or dataset_dir()) / f"{name}.json"
    rows = read_json(path)
    if not isinstance(rows, list) or not all(isinstance(row, dict) and set(row) == keys for row in rows):
        raise FairweatherError(f"{path}: not a list of rows with {', '.join(sorted(keys))}", remedy="restore the file")
    return rows


@cache
def get_targets(root: Path | None = None) -> dict[str, Target]:
    """All targets by id, in the order of the table."""
    return {row["id"]: Target(**row) for row in _table("targets", root, _keys(Target))}


@cache
def get_episodes(root: Path | None = None) -> dict[str, Episode]:
    """All episodes by id."""
    return {row["id"]: Episode(**row) for row in _table("episodes", root, _keys(Episode))}


@cache
def get_annotators(root: Path | None = None) -> dict[str, Annotator]:
    """All annotators by id."""
    return {row["id"]: Annotator(**row) for row in _table("annotators", root, _keys(Annotator))}


@cache
def get_canary(root: Path | None = None) -> str:
    """The line that every shipped text carries, so that training data with the benchmark in it can be told.

    >>> "canary GUID" in get_canary()
    True
    """
    return read_bytes((root or dataset_dir()) / "CANARY").decode("utf-8").strip()


@cache
def get_sources(root: Path | None = None) -> dict[str, Source]:
    """All sources of text by id."""
    rows = _table("sources", root, _keys(Source))
    return {
        row["id"]: Source(**{**row, "splits": tuple(row["splits"]), "layers": tuple(row["layers"])}) for row in rows
    }
