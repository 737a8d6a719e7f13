"""Whether an annotator leans: how often each says a label, against the others on the same items."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fairweather.corpus.article import Article


@dataclass(frozen=True)
class Lean:
    """How much more often an annotator says a label than the others say it on the same items, from -1 to 1."""

    annotator: str
    layer: str
    label: str
    items: int
    lean: float


def _ballots(articles: Iterable[Article]) -> Iterator[tuple[str, dict[str, str]]]:
    for article in articles:
        for claim in article.claims.values():
            yield "claims", {who: vote.label for who, vote in claim.votes.items()}
        for item in article.stance:
            yield "stance", {who: vote.label for who, vote in item.votes.items()}


def leans(articles: Iterable[Article], labels: Mapping[str, Sequence[str]]) -> list[Lean]:
    """Every annotator's lean to every label of every layer, the largest first.

    `labels` gives the labels of each layer. An item with a single vote has nobody to compare with.
    """
    differences: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for layer, votes in _ballots(articles):
        for who, label in votes.items():
            others = [vote for other, vote in votes.items() if other != who]
            for name in labels[layer] if others else ():
                differences[who, layer, name].append((label == name) - others.count(name) / len(others))
    found = [
        Lean(who, layer, label, len(values), sum(values) / len(values))
        for (who, layer, label), values in differences.items()
    ]
    return sorted(found, key=lambda lean: (-abs(lean.lean), lean.annotator, lean.layer, lean.label))
