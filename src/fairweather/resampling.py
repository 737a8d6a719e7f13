"""Uncertainty: how often each cluster is drawn, resample by resample.

A metric is computed from sums of per-cluster statistics, so a resample is a row of counts and 10,000 of them are one
matrix product. Clusters are whole articles, since the items of one article are not independent. A split of fewer than
20 articles cannot carry that: there passages are resampled within their articles, and the interval speaks for these
articles alone.

Counts are drawn from the multinomial, as drawing clusters with replacement means. (Poisson weights, which are cheaper,
came out too wide at 50 articles.)
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

RESAMPLES = 10_000
SEED = 1
FEW_ARTICLES = 20
LEVEL = 95

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Clusters:
    """Which cluster each item belongs to, and which stratum each cluster is drawn within.

    `item` has shape (items,), `stratum` shape (clusters,). `unit` is what a signature says of it.
    """

    item: npt.NDArray[np.int64]
    stratum: npt.NDArray[np.int64]
    unit: str
    articles: int

    @property
    def count(self) -> int:
        """How many clusters there are."""
        return len(self.stratum)

    @property
    def informative(self) -> bool:
        """Whether a resample can differ from the data: some stratum must hold two clusters or more."""
        return bool(np.bincount(self.stratum).max() > 1)


def _codes(values: Sequence[object]) -> tuple[npt.NDArray[np.int64], int]:
    index: dict[object, int] = {}
    codes = [index.setdefault(value, len(index)) for value in values]
    return np.array(codes, dtype=np.int64), len(index)


def make_clusters(articles: Sequence[str], passages: Sequence[str]) -> Clusters:
    """Clusters for items that lie in these articles and passages (one entry an item).

    >>> make_clusters(["a", "a", "b"], ["p1", "p2", "p1"]).unit
    'passage-in-article'
    """
    by_article, count = _codes(articles)
    if count >= FEW_ARTICLES:
        return Clusters(by_article, np.zeros(count, dtype=np.int64), "article", count)
    by_passage, passage_count = _codes(list(zip(articles, passages, strict=True)))
    stratum = np.zeros(passage_count, dtype=np.int64)
    stratum[by_passage] = by_article
    return Clusters(by_passage, stratum, "passage-in-article", count)


def draw_counts(clusters: Clusters, resamples: int = RESAMPLES, seed: int = SEED) -> Floats:
    """How often each cluster occurs in each resample: shape (resamples, clusters).

    Each stratum is drawn on its own, as many clusters as it has.
    """
    rng = np.random.default_rng(seed)
    counts = np.empty((resamples, clusters.count), dtype=np.float64)
    for stratum in range(int(clusters.stratum.max()) + 1):
        members = np.flatnonzero(clusters.stratum == stratum)
        share = np.full(len(members), 1 / len(members))
        counts[:, members] = rng.multinomial(len(members), share, size=resamples)
    return counts


def sum_by_cluster(clusters: Clusters, statistics: Floats) -> Floats:
    """Per-item statistics (items, k) summed to (clusters, k)."""
    totals = np.zeros((clusters.count, statistics.shape[1]), dtype=np.float64)
    np.add.at(totals, clusters.item, statistics)
    return totals


def percentile_interval(values: Floats) -> tuple[float, float] | None:
    """The central 95% of resampled scores, undefined ones left out; None when all are undefined.

    >>> percentile_interval(np.linspace(0, 1, 101))
    (0.025, 0.975)
    """
    defined = values[~np.isnan(values)]
    if not len(defined):
        return None
    tail = (100 - LEVEL) / 2
    low, high = np.percentile(defined, [tail, 100 - tail])
    return float(low), float(high)
