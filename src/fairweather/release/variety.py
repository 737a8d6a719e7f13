"""How varied the articles are: word runs they share, how they open, how long their sentences are."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from fairweather.corpus.article import Article
from fairweather.corpus.canonical import canonical_words

OPENING_WORDS = 3


def sentence_texts(article: Article) -> list[str]:
    """The labelled sentences of an article whose text is here."""
    return [article.text_of(unit) for unit in article.sentences()]


def article_words(article: Article) -> list[str]:
    """The canonical words of an article's sentences, in order."""
    return list(chain.from_iterable(canonical_words(text) for text in sentence_texts(article)))


def runs(words: Sequence[str], length: int) -> set[tuple[str, ...]]:
    """The distinct runs of `length` consecutive words.

    >>> sorted(runs(["a", "b", "a", "b"], 2))
    [('a', 'b'), ('b', 'a')]
    """
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def shared_runs(texts: Mapping[str, Sequence[str]], length: int) -> dict[tuple[str, ...], list[str]]:
    """Runs that stand in two or more texts, with the names of those texts."""
    owners: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, words in texts.items():
        for run in runs(words, length):
            owners[run].append(name)
    return {run: names for run, names in owners.items() if len(names) > 1}


def shared_run_share(texts: Mapping[str, Sequence[str]], length: int) -> float:
    """Of all distinct runs of `length` words, the share that stands in two or more texts.

    >>> shared_run_share({"x": ["a", "b", "c"], "y": ["b", "c", "d"]}, 2)
    0.3333333333333333
    """
    every = set().union(*(runs(words, length) for words in texts.values())) if texts else set()
    return len(shared_runs(texts, length)) / len(every) if every else 0.0


def common_openings(articles: Iterable[Article]) -> list[tuple[str, int]]:
    """How many articles open with the same three words, most first."""
    opened = Counter(" ".join(article_words(article)[:OPENING_WORDS]) for article in articles)
    return sorted(opened.items(), key=lambda entry: (-entry[1], entry[0]))


def repeated_sentences(articles: Iterable[Article]) -> list[str]:
    """Sentences of five or more words that occur twice, in one article or two."""
    seen = Counter(
        tuple(words)
        for article in articles
        for text in sentence_texts(article)
        if len(words := canonical_words(text)) > 4
    )
    return sorted(" ".join(words) for words, count in seen.items() if count > 1)


@dataclass(frozen=True)
class Style:
    """Sentences of some articles: words in each (mean and standard deviation), shares of claims and of questions."""

    articles: int
    sentences: int
    mean_words: float
    sd_words: float
    claim_share: float
    question_share: float


def style(articles: Sequence[Article]) -> Style | None:
    """The style of some articles; None where there are no sentences to measure."""
    texts = [text for article in articles for text in sentence_texts(article)]
    if len(texts) < 2:
        return None
    lengths = [len(canonical_words(text)) for text in texts]
    labels = [claim.label for article in articles for claim in article.claims.values()]
    return Style(
        articles=len(articles),
        sentences=len(texts),
        mean_words=statistics.fmean(lengths),
        sd_words=statistics.stdev(lengths),
        claim_share=labels.count("claim") / len(labels) if labels else 0.0,
        question_share=sum("?" in text for text in texts) / len(texts),
    )
