"""Reading and writing files so that nothing is ever half-written and equal content gives equal bytes."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from fairweather.errors import FairweatherError


def sha256_bytes(data: bytes) -> str:
    """SHA-256 as lower-case hex.

    >>> sha256_bytes(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(data).hexdigest()


def sha256_file(path: Path) -> str:
    """SHA-256 of a file's bytes, as lower-case hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def canonical_json(value: object) -> str:
    """Return the one way this project writes JSON to disk: two-space indent, UTF-8, a final newline.

    Key order is the caller's, so that files read in the order of their schema.

    >>> canonical_json({"b": "é", "a": []})
    '{\\n  "b": "é",\\n  "a": []\\n}\\n'
    """
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def json_lines(rows: Iterable[Mapping[str, object]]) -> str:
    """One compact JSON object a line.

    >>> json_lines([{"id": "a", "label": None}])
    '{"id": "a", "label": null}\\n'
    """
    return "".join(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)


def write_bytes(path: Path, data: bytes) -> None:
    """Write beside, then rename: readers see the old file or the new one, never half of either.

    Raises FairweatherError when the folder cannot be written or the disk is full; the old file is then kept.
    """
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        raise FairweatherError(
            f"cannot write {path}: {error.strerror or error}",
            remedy="check the folder's permissions and free space; whatever stood there before is unchanged",
        ) from error
    finally:
        # After a successful rename the temporary name is gone; after anything else, Ctrl-C included, it goes now.
        if temporary is not None and os.path.exists(temporary):
            os.unlink(temporary)


def write_text(path: Path, text: str) -> None:
    """`write_bytes` for UTF-8 text."""
    write_bytes(path, text.encode("utf-8"))


def write_json(path: Path, value: object) -> None:
    """`write_bytes` for canonical JSON."""
    write_text(path, canonical_json(value))


def read_bytes(path: Path) -> bytes:
    """Read a file; a missing or unreadable one raises FairweatherError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FairweatherError(
            f"cannot read {path}: {error.strerror or error}", remedy="check the path and its permissions"
        ) from error


def parse_json(data: bytes, path: Path) -> Any:
    """Parse JSON, naming the file and line in the FairweatherError when it cannot be."""
    try:
        return json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise FairweatherError(f"{path}: not UTF-8 at byte {error.start}", remedy="save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:  # ValueError: also a number with too many digits
        line = f" at line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else ""
        raise FairweatherError(f"{path}: not JSON{line}", remedy="mend or restore the file") from error


def read_json(path: Path) -> Any:
    """`read_bytes`, then `parse_json`."""
    return parse_json(read_bytes(path), path)
