"""From raw votes to one label an item: unanimous items settle themselves, the rest go to an adjudicator.

A label on which the annotators differ is never settled by counting: an adjudicator rules and says why. The lesser
fields (kinds, check-worthiness, voice, kind of none) take the majority where the label is unanimous, and go to the
adjudicator where there is none.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from fairweather.corpus.article import ARTICLE_LEVEL, Article, Claim, ClaimVote, StanceVote
from fairweather.corpus.reference import get_targets
from fairweather.corpus.sheets import COLUMNS, NOTE, VoteRow, read_votes
from fairweather.errors import FairweatherError, ProblemsError
from fairweather.tasks import get_task

T = TypeVar("T", bound=Hashable)
Vote = TypeVar("Vote")


@dataclass(frozen=True)
class Ruling(Generic[Vote]):
    """An adjudicator's decision on one disputed item, with the reason."""

    vote: Vote
    note: str


def majority(values: Iterable[T]) -> T | None:
    """The value that more than half of the votes share, or None.

    >>> majority(["event", "event", "state"]), majority(["event", "state", "rule"])
    ('event', None)
    """
    counted = Counter(values)
    value, count = counted.most_common(1)[0]
    return value if 2 * count > counted.total() else None


def settle_claim(votes: Mapping[str, ClaimVote]) -> ClaimVote | None:
    """The reading the votes share, or None when an adjudicator must rule.

    >>> a = ClaimVote("claim", ("event",), True, "author")
    >>> b = ClaimVote("claim", ("event", "quantity"), False, "author")
    >>> settle_claim({"a01": a, "a02": b, "a03": a})
    ClaimVote(label='claim', kinds=('event',), check_worthy=True, voice='author')
    >>> settle_claim({"a01": a, "a02": ClaimVote("no_claim"), "a03": a}) is None
    True
    """
    labels = {vote.label for vote in votes.values()}
    if len(labels) > 1:
        return None
    label = labels.pop()
    if label != get_task("claims").positive:
        return ClaimVote(label)
    main = majority(vote.kinds[0] for vote in votes.values())
    voice = majority(vote.voice for vote in votes.values())
    worthy = majority(vote.check_worthy for vote in votes.values())
    if main is None or voice is None or worthy is None:
        return None
    shared = Counter(kind for vote in votes.values() for kind in vote.kinds)
    others = [
        kind for kind in get_task("claims").vocabularies["kind"] if 2 * shared[kind] > len(votes) and kind != main
    ]
    return ClaimVote(label, (main, *others), worthy, voice)


def settle_stance(votes: Mapping[str, StanceVote]) -> StanceVote | None:
    """The reading the votes share, or None when an adjudicator must rule.

    >>> settle_stance({"a01": StanceVote("none", "mixed"), "a02": StanceVote("none", "mixed"),
    ...                "a03": StanceVote("none", "discusses")})
    StanceVote(label='none', none_kind='mixed')
    """
    labels = {vote.label for vote in votes.values()}
    if len(labels) > 1:
        return None
    label = labels.pop()
    if label != "none":
        return StanceVote(label)
    kind = majority(vote.none_kind for vote in votes.values())
    return None if kind is None else StanceVote(label, kind)


def apply_claim_votes(
    article: Article, votes: Mapping[str, Mapping[str, ClaimVote]], rulings: Mapping[str, Ruling[ClaimVote]]
) -> tuple[Article, list[str]]:
    """Write claim labels into an article; also the ids of the sentences that still need a ruling.

    `votes` maps sentence id to annotator to vote; `rulings` maps sentence id to the adjudicator's ruling.
    """
    claims, open_items = {}, []
    for unit in article.sentences():
        cast = dict(votes[unit.id])
        ruling = rulings.get(unit.id)
        settled = ruling.vote if ruling else settle_claim(cast)
        if settled is None:
            open_items.append(unit.id)
            continue
        claims[unit.id] = Claim(
            settled.label,
            settled.kinds,
            settled.check_worthy,
            settled.voice,
            cast,
            ruling.note if ruling else None,
        )
    return replace(article, claims=claims), open_items


def apply_stance_votes(
    article: Article, votes: Mapping[str, Mapping[str, StanceVote]], rulings: Mapping[str, Ruling[StanceVote]]
) -> tuple[Article, list[str]]:
    """Write stance labels onto an article's items; also the ids of the items that still need a ruling."""
    items, open_items = [], []
    for item in article.stance:
        cast = dict(votes[item.id])
        ruling = rulings.get(item.id)
        settled = ruling.vote if ruling else settle_stance(cast)
        if settled is None:
            open_items.append(item.id)
            items.append(replace(item, votes=cast))
            continue
        items.append(
            replace(
                item,
                label=settled.label,
                none_kind=settled.none_kind,
                votes=cast,
                note=ruling.note if ruling else None,
            )
        )
    return replace(article, stance=tuple(items)), open_items


def _claim_problem(values: Mapping[str, str]) -> str | None:
    task = get_task("claims")
    if values["label"] not in task.labels:
        return f"unknown label {values['label']!r} (valid: {', '.join(task.labels)})"
    filled = values["kinds"] not in ("-", "")
    if filled != (values["label"] == task.positive):
        return "kinds go with a claim, and only with a claim"
    wrong = [kind for kind in values["kinds"].split() if filled and kind not in task.vocabularies["kind"]]
    if wrong:
        return f"unknown kind {wrong[0]!r} (valid: {', '.join(task.vocabularies['kind'])})"
    if filled and len(set(values["kinds"].split())) < len(values["kinds"].split()):
        return "a kind is given twice"
    if filled and values["check_worthy"] not in ("yes", "no"):
        return "check_worthy must be yes or no"
    if filled and values["voice"] in ("", "-"):
        return "a claim needs a voice"
    return None


def _stance_problem(values: Mapping[str, str]) -> str | None:
    task = get_task("stance")
    if values["label"] not in task.labels:
        return f"unknown label {values['label']!r} (valid: {', '.join(task.labels)})"
    kinds = task.vocabularies["none_kind"]
    if values["label"] == "none" and values["none_kind"] not in kinds:
        return f"none needs a none_kind (valid: {', '.join(kinds)})"
    if values["label"] != "none" and values["none_kind"] != "-":
        return "none_kind goes with none only; else '-'"
    return None


def claim_vote(values: Mapping[str, str]) -> ClaimVote:
    """One row of a claims sheet as a vote."""
    if values["label"] != get_task("claims").positive:
        return ClaimVote(values["label"])
    return ClaimVote(values["label"], tuple(values["kinds"].split()), values["check_worthy"] == "yes", values["voice"])


def stance_vote(values: Mapping[str, str]) -> StanceVote:
    """One row of a stance sheet as a vote."""
    return StanceVote(values["label"], values["none_kind"] if values["label"] == "none" else None)


_PROBLEM = {"claims": _claim_problem, "stance-label": _stance_problem}


def read_rulings(path: Path, layer: str, expected: Mapping[str, Sequence[str]]) -> list[VoteRow]:
    """Read an adjudicator's file: a votes file with a last column, the note. Not every item needs a ruling."""
    rows = read_votes(path, layer, with_note=True)
    problems = _row_problems(rows, layer, expected)
    problems += [f"line {row.line}: a ruling needs a note" for row in rows if not row.values[NOTE]]
    if problems:
        raise ProblemsError(str(path), problems, remedy="mend the lines and collect again")
    return rows


def read_list(path: Path, article: Article) -> list[VoteRow]:
    """Read one annotator's list of stance items for an article; unknown passages and targets are problems."""
    rows = [row for row in read_votes(path, "stance-list") if row.values["article"] == article.id]
    if not rows:
        remedy = "give the annotator's list of this article"
        raise FairweatherError(f"{path}: lists nothing for {article.id}", remedy=remedy)
    places = {passage.id for passage in article.passages} | {ARTICLE_LEVEL}
    problems = [
        f"line {row.line}: no {kind} {row.values[kind]!r}"
        for row in rows
        for kind, known in (("passage", places), ("target", set(get_targets())))
        if row.values[kind] not in known
    ]
    if problems:
        raise ProblemsError(str(path), problems, remedy="mend the lines and list again")
    return rows


def _row_problems(rows: Sequence[VoteRow], layer: str, expected: Mapping[str, Sequence[str]]) -> list[str]:
    problems, seen, key = [], set(), COLUMNS[layer][1]
    for row in rows:
        where = (row.values["article"], row.values[key])
        if where[1] not in expected.get(where[0], ()):
            problems.append(f"line {row.line}: no {key} {where[1]!r} in article {where[0]!r}")
        elif where in seen:
            problems.append(f"line {row.line}: {where[0]} {where[1]} a second time")
        elif (problem := _PROBLEM[layer](row.values)) is not None:
            problems.append(f"line {row.line}: {problem}")
        seen.add(where)
    return problems


def read_checked_votes(path: Path, layer: str, expected: Mapping[str, Sequence[str]]) -> list[VoteRow]:
    """Read a votes file and check it against what was asked: every item once, every value valid.

    `expected` maps article id to the item ids asked for; rows of other articles are problems.
    Raises ProblemsError with every problem and its line.
    """
    rows = read_votes(path, layer)
    problems = _row_problems(rows, layer, expected)
    key = COLUMNS[layer][1]
    seen = {(row.values["article"], row.values[key]) for row in rows}
    problems += [
        f"no vote on {article} {item}"
        for article, items in expected.items()
        for item in items
        if (article, item) not in seen
    ]
    if problems:
        raise ProblemsError(str(path), problems, remedy="mend the lines and collect again")
    return rows
