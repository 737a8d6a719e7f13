"""The last steps of an article: adding its references, and taking the finished draft into the corpus."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from fairweather.corpus.article import Article, KeyPoint, Summary, to_dict, write_article
from fairweather.corpus.reference import get_sources
from fairweather.corpus.standoff import detach
from fairweather.corpus.validate import article_problems, copied_problems, schema_problems
from fairweather.errors import FairweatherError, ProblemsError
from fairweather.files import canonical_json


def with_references(article: Article, raw: object, where: str) -> Article:
    """An article with its summary layer, from `{"abstracts": [..], "tldrs": [..], "key_points": [{..}]}`.

    Key points hold `text`, `role` and `support` (sentence ids). Raises FairweatherError for anything else.
    """
    try:
        if not isinstance(raw, Mapping):
            raise TypeError("not an object")
        points = [_key_point(number, point) for number, point in enumerate(raw["key_points"], 1)]
        summary = Summary(tuple(raw["abstracts"]), tuple(raw["tldrs"]), tuple(points))
    except (KeyError, TypeError) as error:
        remedy = "give abstracts (2 texts), tldrs (2) and key_points (objects with text, role and support)"
        raise FairweatherError(f"{where}: not the references of an article ({error})", remedy=remedy) from error
    return replace(article, summary=summary)


def _key_point(number: int, raw: Mapping[str, Any]) -> KeyPoint:
    return KeyPoint(f"k{number}", raw["text"], raw["role"], tuple(raw["support"]))


def problems_of(article: Article) -> list[str]:
    """Everything that keeps a draft with its text out of the corpus, the check against copying included."""
    final = detach(article) if not get_sources()[article.source].text_ships else article
    plain = to_dict(final)
    problems = [*schema_problems(plain, canonical_json(plain))] or article_problems(final)
    if final.text is None and article.text is not None:
        problems += copied_problems(article, article.text)
    return problems


def accept(article: Article, corpus: Path, *, replacing: bool = False) -> Path:
    """Write a finished draft into the corpus: validated first, and without its text where the source is stand-off.

    Raises ProblemsError listing all that is wrong, and FairweatherError where the article is there already and is not
    to be replaced.
    """
    problems = problems_of(article)
    if problems:
        raise ProblemsError(article.id, problems, remedy="mend the draft; nothing was written")
    path = corpus / article.source / f"{article.id}.json"
    if path.exists() and not replacing:
        raise FairweatherError(f"{path} exists", remedy="give --replace to put the draft in its place")
    write_article(detach(article) if not get_sources()[article.source].text_ships else article, path)
    return path
