"""Canonical words: what stays the same in every copy of a text, however it was typeset or extracted."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# White space, every dash and hyphen (Unicode category Pd, and the minus sign), the slash, and runs of full stops
# (an ellipsis, once NFKC has spelt it out) separate words. All other punctuation is dropped where it stands, so
# that "U.S." and "US" are one word.
_SEPARATOR = re.compile(r"[\s/\u2212]+|\.{2,}")


@dataclass(frozen=True)
class Word:
    """A canonical word and the code points of the original text that it came from."""

    text: str
    start: int
    end: int


def _fold(chunk: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", chunk).casefold())
    kept = "".join(char for char in folded if unicodedata.category(char)[0] in "LMN")
    # Dropping a sign may bring a letter and a mark together that compose.
    return unicodedata.normalize("NFKC", kept)


def _spans(text: str) -> list[tuple[int, int]]:
    """Spans between separators, in the original's code points."""
    # Dashes of all kinds become one separator, and each ellipsis sign one that is as long as itself, so that
    # offsets stay those of the original.
    marked = "".join(" " if unicodedata.category(char) == "Pd" or char == "…" else char for char in text)
    spans, at = [], 0
    for separator in _SEPARATOR.finditer(marked):
        spans.append((at, separator.start()))
        at = separator.end()
    spans.append((at, len(marked)))
    return [(start, end) for start, end in spans if end > start]


def words_with_spans(text: str) -> list[Word]:
    """The canonical words of `text` in order, each with its place in the original.

    NFKC, case folded; quotes, dashes and other punctuation dropped; split at white space, dashes and ellipses.

    >>> [word.text for word in words_with_spans("The U.S. “12‑Day War”—over…")]
    ['the', 'us', '12', 'day', 'war', 'over']
    """
    found = []
    for start, end in _spans(text):
        folded = _fold(text[start:end])
        if folded:
            found.append(Word(folded, start, end))
    return found


def canonical_words(text: str) -> list[str]:
    """The canonical words of `text` alone.

    >>> canonical_words("It's 5% — or 3.5%")
    ['its', '5', 'or', '35']
    """
    return [word.text for word in words_with_spans(text)]


def words_sha256(words: Sequence[str]) -> str:
    """SHA-256 over canonical words joined by single spaces: how a stand-off unit names its words.

    >>> words_sha256(canonical_words("No deployments.")) == words_sha256(["no", "deployments"])
    True
    """
    return hashlib.sha256(" ".join(words).encode("utf-8")).hexdigest()


def copied_words(words: Sequence[str], source: Sequence[str], run: int) -> list[bool]:
    """For each word, whether it lies in a run of at least `run` words that also stands in `source`.

    >>> copied_words(["a", "b", "c", "d"], ["x", "a", "b", "c", "y"], run=3)
    [True, True, True, False]
    """
    known = {tuple(source[at : at + run]) for at in range(len(source) - run + 1)}
    copied = [False] * len(words)
    for at in range(len(words) - run + 1):
        if tuple(words[at : at + run]) in known:
            copied[at : at + run] = [True] * run
    return copied
