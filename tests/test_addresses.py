"""The addresses: found in the corpus as it is distributed, unpacked, or installed, and fetched by its hash."""

import shutil
import zipfile
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

import fairweather
from conftest import addresses_archive, serving
from fairweather.cli.hydrate import _fetch_archive
from fairweather.corpus.article import Article, after_gaps
from fairweather.corpus.download import Archive
from fairweather.corpus.hydrate import Search, keep, search_paths
from fairweather.corpus.reference import get_sources
from fairweather.data.gold import read_gold
from fairweather.data.load import load_articles, shipped_articles
from fairweather.data.store import open_store
from fairweather.errors import FairweatherError
from fairweather.files import sha256_file


@pytest.fixture(scope="module")
def archive() -> Path:
    found = addresses_archive()
    if found is None:
        pytest.skip("no copy of the state_union corpus here: set FAIRWEATHER_ADDRESSES to state_union.zip")
    return found


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return list(shipped_articles(open_store(), "addresses"))


@pytest.fixture(scope="module")
def searched(archive: Path, articles: list[Article]) -> Search:
    """One search for the whole module: it reads sixty-five files."""
    return search_paths([archive], articles)


def test_sizes_are_those_promised(articles: list[Article]) -> None:
    assert len(articles) >= 55
    assert sum(len(article.passages) for article in articles) >= 280
    assert sum(len(article.claims) for article in articles) >= 1000
    assert sum(len(article.stance) for article in articles) >= 350
    assert all(article.summary is None for article in articles)


def test_the_archive_is_the_pinned_one_and_holds_every_unit(archive: Path, searched: Search) -> None:
    pinned = get_sources()["addresses"].archive
    assert pinned is not None
    assert sha256_file(archive) == pinned.sha256
    assert {finding.coverage for finding in searched.findings()} == {1.0}


def test_an_installed_corpus_is_found_too(archive: Path, articles: list[Article], tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path / "nltk_data" / "corpora")
    kept = {path.name for path in (tmp_path / "nltk_data" / "corpora" / "state_union").glob("195*")}
    for path in (tmp_path / "nltk_data" / "corpora" / "state_union").iterdir():
        if path.name not in kept:
            path.unlink()
    fifties = [article for article in articles if article.id.startswith("address-195")]
    search = search_paths([tmp_path / "nltk_data"], fifties)
    assert {finding.coverage for finding in search.findings()} == {1.0}


def test_rows_and_contexts(searched: Search, articles: list[Article]) -> None:
    keep(searched)
    claims, stance = fairweather.load("claims", "addresses"), fairweather.load("stance", "addresses")
    counted = open_store().manifest["splits"]["addresses"]
    assert (len(claims), len(stance)) == (counted["claims"]["rows"], counted["stance"]["rows"])
    assert claims["id"] == read_gold("claims", "addresses").ids
    after = {f"{article.id}/{unit}" for article in articles for unit in after_gaps(article.units)}
    assert after
    assert all(row["context"] == "" for row in claims if row["id"] in after)
    assert not any(row["passage_id"] == "article" for row in stance)
    with pytest.raises(FairweatherError, match="split of summary"):
        fairweather.load("summary", "addresses")
    assert next(a for a in load_articles("addresses")).text


@pytest.fixture
def served(archive: Path, tmp_path: Path) -> Iterator[str]:
    """The archive on a server of this test's own."""
    folder = tmp_path / "web"
    folder.mkdir()
    shutil.copy(archive, folder / "state_union.zip")

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(folder))

    with serving(Handler) as address:
        yield f"{address}/state_union.zip"


def test_fetching_takes_the_archive_and_nothing_else(served: str, articles: list[Article]) -> None:
    pinned = get_sources()["addresses"].archive
    assert pinned is not None
    one = [article for article in articles if article.id == "address-1949-truman"]
    search, attempts = _fetch_archive(Archive(("http://127.0.0.1:9/x", served), pinned.sha256), one)
    assert [attempt.outcome for attempt in attempts][1] == "fetched, sha256 as pinned"
    assert search.findings()[0].coverage == 1.0
    search, attempts = _fetch_archive(Archive((served,), "0" * 64), one)
    assert attempts[0].outcome.startswith("not the pinned file")
    assert search.findings()[0].coverage == 0.0
