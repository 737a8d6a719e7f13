"""Hydration: finding the stand-off articles in the user's own copies and keeping their text in the user's folder."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from fairweather.corpus.article import Article
from fairweather.corpus.extract import Document, Skipped, read_documents
from fairweather.corpus.reference import get_sources
from fairweather.corpus.standoff import LOCATED_KINDS, Copy, Location, attach
from fairweather.errors import FairweatherError
from fairweather.files import read_json, write_json
from fairweather.resources import home_dir


@dataclass(frozen=True)
class Finding:
    """The best copy of one article that was seen, and every unit that it lacks."""

    article: str
    title: str
    found: bool
    coverage: float
    units: int
    missing: tuple[str, ...]
    displaced: tuple[str, ...]
    origin: str
    extractor: str


def standoff_sources() -> tuple[str, ...]:
    """The sources whose text does not ship.

    >>> standoff_sources()
    ('press', 'addresses')
    """
    return tuple(source.id for source in get_sources().values() if not source.text_ships)


def hydrated_path(article: Article) -> Path:
    """Where an article's text is kept once found."""
    return home_dir() / "hydrated" / article.source / f"{article.id}.json"


def report_path(source: str) -> Path:
    """Where the coverage of a source's hydrated articles is written down."""
    return home_dir() / "hydrated" / f"{source}-report.json"


class Search:
    """Looks for some articles in many documents and remembers the best copy of each."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = articles
        self.looked_at = 0
        self.skipped: list[Skipped] = []
        self._best: dict[str, tuple[Finding, dict[str, str]]] = {}

    def look_in(self, documents: Iterable[Document | Skipped]) -> None:
        """Look for every article in every document."""
        for document in documents:
            if isinstance(document, Skipped):
                self.skipped.append(document)
                continue
            self.looked_at += 1
            copy = Copy(document.text)
            open_ = [article for article in self.articles if self.finding(article).coverage < 1]
            locations = copy.locate_each([article.units for article in open_])
            for article, location in zip(open_, locations, strict=True):
                self._offer(article, document, copy, location)

    def _offer(self, article: Article, document: Document, copy: Copy, location: Location) -> None:
        best = self._best.get(article.id)
        if best is not None and best[0].coverage >= location.coverage:
            return
        finding = Finding(
            article=article.id,
            title=article.title,
            found=location.found,
            coverage=location.coverage,
            units=location.total,
            missing=location.missing,
            displaced=location.displaced,
            origin=document.origin,
            extractor=document.extractor,
        )
        texts = {unit: copy.text[start:end] for unit, (start, end) in location.spans.items()}
        self._best[article.id] = finding, texts

    def findings(self) -> list[Finding]:
        """The best finding for each article, found or not, in the order of the articles."""
        return [self.finding(article) for article in self.articles]

    def finding(self, article: Article) -> Finding:
        """The best finding for one article so far."""
        if article.id in self._best:
            return self._best[article.id][0]
        wanted = tuple(unit.id for unit in article.units if unit.kind in LOCATED_KINDS)
        return Finding(article.id, article.title, False, 0.0, len(wanted), wanted, (), "", "")

    def texts(self, article_id: str) -> dict[str, str]:
        """The unit texts of the best copy."""
        return self._best[article_id][1]


def search_paths(
    paths: Sequence[Path], articles: Sequence[Article], progress: Callable[[Document | Skipped], None] | None = None
) -> Search:
    """Look for articles in files, folders and zips; raises FairweatherError for a path that does not exist."""
    search = Search(articles)
    for path in paths:
        for document in read_documents(path):
            if progress is not None:
                progress(document)
            search.look_in([document])
    return search


def keep(search: Search) -> tuple[list[Finding], list[Finding]]:
    """Write what was found into the user's folder.

    An article already there with better coverage is left as it is. Returns the findings that were written, and
    those that stay as they were, and rewrites each source's report.
    """
    written, kept = [], []
    by_id = {article.id: article for article in search.articles}
    for finding in search.findings():
        if not finding.found:
            continue
        article = by_id[finding.article]
        if _stored_coverage(article) > finding.coverage:
            kept.append(finding)
            continue
        attach(article, search.texts(article.id))  # never keep a text that would be refused on loading
        write_json(hydrated_path(article), {**asdict(finding), "texts": search.texts(article.id)})
        written.append(finding)
    for source in {article.source for article in search.articles}:
        _write_report(source, search)
    return written, kept


def _stored_coverage(article: Article) -> float:
    """How much of an article's units is stored already; nothing when the record is damaged, so that it is replaced."""
    try:
        texts = _stored_texts(article)
        attach(article, texts or {})
    except FairweatherError:
        return 0.0
    return len(texts or {}) / sum(unit.kind in LOCATED_KINDS for unit in article.units)


def _write_report(source: str, search: Search) -> None:
    """Write down the coverage of every article of a source: what is stored, else the best copy that was seen."""
    rows = []
    for article in search.articles:
        if article.source == source:
            row: dict[str, Any] = asdict(search.finding(article))
            if _stored_coverage(article):
                row = {key: value for key, value in read_json(hydrated_path(article)).items() if key != "texts"}
            rows.append(row)
    write_json(report_path(source), rows)


def _stored_texts(article: Article) -> dict[str, str] | None:
    """The stored unit texts of an article, None where there are none.

    Raises FairweatherError for a record that is not this article's.
    """
    path = hydrated_path(article)
    if not path.exists():
        return None
    try:
        record = read_json(path)
    except FairweatherError:
        record = None
    texts = record.get("texts") if isinstance(record, dict) else None
    units = {unit.id for unit in article.units}
    if (
        not isinstance(texts, dict)
        or not texts
        or record.get("article") != article.id
        or not all(unit in units and isinstance(text, str) for unit, text in texts.items())
    ):
        raise FairweatherError(f"{path}: not the text of {article.id}", remedy="run `fairweather hydrate` again")
    return texts


def hydrated_articles(articles: Iterable[Article]) -> Iterator[Article]:
    """Those of some stand-off articles whose text is in the user's folder, with their text.

    Raises FairweatherError when a stored text is not the words that were labelled.
    """
    for article in articles:
        texts = _stored_texts(article)
        if texts is not None:
            yield attach(article, texts)
