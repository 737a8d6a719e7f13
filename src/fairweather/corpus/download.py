"""Downloading a pinned archive: mirrors in turn, hashed while it streams, handed on only when it is the right one."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import BinaryIO

from fairweather.corpus.attempt import Attempt
from fairweather.errors import FairweatherError

TIMEOUT_SECONDS = 20
CHUNK = 1 << 16
# No archive this project knows is near this size; a page that never ends must not fill the disk.
MAX_BYTES = 100_000_000


@dataclass(frozen=True)
class Archive:
    """A file on the web that is known by its SHA-256, and where copies of it are."""

    urls: tuple[str, ...]
    sha256: str


class _Refused(Exception):
    """What came is not the archive."""


def _stream(url: str, sink: BinaryIO, advance: Callable[[int], None]) -> str:
    """Copy a URL into an open file; returns the SHA-256 of what came."""
    from urllib.request import urlopen

    digest, size = hashlib.sha256(), 0
    with urlopen(url, timeout=TIMEOUT_SECONDS) as response:
        while chunk := response.read(CHUNK):
            size += len(chunk)
            if size > MAX_BYTES:
                raise _Refused(f"more than {MAX_BYTES // 1_000_000} MB")
            digest.update(chunk)
            sink.write(chunk)
            advance(len(chunk))
    return digest.hexdigest()


def _outcome(archive: Archive, url: str, sink: BinaryIO, advance: Callable[[int], None]) -> str | None:
    """Try one URL: None when the archive came whole, else why not."""
    sink.seek(0)
    sink.truncate()
    try:
        found = _stream(url, sink, advance)
    except _Refused as error:
        return str(error)
    # URLError and HTTPError are OSErrors; ValueError is a URL that is none; HTTPException a reply that is none.
    except (OSError, ValueError, HTTPException) as error:
        return f"no answer ({error})"
    return None if found == archive.sha256 else f"not the pinned file (sha256 {found[:12]}…)"


@contextmanager
def downloaded(
    archive: Archive, name: str, advance: Callable[[int], None] = lambda _: None
) -> Iterator[tuple[Path | None, Sequence[Attempt]]]:
    """The archive as a temporary file, gone afterwards, with what was tried; None when no copy could be had.

    Nothing but the pinned bytes is ever handed on. Raises FairweatherError when the temporary folder cannot be
    written.
    """
    try:
        handle, temporary = tempfile.mkstemp(prefix="fairweather-", suffix=f"-{name}")
    except OSError as error:
        raise FairweatherError(f"cannot download: {error}", remedy="free space in the temporary folder") from error
    attempts: list[Attempt] = []
    found = None
    try:
        with os.fdopen(handle, "w+b") as sink:
            for url in archive.urls:
                problem = _outcome(archive, url, sink, advance)
                attempts.append(Attempt(name, url, problem or "fetched, sha256 as pinned"))
                if problem is None:
                    found = Path(temporary)
                    break
        yield found, attempts
    finally:
        os.unlink(temporary)
