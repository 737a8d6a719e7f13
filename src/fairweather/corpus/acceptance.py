"""The last steps of an article: adding its references, and taking the finished draft into the corpus."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fairweather.corpus.article import Article, KeyPoint, Summary, to_dict, write_article
from fairweather.corpus.reference import get_sources
from fairweather.corpus.standoff import detach
from fairweather.corpus.validate import (
    article_problems,
    copied_problems,
    corpus_files,
    corpus_problems,
    schema_problems,
)
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
        summary = Summary(_texts(raw["abstracts"]), _texts(raw["tldrs"]), tuple(points))
    except (KeyError, TypeError) as error:
        remedy = "give abstracts (2 texts), tldrs (2) and key_points (objects with text, role and support)"
        raise FairweatherError(f"{where}: not the references of an article ({error})", remedy=remedy) from error
    return replace(article, summary=summary)


def _texts(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(text, str) for text in raw):
        raise TypeError("a list of texts is wanted")
    return tuple(raw)


def _key_point(number: int, raw: Mapping[str, Any]) -> KeyPoint:
    if not all(isinstance(raw[key], str) for key in ("text", "role")):
        raise TypeError("text and role of a key point must be texts")
    return KeyPoint(f"k{number}", raw["text"], raw["role"], _texts(raw["support"]))


def _final(article: Article) -> Article:
    """A draft as the corpus holds it: without its text where the source's does not ship."""
    source = get_sources().get(article.source)
    return detach(article) if source is not None and not source.text_ships else article


def problems_of(article: Article) -> list[str]:
    """Everything that keeps a draft with its text out of the corpus, the check against copying included."""
    final = _final(article)
    plain = to_dict(final)
    problems = [*schema_problems(plain, canonical_json(plain))] or article_problems(final)
    if final.text is None and article.text is not None:
        problems += copied_problems(article, article.text)
    return problems


def accept(articles: Sequence[Article], corpus: Path, *, replacing: bool = False) -> list[Path]:
    """Write finished drafts into the corpus: all validated first, alone and against what is there.

    Raises ProblemsError listing all that is wrong, and FairweatherError where an article is there already and is not
    to be replaced; nothing is written then.
    """
    wrong = [f"{article.id}: {problem}" for article in articles for problem in problems_of(article)]
    paths = [corpus / article.source / f"{article.id}.json" for article in articles]
    if wrong:
        raise ProblemsError("not accepted", wrong, remedy="mend the drafts; nothing was written")
    there = [path for path in paths if path.exists()]
    if there and not replacing:
        raise FairweatherError(f"{there[0]} exists", remedy="give --replace to put the draft in its place")
    finals = [_final(article) for article in articles]
    with tempfile.TemporaryDirectory() as folder:
        drafts = [Path(folder) / article.source / f"{article.id}.json" for article in articles]
        for final, draft in zip(finals, drafts, strict=True):
            write_article(final, draft)
        others = [path for path in corpus_files(corpus) if path not in paths]
        clashes = corpus_problems([*others, *drafts])
        wrong = [f"{draft.stem}: {problem}" for draft in drafts for problem in clashes.get(draft, ())]
    if wrong:
        raise ProblemsError("not accepted", wrong, remedy="mend the drafts; nothing was written")
    for final, path in zip(finals, paths, strict=True):
        write_article(final, path)
    return paths
