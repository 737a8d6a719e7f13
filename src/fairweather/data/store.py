"""A dataset folder and its manifest: finding files in it and refusing those that are not what was released."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fairweather.errors import FairweatherError
from fairweather.files import parse_json, read_bytes, sha256_bytes
from fairweather.resources import dataset_dir


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

    def verified(self, name: str) -> bytes:
        """The bytes of a file the manifest lists.

        Raises FairweatherError, with expected and found hash, when they are not what was released.
        """
        entry = self.manifest["files"].get(name) or self.manifest["corpus"].get(name)
        if entry is None:
            raise FairweatherError(f"{name} is not in the manifest of {self.root}", remedy="check the name")
        data = read_bytes(self.root / name)
        found = sha256_bytes(data)
        if found != entry["sha256"]:
            raise FairweatherError(
                f"{self.root / name} is not the released file\n  expected sha256 {entry['sha256']}\n"
                f"  found    sha256 {found}",
                remedy="restore the file (git checkout, or reinstall fairweather)",
            )
        return data

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
    if not isinstance(manifest, dict) or not {"version", "sources", "files", "corpus"}.issubset(manifest):
        raise FairweatherError(f"{path}: not a manifest", remedy="restore the file")
    return Store(folder, manifest, sha256_bytes(data))
