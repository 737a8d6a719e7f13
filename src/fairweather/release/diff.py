"""What changed between two releases, record by record: articles, sentences, stance items, references."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fairweather.corpus.article import Article, read_article, to_dict
from fairweather.corpus.validate import corpus_files
from fairweather.errors import FairweatherError

# A change that takes more room than this is said to differ, not shown.
LINE = 160
LAYERS = ("article", "text", "claims", "stance", "summary")


@dataclass(frozen=True)
class Change:
    """One record that was added, removed or changed. `what` says which fields read how before and after."""

    kind: str
    layer: str
    record: str
    what: str = ""


def read_release(folder: Path) -> dict[str, Article]:
    """The articles of a dataset folder by source and id; raises FairweatherError where there is no corpus."""
    paths = corpus_files(folder / "corpus")
    if not paths:
        raise FairweatherError(f"{folder}: no corpus files", remedy="give a dataset folder, with `corpus/` in it")
    articles = [read_article(path) for path in paths]
    return {f"{article.source}/{article.id}": article for article in articles}


def diff_releases(old: Mapping[str, Article], new: Mapping[str, Article]) -> list[Change]:
    """Every record that differs, article by article.

    A sentence is known by its id, a stance item by passage, holder and target, so that renumbered items are no change.
    """
    changes: list[Change] = []
    for name in sorted({*old, *new}):
        if name not in new:
            changes.append(Change("removed", "article", name))
        elif name not in old:
            changes.append(Change("added", "article", name))
        else:
            changes += _article_changes(to_dict(old[name]), to_dict(new[name]))
    return changes


def _article_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    layers = {"text", "claims", "stance", "summary"}
    for key in sorted({*old, *new} - layers):
        if old.get(key) != new.get(key):
            yield Change("changed", "article", f"{new['id']}: {key}", _shown(old.get(key), new.get(key)))
    if old.get("text") != new.get("text"):
        yield Change("changed", "text", new["id"])
    yield from _compare("claims", _claims(old), _claims(new))
    yield from _compare("stance", _stance(old), _stance(new))
    yield from _compare("summary", _references(old), _references(new))


def _shown(old: object, new: object) -> str:
    """Two values side by side, where they are short enough to read in a line."""
    shown = f"{old} -> {new}"
    return shown if len(shown) <= LINE else "differs"


def _compare(layer: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for record in old:
        if record not in new:
            yield Change("removed", layer, record)
        elif old[record] != new[record]:
            fields = [key for key in {**old[record], **new[record]} if old[record].get(key) != new[record].get(key)]
            what = "; ".join(f"{key}: {_shown(old[record].get(key), new[record].get(key))}" for key in fields)
            yield Change("changed", layer, record, what)
    for record in new:
        if record not in old:
            yield Change("added", layer, record)


def _claims(article: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{article['id']}/{unit}": claim for unit, claim in article["claims"].items()}


def _stance(article: Mapping[str, Any]) -> dict[str, Any]:
    return {
        f"{article['id']}/{item['passage']}/{item['holder']}/{item['target']}": {
            key: value for key, value in item.items() if key != "id"
        }
        for item in article["stance"]
    }


def _references(article: Mapping[str, Any]) -> dict[str, Any]:
    summary = article.get("summary") or {"abstracts": [], "tldrs": [], "key_points": []}
    named = {f"abstract {n}": {"text": text} for n, text in enumerate(summary["abstracts"], 1)}
    named |= {f"tldr {n}": {"text": text} for n, text in enumerate(summary["tldrs"], 1)}
    named |= {point["id"]: point for point in summary["key_points"]}
    return {f"{article['id']}/{name}": record for name, record in named.items()}


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
