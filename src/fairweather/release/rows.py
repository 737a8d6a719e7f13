"""From a readable article to the rows of each config."""

from collections.abc import Callable, Iterator
from typing import Any

from fairweather.corpus.article import ARTICLE_LEVEL, Article, Unit, after_gaps
from fairweather.corpus.reference import get_targets
from fairweather.errors import unknown_name

Row = dict[str, Any]


def sentence_number(unit: Unit) -> int:
    """The number in a sentence's id: sentences of an article are numbered without gaps."""
    return int(unit.id.removeprefix("s"))


def body(article: Article) -> str:
    """The article as a reader sees it, furniture left out: headings and paragraphs, an empty line between them."""
    paragraphs: dict[int, list[str]] = {}
    for unit in article.units:
        if unit.kind != "furniture":
            paragraphs.setdefault(unit.paragraph, []).append(article.text_of(unit))
    return "\n\n".join(" ".join(pieces) for pieces in paragraphs.values())


def claims_labels(article: Article) -> Iterator[Row]:
    """What a claims row says besides text: one row a labelled sentence, in order."""
    passage_of = article.passage_of()
    for unit in article.sentences():
        claim = article.claims[unit.id]
        yield {
            "id": f"{article.id}/{unit.id}",
            "article_id": article.id,
            "source": article.source,
            "passage_id": passage_of.get(unit.id, ""),
            "label": claim.label,
            "kinds": list(claim.kinds),
            "check_worthy": claim.check_worthy,
            "voice": claim.voice,
            "votes": [
                {
                    "annotator": who,
                    "label": vote.label,
                    "kinds": list(vote.kinds),
                    "check_worthy": vote.check_worthy,
                    "voice": vote.voice,
                }
                for who, vote in sorted(claim.votes.items())
            ],
        }


def claims_rows(article: Article) -> Iterator[Row]:
    """One row a labelled sentence, in order, with the sentence before it as context."""
    before: Unit | None = None
    gaps = after_gaps(article.units)
    for unit, labels in zip(article.sentences(), claims_labels(article), strict=True):
        sentence = article.text_of(unit)
        # Where a hydrated copy lacks the sentence before, or an excerpt leaves it out, there is no context: another
        # sentence would mislead.
        follows = before is not None and sentence_number(unit) == sentence_number(before) + 1 and unit.id not in gaps
        context = article.text_of(before) if before is not None and follows else ""
        before = unit
        yield {**labels, "context": context, "sentence": sentence}


def _shown(article: Article) -> dict[str, tuple[str, str]]:
    """Passage id (or `article`) to the heading and text that a stance item shows."""
    units = {unit.id: unit for unit in article.units}
    shown = {
        passage.id: (
            article.text_of(units[passage.heading]) if passage.heading else "",
            " ".join(article.text_of(units[unit]) for unit in passage.units),
        )
        for passage in article.passages
    }
    return {**shown, ARTICLE_LEVEL: ("", body(article))}


def stance_labels(article: Article) -> Iterator[Row]:
    """What a stance row says besides text: one row a (passage or article, holder, target), in order."""
    targets = get_targets()
    for item in article.stance:
        target = targets[item.target]
        yield {
            "id": f"{article.id}/{item.id}",
            "article_id": article.id,
            "source": article.source,
            "passage_id": item.passage,
            "level": "article" if item.passage == ARTICLE_LEVEL else "passage",
            "holder": item.holder,
            "target_id": target.id,
            "target": target.proposition,
            "label": item.label,
            "none_kind": item.none_kind,
            "seen_target": target.seen,
            "votes": [
                {"annotator": who, "label": vote.label, "none_kind": vote.none_kind}
                for who, vote in sorted(item.votes.items())
            ],
        }


def stance_rows(article: Article) -> Iterator[Row]:
    """One row a (passage or article, holder, target), in order."""
    shown = _shown(article)
    for labels in stance_labels(article):
        heading, text = shown[labels["passage_id"]]
        yield {**labels, "heading": heading, "text": text}


def summary_labels(article: Article) -> Iterator[Row]:
    """What a summary row says besides the piece itself: one row an article that has a summary."""
    if article.summary is not None:
        yield {
            "id": article.id,
            "article_id": article.id,
            "source": article.source,
            "title": article.title,
            "abstracts": list(article.summary.abstracts),
            "tldrs": list(article.summary.tldrs),
            "key_points": [
                {"id": point.id, "text": point.text, "role": point.role, "support": list(point.support)}
                for point in article.summary.key_points
            ],
        }


def summary_rows(article: Article) -> Iterator[Row]:
    """One row an article that has a summary."""
    for labels in summary_labels(article):
        yield {**labels, "document": body(article)}


def corpus_rows(article: Article) -> Iterator[Row]:
    """The whole article with all its layers, in one row; what it was commissioned to be is left out."""
    claims = [{"unit": row["id"].split("/")[1], **row} for row in claims_rows(article)]
    stance = [{"item": row["id"].split("/")[1], **row} for row in stance_rows(article)]
    summary: Row = next(summary_rows(article), {"abstracts": [], "tldrs": [], "key_points": []})
    yield {
        "id": article.id,
        "source": article.source,
        "split": article.split,
        "title": article.title,
        "genre": article.genre,
        "outlet": article.outlet,
        "region": article.region,
        "episode": article.episode,
        "url": list(article.url),
        "license": article.license,
        "text": article.text,
        "units": [
            {"id": u.id, "kind": u.kind, "paragraph": u.paragraph, "start": u.start, "end": u.end}
            for u in article.units
        ],
        "passages": [{"id": p.id, "heading": p.heading, "units": list(p.units)} for p in article.passages],
        "claims": [
            {key: row[key] for key in ("unit", "label", "kinds", "check_worthy", "voice", "votes")} for row in claims
        ],
        "stance": [
            {key: row[key] for key in ("item", "passage_id", "holder", "target_id", "label", "none_kind", "votes")}
            for row in stance
        ],
        "summary": {key: summary[key] for key in ("abstracts", "tldrs", "key_points")},
    }


# What of each task's rows needs no text, for scoring splits whose text is not here.
LABELS: dict[str, Callable[[Article], Iterator[Row]]] = {
    "stance": stance_labels,
    "claims": claims_labels,
    "summary": summary_labels,
}
ROWS: dict[str, Callable[[Article], Iterator[Row]]] = {
    "stance": stance_rows,
    "claims": claims_rows,
    "summary": summary_rows,
    "corpus": corpus_rows,
}


def config_names() -> tuple[str, ...]:
    """The configs of the dataset.

    >>> config_names()
    ('stance', 'claims', 'summary', 'corpus')
    """
    return tuple(ROWS)


def rows_of(config: str, article: Article) -> list[Row]:
    """The rows of one article in one config; an unknown config raises FairweatherError naming the valid ones."""
    if config not in ROWS:
        raise unknown_name("config", config, ROWS)
    return list(ROWS[config](article))
