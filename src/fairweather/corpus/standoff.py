"""Stand-off units: naming sentences by a hash of their words, and finding them again in any copy of the text."""

import hashlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain

from fairweather.corpus.article import ARTICLE_LEVEL, Article, Unit
from fairweather.corpus.canonical import Word, canonical_words, words_sha256, words_with_spans
from fairweather.errors import FairweatherError

# An article counts as found when this share of its units is.
FOUND_SHARE = 0.6
# Furniture differs from copy to copy, so a unit is something a copy must hold only if it is one of these.
LOCATED_KINDS = ("sentence", "heading")


def detach(article: Article) -> Article:
    """The stand-off form of an article: its text gone, each unit named by the hash of its canonical words."""
    if article.text is None:
        return article
    text = article.text
    units = []
    for unit in article.units:
        words = canonical_words(text[unit.start : unit.end])
        units.append(Unit(unit.id, unit.kind, unit.paragraph, words=len(words), sha256=words_sha256(words)))
    return replace(article, text=None, units=tuple(units))


@dataclass(frozen=True)
class Location:
    """Where the units of one article lie in one copy.

    `spans` gives code points in the copy. `missing` are units whose words the copy does not hold; `displaced` are
    units whose words it holds, but not in the article's order: both are left out, and both are reported.
    """

    spans: dict[str, tuple[int, int]]
    missing: tuple[str, ...]
    displaced: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many units the article asks for."""
        return len(self.spans) + len(self.missing) + len(self.displaced)

    @property
    def coverage(self) -> float:
        """Share of the units that were found in order, 0 to 1."""
        return len(self.spans) / self.total if self.total else 0.0

    @property
    def found(self) -> bool:
        """Whether the copy counts as holding the article."""
        return self.coverage >= FOUND_SHARE


@dataclass(frozen=True)
class _Candidate:
    start: int
    end: int
    rank: int


class Copy:
    """One copy of some text, indexed so that units of many articles can be looked up in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[Word] = words_with_spans(text)
        encoded = [word.text.encode("utf-8") for word in self.words]
        self._joined = memoryview(b" ".join(encoded))
        # Where each word begins among the joined words; the last entry is where a further word would.
        self._offsets = [0, *accumulate(len(word) + 1 for word in encoded)]

    def _starts(self, wanted: Mapping[int, set[str]]) -> dict[tuple[int, str], list[int]]:
        """Where windows of the wanted lengths have the wanted hashes: (length, hash) to word numbers."""
        found: dict[tuple[int, str], list[int]] = defaultdict(list)
        for length, hashes in wanted.items():
            for start in range(len(self.words) - length + 1):
                # The joined words are hashed in place: a large text has millions of windows.
                window = self._joined[self._offsets[start] : self._offsets[start + length] - 1]
                digest = hashlib.sha256(window).hexdigest()
                if digest in hashes:
                    found[length, digest].append(start)
        return found

    def locate(self, units: Iterable[Unit]) -> Location:
        """Find units by hashing word windows of their length; keep the heaviest chain that is in order.

        No unit is ever placed on words that do not hash to it.

        >>> from fairweather.corpus.canonical import canonical_words, words_sha256
        >>> def unit(name, text):
        ...     words = canonical_words(text)
        ...     return Unit(name, "sentence", 0, words=len(words), sha256=words_sha256(words))
        >>> copy = Copy("Menu. The base\\nstayed ‘open’. Advert! Nobody asked.")
        >>> location = copy.locate([unit("s1", "The base stayed open."), unit("s2", "Somebody asked.")])
        >>> copy.text[slice(*location.spans["s1"])], location.missing
        ('The base\\nstayed ‘open’.', ('s2',))
        """
        return self.locate_each([units])[0]

    def locate_each(self, articles: Sequence[Iterable[Unit]]) -> list[Location]:
        """`locate` for the units of many articles in one pass over the copy."""
        wanted = [[unit for unit in units if unit.kind in LOCATED_KINDS and unit.words] for units in articles]
        by_length: dict[int, set[str]] = defaultdict(set)
        for unit in chain.from_iterable(wanted):
            by_length[unit.words or 0].add(unit.sha256 or "")
        starts = self._starts(by_length)
        return [self._place(units, starts) for units in wanted]

    def _place(self, wanted: Sequence[Unit], starts: Mapping[tuple[int, str], list[int]]) -> Location:
        candidates = [
            _Candidate(start, start + (unit.words or 0), rank)
            for rank, unit in enumerate(wanted)
            for start in starts.get((unit.words or 0, unit.sha256 or ""), ())
        ]
        placed = _heaviest_chain(candidates, len(wanted))
        spans = {wanted[hit.rank].id: self._span(hit) for hit in placed}
        present = {wanted[hit.rank].id for hit in candidates}
        return Location(
            spans,
            tuple(unit.id for unit in wanted if unit.id not in present),
            tuple(unit.id for unit in wanted if unit.id in present and unit.id not in spans),
        )

    def _span(self, hit: _Candidate) -> tuple[int, int]:
        """Code points of a hit, with the punctuation that touches its words."""
        return self.words[hit.start].start, self.words[hit.end - 1].end


def _heaviest_chain(candidates: Sequence[_Candidate], ranks: int) -> list[_Candidate]:
    """The chain of candidates, increasing in rank and not overlapping, that covers the most words.

    A sweep over the text with a prefix-maximum tree over ranks: O(m log r) for m candidates and r units. Among
    equal chains the later start wins, since what a page repeats before its article is a menu.
    """
    tree: list[tuple[int, int]] = [(0, -1)] * (ranks + 1)

    def best_below(rank: int) -> tuple[int, int]:
        best = (0, -1)
        while rank > 0:
            best = max(best, tree[rank])
            rank -= rank & -rank
        return best

    def offer(rank: int, value: tuple[int, int]) -> None:
        rank += 1
        while rank <= ranks:
            tree[rank] = max(tree[rank], value)
            rank += rank & -rank

    order = sorted(candidates, key=lambda hit: (hit.start, hit.rank))
    ending = sorted(range(len(order)), key=lambda index: order[index].end)
    ends = [order[index].end for index in ending]
    weight, before = [0] * len(order), [-1] * len(order)
    settled = 0
    for index, hit in enumerate(order):
        # Candidates that end where this one starts, or earlier, may stand before it.
        ready = bisect_left(ends, hit.start + 1)
        for done in ending[settled:ready]:
            offer(order[done].rank, (weight[done], done))
        settled = max(settled, ready)
        total, before[index] = best_below(hit.rank)
        weight[index] = total + hit.end - hit.start
    best: list[_Candidate] = []
    at = max(range(len(order)), key=lambda index: (weight[index], index), default=-1)
    while at >= 0:
        best.append(order[at])
        at = before[at]
    return best[::-1]


def attach(article: Article, texts: Mapping[str, str]) -> Article:
    """The reverse of `detach`: a readable article made of the unit texts that are there.

    Every text is checked against its unit's hash. Left out are: sentences without a text, with their claims; the
    stance items of a passage that lacks a sentence or its heading; and, when any sentence is missing, what speaks of
    the whole article (article-level stance and the summary).

    Raises FairweatherError when a text is not the words that were labelled.
    """
    wrong = [
        unit.id
        for unit in article.units
        if unit.id in texts and words_sha256(canonical_words(texts[unit.id])) != unit.sha256
    ]
    if wrong:
        raise FairweatherError(
            f"{article.id}: the hydrated text of {', '.join(wrong[:5])} is not what was labelled",
            remedy="run `fairweather hydrate` on the article again",
        )
    text, units = _rebuild(article, texts)
    there = {unit.id for unit in units if unit.kind == "sentence"}
    passages = tuple(
        passage
        for passage in article.passages
        if there.issuperset(passage.units) and (passage.heading is None or passage.heading in texts)
    )
    whole = all(unit.id in there for unit in article.sentences())
    readable = {passage.id for passage in passages} | ({ARTICLE_LEVEL} if whole else set())
    return replace(
        article,
        text=text,
        units=units,
        passages=passages,
        claims={unit: claim for unit, claim in article.claims.items() if unit in there},
        stance=tuple(item for item in article.stance if item.passage in readable),
        summary=article.summary if whole else None,
    )


def _rebuild(article: Article, texts: Mapping[str, str]) -> tuple[str, tuple[Unit, ...]]:
    """Running text from unit texts: an empty line between paragraphs, a space between their sentences."""
    text, units, last = "", [], None
    for unit in article.units:
        if unit.id in texts:
            piece = " ".join(texts[unit.id].split())
            if text:
                text += " " if unit.paragraph == last else "\n\n"
            units.append(replace(unit, start=len(text), end=len(text) + len(piece)))
            text, last = text + piece, unit.paragraph
    return text, tuple(units)
