"""A sample for people to check the labels with, and how far each person agrees with them.

What a person is shown holds neither the label nor anybody's vote.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fairweather.data.gold import read_gold
from fairweather.data.load import available_splits, load
from fairweather.errors import FairweatherError, unknown_name
from fairweather.tasks import get_task

SEED = 1


@dataclass(frozen=True)
class ReviewItem:
    """One item as a person sees it: the task's inputs, nothing else."""

    id: str
    shown: Mapping[str, str]


@dataclass(frozen=True)
class Judgement:
    """What one person said of one item."""

    person: str
    item: str
    label: str


@dataclass(frozen=True)
class PersonAgreement:
    """One person against the gold labels: share of equal labels, Cohen's kappa (None when both always say one thing).

    `confused` counts (gold label, the person's label) where they differ; `differs` names those items.
    """

    person: str
    items: int
    agreement: float
    kappa: float | None
    confused: dict[tuple[str, str], int]
    differs: tuple[str, ...]


def reviewable(task: str) -> None:
    """Raise FairweatherError for a task that has no labels to check one by one."""
    if not get_task(task).labels:
        raise unknown_name("task with labels", task, ["claims", "stance"])


def _quotas(sizes: Mapping[Any, int], size: int) -> dict[Any, int]:
    """How many of each stratum: in proportion, by largest remainders, and at least one of each that fits."""
    total = sum(sizes.values())
    exact = {key: size * count / total for key, count in sizes.items()}
    quotas = {key: min(max(1, int(share)), sizes[key]) for key, share in exact.items()}
    by_need = sorted(exact, key=lambda key: (quotas[key] - exact[key], str(key)))
    while sum(quotas.values()) < size:
        for key in by_need:
            if quotas[key] < sizes[key] and sum(quotas.values()) < size:
                quotas[key] += 1
    return quotas


def draw_sample(task: str, size: int, seed: int = SEED) -> list[ReviewItem]:
    """Draw items of a task, stratified by split and gold label, in shuffled order; the same seed gives the same items.

    Stand-off splits are drawn from where they are hydrated. Raises FairweatherError for an unknown task and a size
    that is not between one and the number of items.

    >>> [item.id for item in draw_sample("claims", 2)] == [item.id for item in draw_sample("claims", 2)]
    True
    """
    reviewable(task)
    definition = get_task(task)
    strata: dict[tuple[str, str], list[ReviewItem]] = defaultdict(list)
    for split in available_splits(task):
        for row in load(task, split):
            item = ReviewItem(row["id"], {name: row[name] for name in definition.inputs})
            strata[split, definition.labels[row["label"]]].append(item)
    total = sum(map(len, strata.values()))
    if not 1 <= size <= total:
        raise FairweatherError(f"a sample of {size} of {total} {task} items", remedy=f"give a size from 1 to {total}")
    rng = random.Random(seed)
    drawn = [
        item
        for key, count in _quotas({key: len(items) for key, items in strata.items()}, size).items()
        for item in rng.sample(strata[key], count)
    ]
    rng.shuffle(drawn)
    return drawn[:size]


def gold_labels(task: str) -> dict[str, str]:
    """The gold label of every item of a task, in every split, by id."""
    reviewable(task)
    from fairweather.data.store import open_store

    labels: dict[str, str] = {}
    for split in open_store().all_splits():
        labels |= {item.id: str(item.label) for item in read_gold(task, split).items}
    return labels


def agreement_by_person(gold: Mapping[str, str], judgements: Sequence[Judgement]) -> list[PersonAgreement]:
    """Each person's agreement with the gold labels, by name.

    >>> found = agreement_by_person({"a": "x", "b": "y"}, [Judgement("Ada", "a", "x"), Judgement("Ada", "b", "x")])
    >>> found[0].agreement, found[0].differs
    (0.5, ('b',))
    """
    by_person: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        by_person[judgement.person].append(judgement)
    return [_agreement(person, gold, said) for person, said in sorted(by_person.items())]


def _agreement(person: str, gold: Mapping[str, str], said: Sequence[Judgement]) -> PersonAgreement:
    pairs = [(gold[judgement.item], judgement.label) for judgement in said]
    return PersonAgreement(
        person,
        len(pairs),
        sum(left == right for left, right in pairs) / len(pairs),
        _kappa(pairs),
        dict(Counter(pair for pair in pairs if pair[0] != pair[1])),
        tuple(judgement.item for judgement, (left, right) in zip(said, pairs, strict=True) if left != right),
    )


def _kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa by scikit-learn; None where it is not defined, both having said one and the same thing always."""
    from sklearn.metrics import cohen_kappa_score

    if len({label for pair in pairs for label in pair}) < 2:
        return None
    return float(cohen_kappa_score([left for left, _ in pairs], [right for _, right in pairs]))
