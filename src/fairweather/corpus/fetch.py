"""Fetching stand-off articles from their publishers' pages."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy

from fairweather.corpus.article import Article
from fairweather.corpus.attempt import Attempt
from fairweather.corpus.extract import html_documents, need_web
from fairweather.corpus.hydrate import Search

TIMEOUT_SECONDS = 20


class _Reasons(logging.Handler):
    """Keeps what trafilatura says of a failed download, which it only logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.last = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Remember the last message."""
        self.last = record.getMessage()


@contextmanager
def _listening() -> Iterator[_Reasons]:
    logger, reasons = logging.getLogger("trafilatura"), _Reasons()
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(reasons)
    try:
        yield reasons
    finally:
        logger.removeHandler(reasons)
        logger.propagate = propagate


def _page(url: str) -> tuple[str | None, str]:
    from trafilatura.downloads import fetch_response
    from trafilatura.settings import DEFAULT_CONFIG

    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["DOWNLOAD_TIMEOUT"] = str(TIMEOUT_SECONDS)
    with _listening() as reasons:
        response = fetch_response(url, decode=True, config=config)
    if response is None:
        # urllib3's message ends in "(Caused by SomeError(…))": the error's name says enough.
        kind = reasons.last.rpartition("(Caused by ")[2].partition("(")[0]
        return None, f"no answer ({kind})" if kind else "no answer"
    if response.status != 200:
        return None, f"HTTP {response.status}"
    return response.html, "fetched"


def fetch(
    articles: Sequence[Article], progress: Callable[[Article], None] = lambda _: None
) -> tuple[Search, list[Attempt]]:
    """Ask the publisher of each article, then the second copy where there is one, until the article is found.

    Needs the `web` extra; raises FairweatherError without it. A page that does not answer is no error here: it is
    an attempt with its outcome, for the caller to report.
    """
    need_web("fetching")
    search, attempts = Search(articles), []
    for article in articles:
        progress(article)
        for url in article.url:
            html, outcome = _page(url)
            if html is not None:
                search.look_in(html_documents(url, html))
                outcome = f"{outcome}, {search.finding(article).coverage:.0%} of units found"
            attempts.append(Attempt(article.id, url, outcome))
            if search.finding(article).found:
                break
    return search, attempts
