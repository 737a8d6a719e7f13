"""Fixtures: a home of its own for every test, and articles made for the tests."""

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# Before anything imports `datasets`, which reads these once: tests neither ask a hub nor fill the user's cache.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HOME"] = tempfile.mkdtemp(prefix="fairweather-tests-")

import pytest

from fairweather.corpus.article import Article
from fairweather.corpus.intake import bring_in
from fairweather.corpus.standoff import detach
from fairweather.data.load import shipped_articles
from fairweather.data.store import open_store

# Two texts written for these tests, with every kind of mark that copies differ in.
LIGHTHOUSE = """# The Lighthouse Question
! By a Keeper, 3 May
The harbour board wrote to the U.S. consul on 12 March—and nobody answered. “We waited,” said the clerk, “and we waited again.”
Three boats sailed without a pilot. No replies. No lamps. The third, the ‘Gannet’, came home with 4.5 tonnes of ice…and no fish.
## What the Board Wanted
- a lamp on the north pier
- a pilot who answers letters
It’s a small thing to ask of friends. The consul’s office – three rooms above a bakery – has a telephone and a list of numbers.
! Read more: Ice prices
The board’s own rule 7 says a letter must be answered within thirty days; nobody has repealed it. No replies. That is all the record shows.
"""
BAKERY = """# Bread and Treaties
The bakery below the consul’s rooms opened in 1931, and its owner has never signed a treaty in her life.
She lends flour to both her rivals. They lend it back—mostly. When the mill closed in 1974, “nobody asked who owed whom,” she says.
A ledger exists: it has forty-one pages. The last entry is in pencil.
"""


def make_article(marked: str, name: str) -> Article:
    """An unlabelled press-like article with its text."""
    description = {
        "id": name,
        "source": "press",
        "genre": "op-ed",
        "outlet": "The Test",
        "region": "Nowhere",
        "episode": "iran-war-2026",
    }
    return bring_in(marked, description, name)


@pytest.fixture
def lighthouse() -> Article:
    return make_article(LIGHTHOUSE, "press-lighthouse")


@pytest.fixture
def bakery() -> Article:
    return make_article(BAKERY, "press-bakery")


@pytest.fixture
def standoff_pair(lighthouse: Article, bakery: Article) -> list[Article]:
    """Both test articles as the repository would hold them: without text."""
    return [detach(lighthouse), detach(bakery)]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user folder that no test shares with another, or with the person running them."""
    folder = tmp_path / "home"
    monkeypatch.setenv("FAIRWEATHER_HOME", str(folder))
    return folder


def press_copies() -> Path | None:
    """A folder with copies of the real press articles, where this machine has one."""
    named = os.environ.get("FAIRWEATHER_PRESS")
    beside = Path(__file__).resolve().parents[2] / "shared" / "press"
    for folder in (Path(named) if named else None, beside):
        if folder is not None and folder.is_dir():
            return folder
    return None


@pytest.fixture
def press() -> Path:
    """The folder of real press copies; the test is skipped, with the reason, where there is none."""
    folder = press_copies()
    if folder is None:
        pytest.skip("no copies of the press articles here: set FAIRWEATHER_PRESS to a folder with them")
    return folder


def press_articles() -> list[Article]:
    """The stand-off press articles as they ship."""
    return list(shipped_articles(open_store(), "press"))


def addresses_archive() -> Path | None:
    """The state_union corpus as NLTK distributes it, where this machine has it."""
    named = os.environ.get("FAIRWEATHER_ADDRESSES")
    beside = Path(__file__).resolve().parents[2] / "shared" / "addresses" / "state_union.zip"
    for path in (Path(named) if named else None, beside):
        if path is not None and path.is_file():
            return path
    return None


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server of a test's own, which answers as `handler` does and keeps no log."""
    quiet = type("Quiet", (handler,), {"log_message": lambda *_: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
