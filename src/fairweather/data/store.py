"""A dataset folder and its manifest: finding files in it and refusing those that are not what was released."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fairweather.errors import FairweatherError
from fairweather.files import parse_json, read_bytes, sha256_bytes
from fairweather.resources import dataset_dir, tasks_dir


@dataclass(frozen=True)
class Store:
    """One dataset folder with its manifest."""

    root: Path
    manifest: dict[str, Any]
    manifest_sha256: str

    @property
    def version(self) -> str:
        """The version of the data."""
        return str(self.manifest["version"])

    @property
    def fingerprint(self) -> str:
        """What a signature says of the data: its version, and the first eight digits of the manifest's hash."""
        return f"{self.version}@{self.manifest_sha256[:8]}"

    def shipped_splits(self) -> tuple[str, ...]:
        """Splits whose text lies in the folder."""
        return tuple(
            s for source in self.manifest["sources"].values() if source["text_ships"] for s in source["splits"]
        )

    def all_splits(self) -> tuple[str, ...]:
        """Every split, those that must be hydrated included."""
        return tuple(s for source in self.manifest["sources"].values() for s in source["splits"])

    def splits_of(self, config: str) -> tuple[str, ...]:
        """The splits that hold anything of a config: addresses have no summaries."""
        return tuple(split for split in self.all_splits() if self.manifest["splits"][split][config]["rows"])

    def verified(self, name: str) -> bytes:
        """The bytes of a file the manifest lists.

        Raises FairweatherError, with expected and found hash, when they are not what was released.
        """
        entry = next((self.manifest[part][name] for part in _HASHED if name in self.manifest[part]), None)
        if entry is None:
            raise FairweatherError(f"{name} is not in the manifest of {self.root}", remedy="check the name")
        return _checked(self.root / name, entry["sha256"])

    def check_task(self, task: str) -> None:
        """Raise FairweatherError when a task's definition is not the one this data was released with."""
        _checked(tasks_dir() / task / "task.toml", self.manifest["tasks"][task]["sha256"])

    def problems(self) -> Iterator[str]:
        """Every listed file and task that is missing or not as released."""
        for part in _HASHED:
            for name in self.manifest[part]:
                try:
                    self.verified(name)
                except FairweatherError as error:
                    yield error.message
        for task in self.manifest["tasks"]:
            try:
                self.check_task(task)
            except FairweatherError as error:
                yield error.message

    def corpus_names(self, source: str) -> list[str]:
        """The corpus files of a source, as the manifest lists them."""
        return [name for name in self.manifest["corpus"] if name.startswith(f"corpus/{source}/")]

    def require_version(self, version: str | None) -> None:
        """Raise FairweatherError when the caller asked for another version of the data than this."""
        if version is not None and version != self.version:
            raise FairweatherError(
                f"version {version} of the data was asked for, {self.root} holds {self.version}",
                remedy=f"install fairweather with data {version}, or ask for {self.version}",
            )


# The parts of a manifest that list files with their hashes.
_HASHED = ("files", "corpus", "tables")


def _checked(path: Path, expected: str) -> bytes:
    data = read_bytes(path)
    found = sha256_bytes(data)
    if found != expected:
        raise FairweatherError(
            f"{path} is not the released file\n  expected sha256 {expected}\n  found    sha256 {found}",
            remedy="restore the file (git checkout, or reinstall fairweather)",
        )
    return data


@cache
def open_store(root: Path | None = None) -> Store:
    """The dataset that ships with this installation, or the one in `root`.

    >>> open_store().shipped_splits()
    ('train', 'validation', 'test')
    """
    folder = root or dataset_dir()
    path = folder / "manifest.json"
    data = read_bytes(path)
    manifest = parse_json(data, path)
    parts = ("sources", "tasks", *_HASHED)
    if not isinstance(manifest, dict) or not all(isinstance(manifest.get(part), dict) for part in parts):
        raise FairweatherError(f"{path}: not a manifest", remedy="restore the file")
    return Store(folder, manifest, sha256_bytes(data))
