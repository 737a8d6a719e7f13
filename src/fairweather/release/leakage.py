"""What would let a system look up test answers in training: near-duplicates, shared runs, shared episodes."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from fairweather.corpus.article import Article
from fairweather.release.variety import article_words, runs, shared_runs

# Two texts are near-duplicates when this share of their five-word shingles is common (Jaccard), the usual choice for
# news text; overlap across splits is counted in runs of eight words, as for machine-translation test sets.
NEAR_DUPLICATE = 0.2
SHINGLE = 5
OVERLAP = 8


@dataclass(frozen=True)
class Pair:
    """Two articles and how much they have in common."""

    left: str
    right: str
    share: float


def near_duplicates(texts: Mapping[str, Sequence[str]], threshold: float = NEAR_DUPLICATE) -> list[Pair]:
    """Pairs of texts whose five-word shingles have a Jaccard index of `threshold` or more, the closest first.

    >>> words = "one two three four five six seven".split()
    >>> near_duplicates({"a": words, "b": words[:-1], "c": words[::-1]})
    [Pair(left='a', right='b', share=0.6666666666666666)]
    """
    shingles = {name: runs(words, SHINGLE) for name, words in texts.items()}
    common: Counter[tuple[str, str]] = Counter()
    for names in shared_runs(texts, SHINGLE).values():
        common.update(combinations(sorted(names), 2))
    pairs = [
        Pair(left, right, count / len(shingles[left] | shingles[right])) for (left, right), count in common.items()
    ]
    return sorted((pair for pair in pairs if pair.share >= threshold), key=lambda pair: (-pair.share, pair.left))


def overlap_across_splits(articles: Sequence[Article]) -> list[str]:
    """Runs of eight words that stand in articles of two splits, as readable lines."""
    split = {article.id: article.split for article in articles}
    found = shared_runs({article.id: article_words(article) for article in articles}, OVERLAP)
    return sorted(
        f"{' '.join(run)}: {', '.join(names)}"
        for run, names in found.items()
        if len({split[name] for name in names}) > 1
    )


def episode_leaks(articles: Sequence[Article]) -> list[str]:
    """Episodes whose articles lie in more than one split, as readable lines."""
    splits: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        splits[article.episode].add(article.split)
    return sorted(f"{episode}: {', '.join(sorted(found))}" for episode, found in splits.items() if len(found) > 1)
