"""Agreement between annotators: Krippendorff's alpha with a bootstrap interval, layer by layer."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fairweather.corpus.article import ARTICLE_LEVEL, Article
from fairweather.resampling import Floats, draw_counts, make_clusters, percentile_interval, sum_by_cluster


@dataclass(frozen=True)
class Ballot:
    """The votes on one item: where it lies, and what each annotator said."""

    article: str
    passage: str
    values: tuple[Hashable, ...]


@dataclass(frozen=True)
class Agreement:
    """Alpha over the items of one layer, with a 95% percentile interval; `resampled` says over what.

    Alpha is None where all votes share one value: there is nothing to disagree on.
    """

    layer: str
    items: int
    annotators: int
    unanimous: float
    alpha: float | None
    low: float | None
    high: float | None
    resampled: str


def _claim_ballots(read: Callable[..., Hashable]) -> Callable[[Article], Iterator[Ballot]]:
    def ballots(article: Article) -> Iterator[Ballot]:
        passage_of = article.passage_of()
        for unit, claim in article.claims.items():
            values = tuple(value for vote in claim.votes.values() if (value := read(vote)) is not None)
            if len(values) > 1:
                yield Ballot(article.id, passage_of[unit], values)

    return ballots


def _stance_ballots(article_level: bool) -> Callable[[Article], Iterator[Ballot]]:
    def ballots(article: Article) -> Iterator[Ballot]:
        for item in article.stance:
            if (item.passage == ARTICLE_LEVEL) == article_level and len(item.votes) > 1:
                # At article level an item is a unit of its own: there is no smaller cluster to keep together.
                place = item.id if article_level else item.passage
                yield Ballot(article.id, place, tuple(vote.label for vote in item.votes.values()))

    return ballots


def _none_kind_ballots(article: Article) -> Iterator[Ballot]:
    for item in article.stance:
        kinds = tuple(vote.none_kind for vote in item.votes.values() if vote.none_kind)
        if len(kinds) > 1:
            yield Ballot(article.id, item.id if item.passage == ARTICLE_LEVEL else item.passage, kinds)


LAYERS: dict[str, Callable[[Article], Iterator[Ballot]]] = {
    "claims: label": _claim_ballots(lambda vote: vote.label),
    "claims: main kind": _claim_ballots(lambda vote: vote.kinds[0] if vote.kinds else None),
    "claims: check-worthy": _claim_ballots(lambda vote: vote.check_worthy),
    "claims: voice": _claim_ballots(lambda vote: vote.voice),
    "stance, passage: label": _stance_ballots(article_level=False),
    "stance, article: label": _stance_ballots(article_level=True),
    "stance: kind of none": _none_kind_ballots,
}


def alpha_statistics(counts: npt.NDArray[np.int64]) -> Floats:
    """Per-item statistics whose sums decide nominal alpha: disagreement within the item, then votes by value.

    With n_v votes for value v among the n of an item, the disagreement is (n^2 - sum n_v^2) / (n - 1).
    """
    votes = counts.sum(axis=1, dtype=np.float64)
    within = (votes**2 - (counts.astype(np.float64) ** 2).sum(axis=1)) / (votes - 1)
    return np.column_stack([within, counts])


def alpha_from_sums(sums: Floats) -> Floats:
    """Krippendorff's alpha for nominal values, from summed `alpha_statistics` of shape (..., 1 + values).

    Where all votes share one value there is nothing to disagree on, and alpha is not defined: NaN.

    Source: Krippendorff, *Content Analysis*, 4th ed. (2018), chapter 12; equal to the `krippendorff` package's values,
    which takes a time that grows with the square of the number of values.

    >>> float(alpha_from_sums(alpha_statistics(np.array([[3, 0], [0, 3], [2, 1]])).sum(axis=0)).round(4))
    0.6
    """
    within, votes = sums[..., 0], sums[..., 1:]
    total = votes.sum(axis=-1)
    between = (total**2 - (votes**2).sum(axis=-1)) / (total - 1)
    ratio = np.divide(within, between, out=np.full_like(within, np.nan), where=between > 0)
    return np.asarray(1 - ratio)


def _count_table(ballots: Sequence[Ballot]) -> npt.NDArray[np.int64]:
    values = sorted({str(value) for ballot in ballots for value in ballot.values})
    column = {value: index for index, value in enumerate(values)}
    table = np.zeros((len(ballots), len(values)), dtype=np.int64)
    for row, ballot in enumerate(ballots):
        for value in ballot.values:
            table[row, column[str(value)]] += 1
    return table


def measure_agreement(layer: str, articles: Iterable[Article]) -> Agreement | None:
    """Alpha of one layer over some articles; None where no item has two votes.

    The interval comes from 10,000 seeded resamples of articles, or of passages within their articles when there
    are fewer than 20 articles: it then speaks for these articles alone. Raises KeyError for an unknown layer.
    """
    ballots = [ballot for article in articles for ballot in LAYERS[layer](article)]
    if not ballots:
        return None
    table = _count_table(ballots)
    clusters = make_clusters([ballot.article for ballot in ballots], [ballot.passage for ballot in ballots])
    sums = sum_by_cluster(clusters, alpha_statistics(table))
    interval = percentile_interval(alpha_from_sums(draw_counts(clusters) @ sums))
    low, high = interval or (None, None)
    alpha = float(alpha_from_sums(sums.sum(axis=0)))
    return Agreement(
        layer=layer,
        items=len(ballots),
        annotators=max(len(ballot.values) for ballot in ballots),
        unanimous=float(np.mean([len(set(ballot.values)) == 1 for ballot in ballots])),
        alpha=None if np.isnan(alpha) else alpha,
        low=low,
        high=high,
        resampled=clusters.unit,
    )
