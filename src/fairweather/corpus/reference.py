"""The reference tables of the dataset: targets, episodes, annotators and sources."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fairweather.files import read_json
from fairweather.resources import dataset_dir

OPEN_SPLITS = ("train", "validation", "test")


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
    """A historical event that pieces are about; it lies in one split only."""

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


@dataclass(frozen=True)
class Annotator:
    """One annotator: what kind it is and which part of the work it did under which instruction."""

    id: str
    kind: str
    role: str
    instruction: str
    covered: str


def _table(name: str, root: Path | None) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read_json((root or dataset_dir()) / f"{name}.json")
    return rows


@cache
def get_targets(root: Path | None = None) -> dict[str, Target]:
    """All targets by id, in the order of the table."""
    return {row["id"]: Target(**row) for row in _table("targets", root)}


@cache
def get_episodes(root: Path | None = None) -> dict[str, Episode]:
    """All episodes by id."""
    return {row["id"]: Episode(**row) for row in _table("episodes", root)}


@cache
def get_annotators(root: Path | None = None) -> dict[str, Annotator]:
    """All annotators by id."""
    return {row["id"]: Annotator(**row) for row in _table("annotators", root)}


@cache
def get_sources(root: Path | None = None) -> dict[str, Source]:
    """All sources of text by id."""
    rows = _table("sources", root)
    return {
        row["id"]: Source(**{**row, "splits": tuple(row["splits"]), "layers": tuple(row["layers"])}) for row in rows
    }


def all_splits(root: Path | None = None) -> tuple[str, ...]:
    """Every split of every source, shipped or hydrated.

    >>> all_splits()
    ('train', 'validation', 'test', 'press')
    """
    return tuple(split for source in get_sources(root).values() for split in source.splits)
