"""The article model: one reviewable JSON file an article, with its units, passages and label layers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any

from fairweather.errors import FairweatherError
from fairweather.files import canonical_json, read_json, write_text

ARTICLE_LEVEL = "article"


@dataclass(frozen=True)
class Unit:
    """A sentence, heading or piece of furniture.

    Where the text ships, `start` and `end` are code points into it. Where it does not, `words` counts the unit's
    canonical words and `sha256` is the hash over them (see `fairweather.corpus.canonical`).
    """

    id: str
    kind: str
    paragraph: int
    start: int | None = None
    end: int | None = None
    words: int | None = None
    sha256: str | None = None


@dataclass(frozen=True)
class Passage:
    """What a stance item shows: sentence ids in order, and the id of the heading they stand under, if any."""

    id: str
    units: tuple[str, ...]
    heading: str | None = None


@dataclass(frozen=True)
class ClaimVote:
    """One annotator's reading of one sentence."""

    label: str
    kinds: tuple[str, ...] = ()
    check_worthy: bool | None = None
    voice: str | None = None


@dataclass(frozen=True)
class Claim:
    """The adjudicated claim label of a sentence, beside the raw votes."""

    label: str
    kinds: tuple[str, ...]
    check_worthy: bool | None
    voice: str | None
    votes: dict[str, ClaimVote]
    note: str | None = None


@dataclass(frozen=True)
class StanceVote:
    """One annotator's reading of one stance item."""

    label: str
    none_kind: str | None = None


@dataclass(frozen=True)
class StanceItem:
    """The adjudicated stance of a holder towards a target in a passage (or in the whole article).

    `listed_by` names the annotators who listed the item in the first round; it is empty for the sampled ones.
    """

    id: str
    passage: str
    holder: str
    target: str
    label: str
    none_kind: str | None
    votes: dict[str, StanceVote]
    listed_by: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True)
class KeyPoint:
    """One fact or argued point, with the sentences that support it."""

    id: str
    text: str
    role: str
    support: tuple[str, ...]


@dataclass(frozen=True)
class Summary:
    """Two blind references of each length, and the key points."""

    abstracts: tuple[str, ...]
    tldrs: tuple[str, ...]
    key_points: tuple[KeyPoint, ...]


@dataclass(frozen=True)
class Article:
    """One article with all its layers.

    `text` is None for stand-off sources, and so is the `canary` that shipped texts carry. `commission` is what an open
    article was asked to be; it is kept for reviewers and never shown in a task.
    """

    id: str
    source: str
    split: str
    title: str
    genre: str
    outlet: str
    region: str
    episode: str
    url: tuple[str, ...]
    license: str
    text: str | None
    commission: dict[str, Any] | None
    units: tuple[Unit, ...]
    passages: tuple[Passage, ...]
    claims: dict[str, Claim] = field(default_factory=dict)
    stance: tuple[StanceItem, ...] = ()
    summary: Summary | None = None
    canary: str | None = None

    def unit(self, unit_id: str) -> Unit:
        """The unit of that id; raises KeyError when there is none."""
        for unit in self.units:
            if unit.id == unit_id:
                return unit
        raise KeyError(unit_id)

    def text_of(self, unit: Unit) -> str:
        """The text of one of its units; raises FairweatherError where the article's text is not here."""
        if self.text is None:
            raise FairweatherError(f"{self.id}: its text is not here", remedy="hydrate it first")
        return self.text[unit.start : unit.end]

    def sentences(self) -> Iterator[Unit]:
        """The labelled units, in order."""
        return (unit for unit in self.units if unit.kind == "sentence")

    def passage_of(self) -> dict[str, str]:
        """Sentence id to passage id."""
        return {unit: passage.id for passage in self.passages for unit in passage.units}


def after_gaps(units: Iterable[Unit]) -> set[str]:
    """Ids of the units before which text was left out: their paragraph number skips at least one.

    >>> after_gaps([Unit("s001", "sentence", 0), Unit("s002", "sentence", 1), Unit("s003", "sentence", 3)])
    {'s003'}
    """
    found, last = set(), -1
    for unit in units:
        if last >= 0 and unit.paragraph > last + 1:
            found.add(unit.id)
        last = unit.paragraph
    return found


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {
            entry.name: _plain(getattr(value, entry.name))
            for entry in fields(value)
            if getattr(value, entry.name) is not None or entry.name in _NULL_SHOWN
        }
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value


# Fields where an absent value says something (no kind of none, no voice), so that null is written out.
_NULL_SHOWN = {"none_kind", "check_worthy", "voice", "heading"}


def to_dict(article: Article) -> dict[str, Any]:
    """The article as plain JSON values, keys in the order of the schema."""
    plain: dict[str, Any] = _plain(article)
    return plain


def _claim(raw: Mapping[str, Any]) -> Claim:
    votes = {
        who: ClaimVote(v["label"], tuple(v["kinds"]), v["check_worthy"], v["voice"]) for who, v in raw["votes"].items()
    }
    return Claim(raw["label"], tuple(raw["kinds"]), raw["check_worthy"], raw["voice"], votes, raw.get("note"))


def _stance(raw: Mapping[str, Any]) -> StanceItem:
    votes = {who: StanceVote(v["label"], v["none_kind"]) for who, v in raw["votes"].items()}
    return StanceItem(**{**raw, "votes": votes, "listed_by": tuple(raw["listed_by"])})


def _summary(raw: Mapping[str, Any]) -> Summary:
    points = tuple(KeyPoint(**{**point, "support": tuple(point["support"])}) for point in raw["key_points"])
    return Summary(tuple(raw["abstracts"]), tuple(raw["tldrs"]), points)


def from_dict(raw: Mapping[str, Any]) -> Article:
    """The article from plain JSON values that satisfy `schemas/article.schema.json`."""
    return Article(
        **{
            "text": None,
            "commission": None,
            **raw,
            "url": tuple(raw["url"]),
            "units": tuple(Unit(**unit) for unit in raw["units"]),
            "passages": tuple(Passage(**{**p, "units": tuple(p["units"])}) for p in raw["passages"]),
            "claims": {unit: _claim(claim) for unit, claim in raw["claims"].items()},
            "stance": tuple(_stance(item) for item in raw["stance"]),
            "summary": _summary(raw["summary"]) if raw.get("summary") else None,
        }
    )


def read_article(path: Path) -> Article:
    """Read one corpus file; `fairweather.corpus.validate` checks it, here only its shape must fit.

    Raises FairweatherError for a file that is no article.
    """
    raw = read_json(path)
    try:
        return from_dict(raw)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise FairweatherError(f"{path}: not an article ({error!r})", remedy="give a corpus file or a draft") from error


def write_article(article: Article, path: Path) -> None:
    """Write one corpus file in canonical form, atomically."""
    write_text(path, canonical_json(to_dict(article)))
