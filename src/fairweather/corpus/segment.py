"""From text to units and passages.

Sentence boundaries come from `sentencex` once, and are then frozen in the corpus file: a later version of the
library changes nothing that is already there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fairweather.corpus.article import Passage, Unit, after_gaps
from fairweather.corpus.canonical import canonical_words
from fairweather.errors import FairweatherError

# The codebook's "about 120 words" for a passage of one-liners, and what counts as a one-liner.
PASSAGE_WORDS = 120
ONE_LINER_WORDS = 40

# Pieces that are no sentence of their own: the number of a list entry belongs to what follows it, a bare signature or
# place in brackets to what it follows.
_LIST_NUMBER = re.compile(r"\d+\.")
_ASIDE = re.compile(r"\([^().]*(?:[A-Z]\.[^().]*)*\)(?<!\d\))")

# A bracketed letter or number that opens a paragraph: `sentencex` takes what follows it for one sentence.
_LETTERED = re.compile(r"\(\w{1,4}\)")

_QUOTES = '“”"'
_NO_ABBREVIATION = re.compile(r"(?:(?<=\bno\.)|(?<=\bme\.)|(?<=\bMay\.))\s+(?=[A-Z])")

# A line that is only this says that text was left out.
GAP = "[...]"

_KINDS = {"## ": "heading", "! ": "furniture", "- ": "bullet"}


@dataclass(frozen=True)
class Block:
    """One line of marked text: a paragraph, bullet, heading, line of furniture, or a gap."""

    kind: str
    text: str


@dataclass(frozen=True)
class MarkedText:
    """An article as a curator hands it in: the title and the body's blocks."""

    title: str
    blocks: tuple[Block, ...]


def parse_marked(text: str, where: str) -> MarkedText:
    """Read the curator's marking: `# ` title, `## ` heading, `! ` furniture, `- ` bullet, else a paragraph.

    In excerpts a line `[...]` stands where text was left out: nothing is joined across it. Which line is furniture or
    a heading is decided by the person who reads the piece, not guessed here.

    >>> marked = parse_marked("# On Bases\\n! 3 May\\nA first. A second.", "x.txt")
    >>> marked.title, [block.kind for block in marked.blocks]
    ('On Bases', ['furniture', 'paragraph'])
    """
    title, blocks = None, []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if line.startswith("# "):
            if title is not None:
                raise FairweatherError(f"{where}, line {number}: a second title", remedy="keep one '# ' line")
            title = line[2:].strip()
        elif line:
            blocks.append(_block(line))
    if title is None:
        raise FairweatherError(f"{where}: no title", remedy="start the file with a line '# Title'")
    if not any(block.kind in ("paragraph", "bullet") for block in blocks):
        raise FairweatherError(f"{where}: no body", remedy="add the piece's paragraphs, one a line")
    return MarkedText(title, tuple(blocks))


def _block(line: str) -> Block:
    if line == GAP:
        return Block("gap", "")
    for prefix, kind in _KINDS.items():
        if line.startswith(prefix):
            return Block(kind, line[len(prefix) :].strip())
    return Block("paragraph", line)


def _library_cuts(text: str) -> Iterator[int]:
    """Where `sentencex` ends its sentences, made to look inside quotations.

    It keeps a quotation whole however many sentences it has, so quotation marks are hidden from it, and so is a
    bracketed letter that opens a paragraph; and it takes the words "no", "me" and "May" for abbreviations, so a
    capital after their full stop is put right.
    """
    import sentencex

    hidden = "".join(" " if char in _QUOTES else char for char in text)
    if opener := _LETTERED.match(hidden):
        hidden = "_" * opener.end() + hidden[opener.end() :]
    at = 0
    for sentence in sentencex.segment("en", hidden):
        for missed in _NO_ABBREVIATION.finditer(sentence):
            yield at + missed.start()
        at += len(sentence)
        yield at


def _closing_marks(text: str, at: int) -> int:
    """The end of the sentence that ends at `at`, closing quotation marks included."""
    while at < len(text) and (text[at] in "”’" or (text[at] == '"' and text[:at].count('"') % 2)):
        at += 1
    return at


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Sentence spans of one paragraph in code points, white space between them left out.

    >>> text = "The U.S. left. “Did it? Yes.” Mr. Rubio stayed."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['The U.S. left.', '“Did it?', 'Yes.”', 'Mr. Rubio stayed.']
    >>> split_sentences("2. Pay early.")
    [(0, 13)]
    """
    spans: list[tuple[int, int]] = []
    at = 0
    for cut in _library_cuts(text):
        end = _closing_marks(text, max(at, len(text[:cut].rstrip(_QUOTES + " \t\n\u00a0"))))
        start = end - len(text[at:end].lstrip())
        if start < end:
            if spans and _belongs_to(text[slice(*spans[-1])], text[start:end]):
                start = spans.pop()[0]
            spans.append((start, end))
        at = end
    return spans


def _belongs_to(previous: str, piece: str) -> bool:
    """Whether a piece is no sentence of its own but part of the one before."""
    return bool(_LIST_NUMBER.fullmatch(previous) or _ASIDE.fullmatch(piece) or piece[0].islower())


def sentences(text: str) -> list[str]:
    """The sentences of a document, paragraph by paragraph; lines without an end mark (headings, bare bullets) are not.

    >>> sentences("A Heading\\n\\nOne came. Two left.")
    ['One came.', 'Two left.']
    """
    ends = (".", "!", "?", ".”", "?”", "!”", '."', '?"', '!"', ".)", ":")
    return [
        paragraph[start:end]
        for paragraph in text.splitlines()
        if paragraph.strip().endswith(ends)
        for start, end in split_sentences(paragraph)
    ]


def lay_out(marked: MarkedText) -> tuple[str, tuple[Unit, ...]]:
    """The body's text and its units.

    Paragraphs are parted by an empty line, consecutive bullets by a line end. Unit ids number each kind apart:
    `s001` sentences, `h01` headings, `f01` furniture.
    """
    text, units, previous = "", [], ""
    numbers = {"sentence": 0, "heading": 0, "furniture": 0}
    for paragraph, block in enumerate(marked.blocks):
        if block.kind == "gap":  # leaves its number unused, which is how a gap is told
            continue
        if text:
            text += "\n" if block.kind == previous == "bullet" else "\n\n"
        start = len(text)
        text += block.text
        previous = block.kind
        for kind, low, high in _pieces(block):
            numbers[kind] += 1
            width = 3 if kind == "sentence" else 2
            unit_id = f"{kind[0]}{numbers[kind]:0{width}d}"
            units.append(Unit(unit_id, kind, paragraph, start + low, start + high))
    return text, tuple(units)


def _pieces(block: Block) -> Iterator[tuple[str, int, int]]:
    if block.kind in ("heading", "furniture"):
        yield block.kind, 0, len(block.text)
    else:
        for low, high in split_sentences(block.text):
            yield "sentence", low, high


def make_passages(text: str, units: tuple[Unit, ...]) -> tuple[Passage, ...]:
    """Group sentences into passages as the codebook says.

    A paragraph is a passage; consecutive one-liners (under 40 words) under one heading join up to about 120 words.
    """
    paragraphs: list[tuple[str | None, list[Unit]]] = []
    gaps = after_gaps(units)
    heading, last = None, None
    for unit in units:
        if unit.kind == "heading":
            heading, last = unit.id, None
        elif unit.kind == "sentence":
            if unit.paragraph != last:
                paragraphs.append((heading, []))
                last = unit.paragraph
            paragraphs[-1][1].append(unit)
    groups: list[tuple[str | None, list[Unit], int]] = []
    joinable = False
    for above, sentences in paragraphs:
        size = sum(len(canonical_words(text[unit.start : unit.end])) for unit in sentences)
        short = size < ONE_LINER_WORDS
        joinable = joinable and sentences[0].id not in gaps
        if short and joinable and groups[-1][0] == above and groups[-1][2] + size <= PASSAGE_WORDS:
            groups[-1] = (above, groups[-1][1] + sentences, groups[-1][2] + size)
        else:
            groups.append((above, sentences, size))
        joinable = short
    return tuple(
        Passage(f"p{number:02d}", tuple(unit.id for unit in members), above)
        for number, (above, members, _) in enumerate(groups, 1)
    )
