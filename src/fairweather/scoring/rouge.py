"""ROUGE as Google's `rouge_score` computes it, with the sentence splitting that ROUGE-Lsum asks for.

`rouge_score` tokenises to ASCII letters and digits: "Erdoğan" becomes "erdo an". Its numbers are kept as they are,
since they are the ones the field cites; where a name matters, compare canonical words instead.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from fairweather.corpus.segment import split_sentences

KINDS = ("rouge1", "rouge2", "rougeLsum")


@cache
def _scorer() -> Any:
    from rouge_score.rouge_scorer import RougeScorer

    return RougeScorer(list(KINDS), use_stemmer=True)


def sentence_lines(text: str) -> str:
    """One sentence a line, which is how ROUGE-Lsum sees sentences; a line end also ends a sentence.

    >>> sentence_lines("One came. Two left.\\nThree")
    'One came.\\nTwo left.\\nThree'
    """
    return "\n".join(line[start:end] for line in text.splitlines() for start, end in split_sentences(line))


def rouge_f(reference: str, summary: str) -> dict[str, float]:
    """F-measure of ROUGE-1, ROUGE-2 and ROUGE-Lsum, stemmed, 0 to 1.

    >>> rouge_f("The base stayed open.", "The base stayed open.")["rougeLsum"]
    1.0
    """
    scores = _scorer().score(sentence_lines(reference), sentence_lines(summary))
    return {kind: float(scores[kind].fmeasure) for kind in KINDS}


def rouge_tokens(text: str) -> list[str]:
    """The stemmed tokens that `rouge_score` counts.

    >>> rouge_tokens("Allies refused")
    ['alli', 'refus']
    """
    tokens: Sequence[str] = _scorer()._tokenizer.tokenize(text)
    return list(tokens)
