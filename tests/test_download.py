"""Downloading a pinned archive: against a server of this test's own."""

import hashlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from conftest import serving
from fairweather.corpus import download
from fairweather.corpus.download import Archive, downloaded

CONTENT = b"PK and so on" * 1000
PINNED = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def server() -> Iterator[str]:
    """Serves the archive, a changed copy of it, and one that stops half-way."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/chunked":  # a reply that stops inside a chunk
                self.send_response(200)
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                self.wfile.write(b"ff\r\nhalf")
                return
            content = {"/good": CONTENT, "/changed": CONTENT + b"!", "/cut": CONTENT[:500]}.get(self.path)
            self.send_response(200 if content else 404)
            self.send_header("Content-Length", str(len(CONTENT) if self.path == "/cut" else len(content or b"")))
            self.end_headers()
            self.wfile.write(content or b"")

    with serving(Handler) as address:
        yield address


def test_mirrors_are_tried_in_turn_and_only_the_pinned_bytes_are_taken(server: str) -> None:
    urls = tuple(f"{server}/{name}" for name in ("gone", "changed", "cut", "chunked", "good", "x"))
    with downloaded(Archive(urls, PINNED), "x.zip") as (path, attempts):
        assert path is not None
        assert path.read_bytes() == CONTENT
        kept = path
    assert not kept.exists()
    outcomes = [attempt.outcome for attempt in attempts]
    assert len(outcomes) == 5
    assert "404" in outcomes[0]
    assert outcomes[1].startswith("not the pinned file")
    assert outcomes[2].startswith(("no answer", "not the pinned file"))
    assert outcomes[3].startswith("no answer")
    assert outcomes[4] == "fetched, sha256 as pinned"


def test_no_copy_at_all_is_no_file(server: str) -> None:
    with downloaded(Archive((f"{server}/changed", "http://127.0.0.1:9/x", "nonsense"), PINNED), "x.zip") as found:
        path, attempts = found
        assert path is None
        assert len(attempts) == 3


def test_a_page_that_never_ends_is_cut_off(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "MAX_BYTES", 100)
    with downloaded(Archive((f"{server}/good",), PINNED), "x.zip") as (path, attempts):
        assert path is None
        assert "more than" in attempts[0].outcome


def test_nothing_is_left_behind_when_the_reader_fails(server: str) -> None:
    seen: list[Path | None] = []

    def read_and_fail() -> None:
        with downloaded(Archive((f"{server}/good",), PINNED), "x.zip") as (path, _):
            seen.append(path)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_and_fail()
    assert seen[0] is not None
    assert not seen[0].exists()
