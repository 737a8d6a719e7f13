"""Metrics of the labelling tasks, each computed from sums of counts so that resamples are one matrix product."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from fairweather.resampling import Floats

Compute = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Metric:
    """A named metric: per-item statistics of shape (items, k), and how a score follows from their sums.

    `compute` takes sums of shape (..., k) and gives scores of shape (...). `items` is how many items it is over.
    """

    name: str
    statistics: Floats
    compute: Compute
    items: int


def _divide(part: Floats, whole: Floats, empty: float = np.nan) -> Floats:
    """Part over whole, and `empty` where whole is 0: NaN says that there is nothing to score."""
    return np.divide(part, whole, out=np.full_like(part, empty, dtype=np.float64), where=whole > 0)


def _defined_mean(scores: Floats) -> Floats:
    """The mean over the last axis of what is defined; NaN where nothing is."""
    defined = ~np.isnan(scores)
    return _divide(np.where(defined, scores, 0).sum(axis=-1), defined.sum(axis=-1).astype(np.float64))


def confusion(gold: Sequence[int], predicted: Sequence[int], labels: int, mask: Sequence[bool] | None = None) -> Floats:
    """One-hot (gold, predicted) cells, shape (items, labels * (labels + 1)).

    The extra column of predictions is abstention: it costs recall and is no false positive. Rows outside `mask` are
    zero.

    >>> confusion([0, 1], [0, 2], labels=2).astype(int).tolist()
    [[1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1]]
    """
    cells = np.asarray(gold) * (labels + 1) + np.asarray(predicted)
    table = np.zeros((len(cells), labels * (labels + 1)), dtype=np.float64)
    table[np.arange(len(cells)), cells] = 1
    return table if mask is None else table * np.asarray(mask, dtype=np.float64)[:, None]


def _shaped(sums: Floats, labels: int) -> Floats:
    return sums.reshape(*sums.shape[:-1], labels, labels + 1)


def f1_by_label(sums: Floats, labels: int) -> Floats:
    """F1 of every label from confusion sums: shape (..., labels).

    F1 is 2TP / (2TP + FP + FN), NaN for a label that is neither true of an item nor predicted.
    """
    table = _shaped(sums, labels)
    true = np.diagonal(table[..., :labels], axis1=-2, axis2=-1)
    return _divide(2 * true, table.sum(axis=-1) + table[..., :labels].sum(axis=-2))


def mean_f1(labels: int, over: Sequence[int] | None = None) -> Compute:
    """Mean of the F1 of the labels in `over` (all by default): macro-F1, or F_avg over favor and against.

    A label that a resample neither holds nor predicts is left out of its mean, as scikit-learn does with
    `zero_division=nan`; over the whole split every label of the list counts, since its gold holds it.
    """
    chosen = list(range(labels)) if over is None else list(over)
    return lambda sums: _defined_mean(f1_by_label(sums, labels)[..., chosen])


def matthews(labels: int) -> Compute:
    """Matthews correlation, in the multi-class form of Gorodkin (2004); abstention is a class of its own."""

    def compute(sums: Floats) -> Floats:
        table = _shaped(sums, labels)
        gold = np.concatenate([table.sum(axis=-1), np.zeros((*table.shape[:-2], 1))], axis=-1)
        guess, total = table.sum(axis=-2), table.sum(axis=(-2, -1))
        right = np.trace(table[..., :labels], axis1=-2, axis2=-1)
        covariance = right * total - (gold * guess).sum(axis=-1)
        spread = (total**2 - (gold**2).sum(axis=-1)) * (total**2 - (guess**2).sum(axis=-1))
        return _divide(covariance, np.sqrt(spread), empty=0.0)

    return compute


def macro_over_groups(gold: Sequence[int], predicted: Sequence[int], labels: int, groups: Sequence[str]) -> Metric:
    """Mean over groups (targets) of the macro-F1 within each, over the labels that the group's gold holds.

    Which labels a group holds is fixed by the whole split, so that a resample cannot change what is averaged.
    """
    names = sorted(set(groups))
    cells = confusion(gold, predicted, labels)
    member = np.array([[group == name for name in names] for group in groups], dtype=np.float64)
    statistics = (member[:, :, None] * cells[:, None, :]).reshape(len(cells), -1)
    width = cells.shape[1]
    totals = _shaped(statistics.sum(axis=0).reshape(len(names), width), labels)
    held = totals.sum(axis=-1) > 0

    def compute(sums: Floats) -> Floats:
        scores = f1_by_label(sums.reshape(*sums.shape[:-1], len(names), width), labels)
        return _defined_mean(_defined_mean(np.where(held, scores, np.nan)))

    return Metric("macro_over_targets", statistics, compute, len(cells))


def share(name: str, hit: Sequence[bool], mask: Sequence[bool]) -> Metric:
    """The share of masked items that are hits, such as recall of one kind; NaN where a resample has none of them."""
    chosen = np.asarray(mask, dtype=np.float64)
    statistics = np.stack([np.asarray(hit, dtype=np.float64) * chosen, chosen], axis=1)
    return Metric(name, statistics, lambda sums: _divide(sums[..., 0], sums[..., 1]), int(chosen.sum()))


def masked_f1(name: str, gold: Sequence[int], predicted: Sequence[int], labels: int, mask: Sequence[bool]) -> Metric:
    """Macro-F1 on the masked items only, over the labels that their gold holds."""
    held = sorted({label for label, chosen in zip(gold, mask, strict=True) if chosen})
    return Metric(name, confusion(gold, predicted, labels, mask), mean_f1(labels, held), int(np.sum(mask)))


def average_precision(positive: Sequence[bool], scores: Sequence[float], weights: Floats) -> Floats:
    """Average precision under item weights of shape (resamples, items): shape (resamples,).

    The sum over distinct thresholds of (recall gained) times precision, without interpolation, as scikit-learn's
    `average_precision_score` defines it. NaN where no positive has weight.

    >>> average_precision([True, False, True], [0.9, 0.8, 0.1], np.ones((1, 3))).round(4).tolist()
    [0.8333]
    """
    order = np.argsort(-np.asarray(scores, dtype=np.float64), kind="stable")
    ranked = np.asarray(scores, dtype=np.float64)[order]
    last_of_tie = np.append(ranked[1:] != ranked[:-1], True)
    drawn = weights[:, order]
    true = np.cumsum(drawn * np.asarray(positive, dtype=np.float64)[order], axis=1)[:, last_of_tie]
    seen = np.cumsum(drawn, axis=1)[:, last_of_tie]
    gained = np.diff(true, axis=1, prepend=0)
    area = (gained * _divide(true, seen, empty=0.0)).sum(axis=1)
    return _divide(area, true[:, -1])
