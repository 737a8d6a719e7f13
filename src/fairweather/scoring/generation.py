"""Metrics of the summary task: per-summary values, averaged over articles."""

from collections.abc import Sequence

import numpy as np

from fairweather.corpus.canonical import canonical_words, copied_words
from fairweather.corpus.validate import COPIED_RUN
from fairweather.data.gold import GoldItem
from fairweather.resampling import Floats
from fairweather.scoring.classification import Metric
from fairweather.scoring.rouge import KINDS, rouge_f, rouge_tokens, sentence_lines


def key_point_recall(key_points: Sequence[str], summary: str) -> float:
    """How much of the key points' wording the summary carries, 0 to 1: a lexical proxy, not a judgement of meaning.

    For each key point, the share of its distinct stemmed tokens that stand in the summary sentence which holds most
    of them; the mean over key points.

    >>> key_point_recall(["Spain refused the bases."], "Spain refused. The bases stayed shut.")
    0.5
    """
    if not key_points:
        return float("nan")
    sentences = [set(rouge_tokens(line)) for line in sentence_lines(summary).splitlines()]
    best = []
    for point in key_points:
        wanted = set(rouge_tokens(point))
        best.append(max((len(wanted & sentence) / len(wanted) for sentence in sentences), default=0.0))
    return float(np.mean(best))


def copied_fraction(summary: str, document: str) -> float:
    """The share of the summary's canonical words that lie in a run of eight or more copied from the document.

    >>> copied_fraction("a b c d e f g h i", "x a b c d e f g h y")
    0.8888888888888888
    """
    ours, theirs = canonical_words(summary), canonical_words(document)
    if not ours:
        return 0.0
    return sum(copied_words(ours, theirs, COPIED_RUN)) / len(ours)


def _rouge_values(item: GoldItem, summary: str) -> dict[str, float]:
    """Mean over the references under the plain name, their maximum under `…_max`."""
    against = [rouge_f(reference, summary) for reference in item.references]
    values = {}
    for kind in KINDS:
        scores = [score[kind] for score in against]
        values[kind] = float(np.mean(scores))
        values[f"{kind}_max"] = max(scores)
    return values


def summary_values(item: GoldItem, summary: str | None) -> dict[str, float]:
    """Every metric of one summary; an abstention counts as an empty one. NaN: not known for this item."""
    text = summary or ""
    values = _rouge_values(item, text)
    values["key_point_recall"] = key_point_recall(item.key_points, text)
    values["copied_fraction"] = float("nan") if item.document is None else copied_fraction(text, item.document)
    values["length"] = float(len(text.split()))
    return values


def mean_metric(name: str, values: Sequence[float]) -> Metric | None:
    """The mean of per-item values as a metric; None where any of them is not known.

    >>> mean_metric("length", [1.0, float("nan")]) is None
    True
    """
    column = np.asarray(values, dtype=np.float64)
    if np.isnan(column).any():
        return None
    return Metric(name, np.stack([column, np.ones_like(column)], axis=1), _mean, len(column))


def _mean(sums: Floats) -> Floats:
    return np.divide(sums[..., 0], sums[..., 1])
