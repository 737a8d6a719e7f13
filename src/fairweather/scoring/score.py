"""Scoring predictions: every metric of a task, with intervals, from one reading of a file."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from fairweather import __version__
from fairweather.data.gold import Gold, read_gold
from fairweather.errors import FairweatherError
from fairweather.files import sha256_file
from fairweather.resampling import (
    RESAMPLES,
    SEED,
    Clusters,
    Floats,
    draw_counts,
    make_clusters,
    percentile_interval,
    sum_by_cluster,
)
from fairweather.scoring.classification import (
    Metric,
    average_precision,
    confusion,
    f1_by_label,
    macro_over_groups,
    masked_f1,
    matthews,
    mean_f1,
    share,
)
from fairweather.scoring.generation import mean_metric, summary_values
from fairweather.scoring.predictions import Prediction, check_predictions, read_predictions, require_file
from fairweather.scoring.result import Result, Score, Signature
from fairweather.tasks import Task, get_task

Breakdown = dict[str, list[Metric]]
AP_CHUNK = 250
MOST_RESAMPLES = 1_000_000


def _codes(task: Task, gold: Gold, predictions: Sequence[Prediction]) -> tuple[list[int], list[int]]:
    """Gold and predicted label numbers; an abstention has the number after the last label."""
    number: dict[str | None, int] = {label: at for at, label in enumerate(task.labels)}
    number[None] = len(task.labels)
    return [number[item.label] for item in gold.items], [number[p.answer] for p in predictions]


def _stance_metrics(task: Task, gold: Gold, predictions: Sequence[Prediction]) -> tuple[list[Metric], Breakdown]:
    truth, guess = _codes(task, gold, predictions)
    tags = [item.tags for item in gold.items]
    labels, count = len(task.labels), len(truth)
    cells = confusion(truth, guess, labels)
    sides = [task.labels.index(label) for label in ("favor", "against")]

    def subset(name: str, test: Callable[[Mapping[str, Any]], bool]) -> Metric:
        return masked_f1(name, truth, guess, labels, [test(tag) for tag in tags])

    metrics = [
        Metric("macro_f1", cells, mean_f1(labels), count),
        Metric("f_avg", cells, mean_f1(labels, sides), count),
        macro_over_groups(truth, guess, labels, [tag["target_id"] for tag in tags]),
        subset("unseen_targets", lambda tag: not tag["seen_target"]),
        subset("author", lambda tag: bool(tag["holder"] == "author")),
        subset("other_holders", lambda tag: bool(tag["holder"] != "author")),
        subset("passage_level", lambda tag: bool(tag["level"] == "passage")),
        subset("article_level", lambda tag: bool(tag["level"] == "article")),
    ]
    right = [a == b for a, b in zip(truth, guess, strict=True)]
    kinds = [kind for kind in task.vocabularies["none_kind"] if any(tag["none_kind"] == kind for tag in tags)]
    targets = sorted({tag["target_id"] for tag in tags})
    breakdown = {
        "recall_by_none_kind": [share(kind, right, [tag["none_kind"] == kind for tag in tags]) for kind in kinds],
        "macro_f1_by_target": [subset(t, lambda tag, t=t: bool(tag["target_id"] == t)) for t in targets],  # type: ignore[misc]
        "f1_by_label": _label_metrics(task, cells, count),
    }
    return [metric for metric in metrics if metric.items], breakdown


def _label_metrics(task: Task, cells: Floats, count: int) -> list[Metric]:
    def one(at: int) -> Callable[[Floats], Floats]:
        return lambda sums: f1_by_label(sums, len(task.labels))[..., at]

    return [Metric(label, cells, one(at), count) for at, label in enumerate(task.labels)]


def _claims_metrics(task: Task, gold: Gold, predictions: Sequence[Prediction]) -> tuple[list[Metric], Breakdown]:
    truth, guess = _codes(task, gold, predictions)
    labels, count = len(task.labels), len(truth)
    cells = confusion(truth, guess, labels)
    by_label = _label_metrics(task, cells, count)
    positive = by_label[task.labels.index(str(task.positive))]
    metrics = [
        Metric("claim_f1", positive.statistics, positive.compute, count),
        Metric("macro_f1", cells, mean_f1(labels), count),
        Metric("mcc", cells, matthews(labels), count),
    ]
    right = [a == b for a, b in zip(truth, guess, strict=True)]
    kinds = [kind for kind in task.vocabularies["kind"] if any(kind in item.tags["kinds"] for item in gold.items)]
    recalls = [share(kind, right, [kind in item.tags["kinds"] for item in gold.items]) for kind in kinds]
    return metrics, {"recall_by_kind": recalls, "f1_by_label": by_label}


def _summary_metrics(task: Task, gold: Gold, predictions: Sequence[Prediction]) -> tuple[list[Metric], Breakdown]:
    values = [summary_values(item, p.answer) for item, p in zip(gold.items, predictions, strict=True)]
    metrics = [mean_metric(name, [value[name] for value in values]) for name in task.metrics]
    return [metric for metric in metrics if metric is not None], {}


_METRICS = {"stance": _stance_metrics, "claims": _claims_metrics, "summary": _summary_metrics}


def _score(metric: Metric, clusters: Clusters, counts: Floats) -> Score:
    sums = sum_by_cluster(clusters, metric.statistics)
    value = float(metric.compute(sums.sum(axis=0)))
    interval = percentile_interval(metric.compute(counts @ sums)) if clusters.informative else None
    low, high = interval or (None, None)
    return Score(metric.name, value, low, high, metric.items)


def _average_precision_score(
    task: Task, gold: Gold, predictions: Sequence[Prediction], clusters: Clusters, counts: Floats
) -> Score | None:
    """Average precision of the positive label, where every item has a score for it; an abstention ranks last."""
    label = str(task.positive)
    answered = [p for p in predictions if p.answer is not None]
    if not answered or any(p.scores is None or label not in p.scores for p in answered):
        return None
    scores = [p.scores[label] if p.answer is not None and p.scores else -np.inf for p in predictions]
    positive = [item.label == label for item in gold.items]
    value = average_precision(positive, scores, np.ones((1, len(scores))))[0]
    chunks = [counts[at : at + AP_CHUNK][:, clusters.item] for at in range(0, len(counts), AP_CHUNK)]
    draws = np.concatenate([average_precision(positive, scores, chunk) for chunk in chunks])
    low, high = (percentile_interval(draws) if clusters.informative else None) or (None, None)
    return Score("average_precision", float(value), low, high, len(scores))


def score_predictions(
    gold: Gold,
    predictions: Sequence[Prediction],
    *,
    system: str = "unnamed",
    resamples: int = RESAMPLES,
    seed: int = SEED,
    predictions_sha256: str | None = None,
) -> Result:
    """Score checked predictions, in the order of the gold items."""
    task = get_task(gold.task)
    clusters = make_clusters([item.article for item in gold.items], [item.passage for item in gold.items])
    counts = draw_counts(clusters, resamples, seed)
    metrics, breakdown = _METRICS[gold.task](task, gold, predictions)
    scores = {metric.name: _score(metric, clusters, counts) for metric in metrics}
    if task.positive is not None:
        ranked = _average_precision_score(task, gold, predictions, clusters, counts)
        scores |= {"average_precision": ranked} if ranked else {}
    abstained = sum(p.answer is None for p in predictions)
    signature = Signature(
        task=task.name,
        task_version=task.version,
        data=gold.fingerprint,
        split=gold.split,
        metric=task.primary_metric,
        items=len(gold.items),
        cluster=clusters.unit if clusters.informative else "none",
        resamples=resamples if clusters.informative else 0,
        seed=seed,
        fairweather=__version__,
    )
    return Result(
        task=task.name,
        split=gold.split,
        system=system,
        primary=task.primary_metric,
        setting=signature,
        items=len(gold.items),
        articles=clusters.articles,
        abstained=abstained,
        coverage=1 - abstained / len(gold.items),
        these_articles_only=clusters.unit != "article" and clusters.informative,
        predictions_sha256=predictions_sha256,
        scores={task.primary_metric: scores[task.primary_metric], **scores},
        breakdown={
            name: {metric.name: _score(metric, clusters, counts) for metric in members}
            for name, members in breakdown.items()
        },
    )


def score(
    task: str,
    predictions: str | os.PathLike[str] | Iterable[Mapping[str, object]],
    split: str = "test",
    *,
    system: str | None = None,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Result:
    """Score predictions on a split of a task.

    `predictions` is the path of a JSON lines file, or rows: `{"id": …, "label": …}`, for summaries
    `{"id": …, "summary": …}`; `null` (None) abstains. Every item of the split must be there once.

    Raises ProblemsError, listing every problem, when they are not; FairweatherError for an unknown task or split.

    >>> import fairweather
    >>> items = fairweather.load("claims", "test")
    >>> result = fairweather.score("claims", ({"id": item, "label": "claim"} for item in items["id"]))
    >>> result.coverage, result.scores["mcc"].value
    (1.0, 0.0)
    """
    definition = get_task(task)
    if not isinstance(resamples, int) or not 1 <= resamples <= MOST_RESAMPLES or not isinstance(seed, int) or seed < 0:
        raise FairweatherError(
            f"resamples must be a whole number from 1 to {MOST_RESAMPLES:,}, seed one from 0", remedy="leave them out"
        )
    gold = read_gold(task, split)
    digest = None
    if isinstance(predictions, (str, os.PathLike)):
        path = require_file(Path(predictions))
        checked = read_predictions(path, definition, gold.ids)
        digest = sha256_file(path)
        system = system or path.stem
    else:
        checked = check_predictions(predictions, definition, gold.ids)
    return score_predictions(
        gold,
        checked,
        # A file name may hold bytes that are no text.
        system=(system or "unnamed").encode("utf-8", "backslashreplace").decode("utf-8"),
        resamples=resamples,
        seed=seed,
        predictions_sha256=digest,
    )
