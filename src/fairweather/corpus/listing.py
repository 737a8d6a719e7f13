"""From what annotators listed to the items everybody labels: the union, and two sampled items an article."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from fairweather.corpus.article import ARTICLE_LEVEL, Article, StanceItem
from fairweather.corpus.reference import TRAINING_SPLITS, Target

SEED = 1
# How many holders who take no side may be asked after for one passage and target (codebook, "Which items", 3).
BYSTANDERS = 1


def merge_lists(article: Article, lists: Mapping[str, Sequence[tuple[str, str, str]]]) -> Article:
    """The union of what the listers listed, as unlabelled items in passage, target, holder order.

    `lists` maps annotator to (passage, holder, target). Article-level items come last.
    """
    listed: dict[tuple[str, str, str], list[str]] = {}
    for annotator, entries in lists.items():
        for passage, holder, target in entries:
            who = listed.setdefault((passage, target, holder), [])
            if annotator not in who:
                who.append(annotator)
    items = [
        StanceItem("", passage, holder, target, "", None, {}, tuple(sorted(who)))
        for (passage, target, holder), who in listed.items()
    ]
    return replace(article, stance=_numbered(article, items))


def _numbered(article: Article, items: Iterable[StanceItem]) -> tuple[StanceItem, ...]:
    """Items in passage, target and holder order with fresh ids, so that an id says nothing of where it came from."""
    order = {passage.id: rank for rank, passage in enumerate(article.passages)}
    ordered = sorted(items, key=lambda i: (order.get(i.passage, len(order)), i.target, i.holder != "author", i.holder))
    return tuple(replace(item, id=f"t{number:03d}") for number, item in enumerate(ordered, 1))


def add_sampled(article: Article, targets: Mapping[str, Target]) -> Article:
    """Two more items, seeded by the article's id, on targets that nobody listed anywhere in it.

    One asks after the author, one after a holder named in the passage, so that a target's name alone gives nothing
    away. What their label is, the annotators decide like any other.
    """
    listed = {item.target for item in article.stance}
    allowed = [
        t.id for t in targets.values() if t.id not in listed and (t.seen or article.split not in TRAINING_SPLITS)
    ]
    named = [item for item in article.stance if item.holder != "author" and item.passage != ARTICLE_LEVEL]
    rng = random.Random(f"{SEED}:{article.id}")
    drawn = [(rng.choice(article.passages).id, "author")]
    if named:
        other = rng.choice(named)
        drawn.append((other.passage, other.holder))
    chosen = rng.sample(sorted(allowed), len(drawn))
    sampled = [
        StanceItem("", passage, holder, target, "", None, {})
        for (passage, holder), target in zip(drawn, chosen, strict=True)
    ]
    return replace(article, stance=_numbered(article, [*article.stance, *sampled]))


def limit_bystanders(article: Article) -> Article:
    """Keep at most one listed holder without a side for each passage and target, the one most annotators listed.

    Each annotator lists up to one, so their union may hold more. Run it once the labels are adjudicated. Ids stay, so
    that the annotators' files still match.
    """
    groups: dict[tuple[str, str], list[StanceItem]] = {}
    for item in article.stance:
        if item.label == "none" and item.holder != "author" and item.listed_by:
            groups.setdefault((item.passage, item.target), []).append(item)
    surplus = {
        item.id
        for members in groups.values()
        for item in sorted(members, key=lambda item: (-len(item.listed_by), item.holder))[BYSTANDERS:]
    }
    return replace(article, stance=tuple(item for item in article.stance if item.id not in surplus))
