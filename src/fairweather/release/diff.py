"""What changed between two releases, record by record: articles, sentences, stance items, references."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fairweather.corpus.article import Article, read_article
from fairweather.corpus.validate import corpus_files
from fairweather.errors import FairweatherError

LAYERS = ("article", "text", "claims", "stance", "summary")


@dataclass(frozen=True)
class Change:
    """One record that was added, removed or changed. `what` says how it reads before and after."""

    kind: str
    layer: str
    record: str
    what: str = ""


def read_release(folder: Path) -> dict[str, Article]:
    """The articles of a dataset folder by id; raises FairweatherError where there is no corpus."""
    paths = corpus_files(folder / "corpus")
    if not paths:
        raise FairweatherError(f"{folder}: no corpus files", remedy="give a dataset folder, with `corpus/` in it")
    return {path.stem: read_article(path) for path in paths}


def diff_releases(old: Mapping[str, Article], new: Mapping[str, Article]) -> list[Change]:
    """Every record that differs, article by article.

    A sentence is known by its words, a stance item by passage, holder and target, so that renumbering is no change.
    """
    changes: list[Change] = []
    for name in sorted({*old, *new}):
        if name not in new:
            changes.append(Change("removed", "article", name))
        elif name not in old:
            changes.append(Change("added", "article", name))
        else:
            changes += _article_changes(old[name], new[name])
    return changes


def _article_changes(old: Article, new: Article) -> Iterator[Change]:
    for key in ("split", "title", "genre", "outlet", "region", "episode", "license"):
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield Change("changed", "article", f"{new.id}: {key}", f"{before} -> {after}")
    if old.text != new.text:
        yield Change("changed", "text", new.id)
    yield from _compare("claims", _claims(old), _claims(new))
    yield from _compare("stance", _stance(old), _stance(new))
    yield from _compare("summary", _references(old), _references(new))


def _compare(layer: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for record in old:
        if record not in new:
            yield Change("removed", layer, record, old[record])
        elif old[record] != new[record]:
            yield Change("changed", layer, record, f"{old[record]} -> {new[record]}")
    for record in new:
        if record not in old:
            yield Change("added", layer, record, new[record])


def _claims(article: Article) -> dict[str, str]:
    return {
        f"{article.id}/{unit}": " ".join([claim.label, *claim.kinds, *([claim.voice] if claim.voice else [])])
        for unit, claim in article.claims.items()
    }


def _stance(article: Article) -> dict[str, str]:
    return {
        f"{article.id}/{item.passage}/{item.holder}/{item.target}": f"{item.label} {item.none_kind or ''}".strip()
        for item in article.stance
    }


def _references(article: Article) -> dict[str, str]:
    if article.summary is None:
        return {}
    named = {f"abstract {n}": text for n, text in enumerate(article.summary.abstracts, 1)}
    named |= {f"tldr {n}": text for n, text in enumerate(article.summary.tldrs, 1)}
    named |= {point.id: point.text for point in article.summary.key_points}
    return {f"{article.id}/{name}": text for name, text in named.items()}


def diff_summary(changes: Iterable[Change]) -> str:
    """The changes counted, as a Markdown table for a changelog.

    >>> print(diff_summary([Change("added", "article", "open-0001")]), end="")
    | layer | added | removed | changed |
    |---|---:|---:|---:|
    | article | 1 | 0 | 0 |
    """
    counted = Counter((change.layer, change.kind) for change in changes)
    rows = [
        f"| {layer} | " + " | ".join(str(counted[layer, kind]) for kind in ("added", "removed", "changed")) + " |"
        for layer in LAYERS
        if any(counted[layer, kind] for kind in ("added", "removed", "changed"))
    ]
    return "\n".join(["| layer | added | removed | changed |", "|---|---:|---:|---:|", *rows]) + "\n"
