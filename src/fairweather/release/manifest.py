"""The manifest: what a release holds, counted and hashed. Every figure in the documents comes from it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fairweather.corpus.agreement import LAYERS, measure_agreement
from fairweather.corpus.article import ARTICLE_LEVEL, Article
from fairweather.corpus.canonical import canonical_words
from fairweather.corpus.reference import get_canary, get_episodes, get_sources, get_targets
from fairweather.files import sha256_bytes
from fairweather.resources import tasks_dir
from fairweather.tasks import get_task, task_names

FORMAT = 1


def _spread(values: Iterable[str | None]) -> dict[str, int]:
    return dict(sorted(Counter(value for value in values if value is not None).items()))


def _claims_counts(articles: Sequence[Article]) -> dict[str, Any]:
    claims = [claim for article in articles for claim in article.claims.values()]
    return {
        "rows": len(claims),
        "labels": _spread(claim.label for claim in claims),
        "kinds": _spread(kind for claim in claims for kind in claim.kinds),
        "check_worthy": sum(claim.check_worthy is True for claim in claims),
        "adjudicated": sum(claim.note is not None for claim in claims),
    }


def _stance_counts(articles: Sequence[Article]) -> dict[str, Any]:
    items = [item for article in articles for item in article.stance]
    shared = passage_labels(articles)
    by_target = {
        target: _spread(item.label for item in items if item.target == target)
        for target in get_targets()
        if any(item.target == target for item in items)
    }
    return {
        "rows": len(items),
        "labels": _spread(item.label for item in items),
        "none_kinds": _spread(item.none_kind for item in items),
        "levels": _spread("article" if item.passage == ARTICLE_LEVEL else "passage" for item in items),
        "author_items": sum(item.holder == "author" for item in items),
        "holders": len({item.holder for item in items}),
        "adjudicated": sum(item.note is not None for item in items),
        "targets": by_target,
        "passages_with_items": len(shared),
        "passages_with_two_labels": sum(len(labels) > 1 for labels in shared.values()),
    }


def passage_labels(articles: Sequence[Article]) -> dict[tuple[str, str], set[str]]:
    """The labels of the items of every passage that has any, by article and passage."""
    found: dict[tuple[str, str], set[str]] = {}
    for article in articles:
        for item in article.stance:
            if item.passage != ARTICLE_LEVEL:
                found.setdefault((article.id, item.passage), set()).add(item.label)
    return found


def _summary_counts(articles: Sequence[Article]) -> dict[str, Any]:
    summaries = [article.summary for article in articles if article.summary is not None]
    return {
        "rows": len(summaries),
        "abstracts": sum(len(summary.abstracts) for summary in summaries),
        "key_points": sum(len(summary.key_points) for summary in summaries),
        "roles": _spread(point.role for summary in summaries for point in summary.key_points),
    }


def _corpus_counts(articles: Sequence[Article]) -> dict[str, Any]:
    return {
        "rows": len(articles),
        "episodes": len({article.episode for article in articles}),
        "genres": _spread(article.genre for article in articles),
        "regions": _spread(article.region for article in articles),
        "sentences": sum(1 for article in articles for _ in article.sentences()),
        "passages": sum(len(article.passages) for article in articles),
        "words": sum(_words(article) for article in articles),
    }


def _words(article: Article) -> int:
    if article.text is None:
        return sum(unit.words or 0 for unit in article.sentences())
    return sum(len(canonical_words(article.text_of(unit))) for unit in article.sentences())


COUNTS = {"stance": _stance_counts, "claims": _claims_counts, "summary": _summary_counts, "corpus": _corpus_counts}


def count_split(articles: Sequence[Article]) -> dict[str, Any]:
    """Rows and label distributions of one split, config by config."""
    return {config: count(articles) for config, count in COUNTS.items()}


def _agreement(articles: Sequence[Article]) -> dict[str, Any]:
    measured = {layer: measure_agreement(layer, articles) for layer in LAYERS}
    return {
        layer: {
            key: round(value, 4) if isinstance(value, float) else value
            for key, value in asdict(agreement).items()
            if key != "layer"
        }
        for layer, agreement in measured.items()
        if agreement is not None
    }


def _hashes(paths: Mapping[str, Path]) -> dict[str, dict[str, str]]:
    return {name: {"sha256": sha256_bytes(path.read_bytes())} for name, path in sorted(paths.items())}


def make_manifest(
    version: str,
    articles: Sequence[Article],
    files: Mapping[str, bytes],
    corpus: Mapping[str, Path],
    tables: Mapping[str, Path],
) -> dict[str, Any]:
    """The manifest of a release.

    `files` are the data files by their path in the dataset folder; `corpus` the corpus files by theirs; `tables` the
    reference tables and schemas.
    """
    by_source = {source: [a for a in articles if a.source == source] for source in get_sources()}
    splits = [split for source in get_sources().values() for split in source.splits]
    return {
        "format": FORMAT,
        "name": "fairweather",
        "version": version,
        "canary": get_canary(),
        "tasks": {
            name: {
                "version": get_task(name).version,
                "sha256": sha256_bytes((tasks_dir() / name / "task.toml").read_bytes()),
            }
            for name in task_names()
        },
        "sources": {
            source.id: {
                "title": source.title,
                "licence": source.licence,
                "text_ships": source.text_ships,
                "splits": list(source.splits),
            }
            for source in get_sources().values()
        },
        "episodes": {split: sorted({e.id for e in get_episodes().values() if e.split == split}) for split in splits},
        "splits": {split: count_split([a for a in articles if a.split == split]) for split in splits},
        "totals": {source: count_split(members) for source, members in by_source.items()},
        "agreement": {source: _agreement(members) for source, members in by_source.items()},
        "files": {name: {"sha256": sha256_bytes(data), "bytes": len(data)} for name, data in sorted(files.items())},
        "corpus": _hashes(corpus),
        "tables": _hashes(tables),
    }
