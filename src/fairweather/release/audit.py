"""The audit: every property a sceptical reader would ask of the data, measured, beside the limit it must keep.

The limits are written down here and nowhere else; `scripts/audit_dataset.py` fails when one that must hold is broken.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fairweather.corpus.agreement import Agreement, measure_agreement
from fairweather.corpus.article import Article, StanceItem
from fairweather.corpus.reference import TRAINING_SPLITS, get_targets
from fairweather.release.bias import leans
from fairweather.release.leakage import episode_leaks, near_duplicates, overlap_across_splits
from fairweather.release.manifest import passage_labels
from fairweather.release.variety import article_words, common_openings, repeated_sentences, shared_run_share
from fairweather.tasks import get_task

# Below these, label again rather than publish.
ALPHA_LIMITS = {"claims: label": 0.80, "stance, passage: label": 0.75, "stance, article: label": 0.75}


@dataclass(frozen=True)
class Check:
    """One property: what was measured, what it should be, whether it is, and the worst cases.

    `must` marks a property that a release may not lack; the others are aims of a corpus that still grows, shown with
    how far it has come.
    """

    name: str
    measured: str
    wanted: str
    holds: bool
    must: bool = True
    worst: tuple[str, ...] = ()


def _at_most(name: str, value: float, limit: float, digits: int = 3, **more: object) -> Check:
    return Check(name, f"{value:.{digits}f}", f"at most {limit:g}", value <= limit, **more)  # type: ignore[arg-type]


def none(name: str, found: Sequence[str]) -> Check:
    """A property that holds when nothing was found; what was found is shown."""
    return Check(name, str(len(found)), "none", not found, worst=tuple(found[:10]))


def _at_least(name: str, value: float, limit: float, must: bool = True) -> Check:
    return Check(name, f"{value:,g}", f"at least {limit:,g}", value >= limit, must)


def leakage(articles: Sequence[Article]) -> list[Check]:
    """Nothing of the test articles may stand in training."""
    texts = {article.id: article_words(article) for article in articles}
    close = [f"{pair.left}, {pair.right}: {pair.share:.2f}" for pair in near_duplicates(texts)]
    return [
        none("near-duplicate articles (Jaccard of 5-word shingles 0.2 or more)", close),
        none("8-word runs in two splits", overlap_across_splits(articles)),
        none("episodes in two splits", episode_leaks(articles)),
        none("sentences that occur twice", repeated_sentences(articles)),
        none("items on zero-shot targets in training", _leaked_targets(articles)),
    ]


def _leaked_targets(articles: Iterable[Article]) -> list[str]:
    targets = get_targets()
    return [
        f"{article.id}/{item.id}: {item.target}"
        for article in articles
        if article.split in TRAINING_SPLITS
        for item in article.stance
        if not targets[item.target].seen
    ]


def variety(articles: Sequence[Article]) -> list[Check]:
    """No piece a rewrite of another, no turn of phrase worn out."""
    texts = {article.id: article_words(article) for article in articles}
    openings = common_openings(articles)
    return [
        _at_most("share of 5-word runs in two or more articles", shared_run_share(texts, 5), 0.010, 5),
        _at_most("share of 8-word runs in two or more articles", shared_run_share(texts, 8), 0.001, 5),
        Check(
            "articles that open with the same three words",
            str(openings[0][1]),
            "at most 3",
            openings[0][1] <= 3,
            worst=tuple(f"{opening}: {count}" for opening, count in openings[:3] if count > 1),
        ),
    ]


def stance_balance(articles: Sequence[Article]) -> list[Check]:
    """No label, kind or target that can be guessed because it is nearly all there is."""
    items = [item for article in articles for item in article.stance]
    nones = [item.none_kind for item in items if item.label == "none"]
    share = len(nones) / len(items)
    kinds = Counter(nones)
    shared = passage_labels(articles)
    mixed, bearing = sum(len(labels) > 1 for labels in shared.values()), len(shared)
    return [
        Check("share of none", f"{share:.3f}", "0.25 to 0.45", 0.25 <= share <= 0.45),
        *(
            Check(
                f"share of {kind} among none",
                f"{kinds[kind] / len(nones):.3f}",
                "at least 0.05",
                kinds[kind] >= 0.05 * len(nones),
                must=False,
            )
            for kind in get_task("stance").vocabularies["none_kind"]
        ),
        Check(
            "passages whose items have different labels",
            f"{mixed / bearing:.3f}",
            "at least 0.30",
            mixed >= 0.30 * bearing,
        ),
        *_target_checks(articles),
    ]


def _target_checks(articles: Sequence[Article]) -> Iterable[Check]:
    for target in get_targets().values():
        own = [a for a in articles if target.seen or a.split == "test"]
        items = [(article.id, item) for article in own for item in article.stance if item.target == target.id]
        enough = 40 if target.seen else 12
        short = [side for side in ("favor", "against") if not _enough(items, side, enough, 12 if target.seen else 0)]
        counts = [
            f"{side} {sum(item.label == side for _, item in items)} in "
            f"{len({name for name, item in items if item.label == side})}"
            for side in ("favor", "against")
        ]
        wanted = f"{enough} and {enough}" + (", in 12 articles each" if target.seen else ", in test")
        yield Check(f"{target.id}: items and articles", "; ".join(counts), wanted, not short, must=False)


def _enough(items: Sequence[tuple[str, StanceItem]], side: str, count: int, articles: int) -> bool:
    found = [name for name, item in items if item.label == side]
    return len(found) >= count and len(set(found)) >= articles


def size(articles: Sequence[Article]) -> list[Check]:
    """How far the corpus has come."""
    splits = Counter(article.split for article in articles)
    genres = Counter(article.genre for article in articles)
    wanted = {"train": 160, "validation": 32, "test": 48}
    return [
        *(_at_least(f"articles in {split}", splits[split], count, False) for split, count in wanted.items()),
        _at_least("episodes", len({article.episode for article in articles}), 60, False),
        _at_least("genres of 12 or more articles", sum(count >= 12 for count in genres.values()), 10, False),
        _at_least("regions", len({article.region for article in articles}), 15, False),
        _at_least("claim items", sum(len(article.claims) for article in articles), 7500, False),
        _at_least("stance items", sum(len(article.stance) for article in articles), 3500, False),
    ]


def annotation(articles: Sequence[Article]) -> list[Check]:
    """Annotators agree, and none of them leans."""
    checks = []
    for split in dict.fromkeys(article.split for article in articles):
        members = [article for article in articles if article.split == split]
        for layer, limit in ALPHA_LIMITS.items():
            agreement = measure_agreement(layer, members)
            if agreement is not None and agreement.alpha is not None:
                checks.append(_alpha(f"{layer}, {split}", agreement, limit))
    labels = {layer: get_task(layer).labels for layer in ("claims", "stance")}
    worst = next((lean for lean in leans(articles, labels) if lean.items >= 100), None)
    if worst is not None:
        name = f"largest lean of an annotator ({worst.annotator}, {worst.label}, {worst.items} items)"
        checks.append(_at_most(name, abs(worst.lean), 0.10))
    return checks


def _alpha(name: str, measured: Agreement, limit: float) -> Check:
    alpha = measured.alpha or 0.0
    interval = "" if measured.low is None else f" [{measured.low:.3f}, {measured.high:.3f}]"
    return Check(f"Krippendorff's alpha, {name}", f"{alpha:.3f}{interval}", f"at least {limit}", alpha >= limit)


# Macro-F1 that a system denied the text may reach on test: more would mean that labels follow from something else.
ARTEFACT_LIMITS = {("stance", "holder_target_only"): 0.40, ("claims", "length_only"): 0.65}


def artefacts(macro_f1: Mapping[tuple[str, str], float]) -> list[Check]:
    """Systems that are denied the text should fail; `macro_f1` gives their score on test by task and baseline."""
    return [
        _at_most(f"{task}, {system}: macro-F1 on test", macro_f1[task, system], limit, must=False)
        for (task, system), limit in ARTEFACT_LIMITS.items()
    ]


SECTIONS: dict[str, Callable[[Sequence[Article]], list[Check]]] = {
    "Size": size,
    "Leakage": leakage,
    "Variety": variety,
    "Balance": stance_balance,
    "Annotation": annotation,
}
