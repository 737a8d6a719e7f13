"""Fetching from pages: against a server of this test's own."""

from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest
from trafilatura.settings import DEFAULT_CONFIG

from alterations import as_html
from conftest import serving
from fairweather.corpus.article import Article
from fairweather.corpus.fetch import fetch


@pytest.fixture
def pages(lighthouse: Article, bakery: Article, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server with both test articles as pages; anything else is not found."""
    # trafilatura refuses addresses of one's own network, as it should; this server is one.
    monkeypatch.setitem(DEFAULT_CONFIG["DEFAULT"], "SSRF_PROTECTION", "off")
    content = {
        "/light": as_html(lighthouse.text or ""),
        "/bread": as_html(bakery.text or ""),
        "/wall": "<p>Subscribe!</p>",
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = content.get(self.path)
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((page or "<h1>Not here</h1>").encode("utf-8"))

    with serving(Handler) as address:
        yield address


def test_a_dead_link_leads_to_the_second_copy(pages: str, standoff_pair: list[Article]) -> None:
    light = replace(standoff_pair[0], url=(f"{pages}/gone", f"{pages}/wall", f"{pages}/light", f"{pages}/never-asked"))
    bread = replace(standoff_pair[1], url=(f"{pages}/bread",))
    search, attempts = fetch([light, bread])
    assert [finding.coverage for finding in search.findings()] == [1.0, 1.0]
    assert [attempt.outcome for attempt in attempts] == [
        "HTTP 404",
        "fetched, 0% of units found",
        "fetched, 100% of units found",
        "fetched, 100% of units found",
    ]
    assert search.findings()[0].origin == f"{pages}/light"


def test_no_server_is_an_attempt_without_an_answer(standoff_pair: list[Article]) -> None:
    light = replace(standoff_pair[0], url=("http://127.0.0.1:9/x",))
    search, attempts = fetch([light])
    assert len(attempts) == 1
    assert attempts[0].outcome.startswith("no answer (")
    assert not search.findings()[0].found
