"""Writing: the old file or the new one, never half, whatever happens in between."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fairweather.errors import FairweatherError
from fairweather.files import parse_json, read_json, write_bytes, write_json


def test_write_replaces_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.json"
    write_json(path, {"a": 1})
    write_json(path, {"b": "é"})
    assert read_json(path) == {"b": "é"}
    assert [p.name for p in path.parent.iterdir()] == ["a.json"]


def test_a_full_disk_keeps_the_old_file(tmp_path: Path) -> None:
    """A file-size limit stands in for the full disk: the write fails part of the way through."""
    path = tmp_path / "a.bin"
    write_bytes(path, b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    previous = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(FairweatherError, match=r"cannot write .*a\.bin"):
            write_bytes(path, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, previous)
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.bin"]


def test_an_unwritable_place_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(FairweatherError, match="check the folder's permissions"):
        write_bytes(tmp_path / "file" / "a.json", b"x")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write into a read-only folder")
def test_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(FairweatherError, match="cannot write"):
        write_bytes(tmp_path / "a.json", b"x")


def test_interrupt_before_the_rename_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    write_bytes(path, b"old")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_killed_in_the_middle_no_file_is_half(tmp_path: Path) -> None:
    """A writer is killed at random moments; its file always holds one whole version."""
    path = tmp_path / "a.bin"
    code = (
        "import sys; from pathlib import Path; from fairweather.files import write_bytes\n"
        "n = 0\n"
        "while True:\n    n += 1\n    write_bytes(Path(sys.argv[1]), bytes([n % 256]) * 300_000)\n"
    )
    for delay in (0.3, 0.37, 0.45):
        process = subprocess.Popen([sys.executable, "-c", code, str(path)])
        while not path.exists():
            time.sleep(0.02)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        data = path.read_bytes()
        assert len(data) == 300_000
        assert len(set(data)) == 1


@pytest.mark.parametrize("data", [b"{", b"\xff\xfe", b"", b"[" * 100_000])
def test_json_that_is_none_names_the_file(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(FairweatherError, match=r"x\.json"):
        parse_json(data, tmp_path / "x.json")
