"""The audit over the real data, and its measures on texts made to fail it."""

from dataclasses import replace

import pytest

from fairweather.corpus.article import Article
from fairweather.data.load import load_articles
from fairweather.release.audit import SECTIONS, artefacts
from fairweather.release.audit_page import audit_page
from fairweather.release.bias import leans
from fairweather.release.leakage import episode_leaks, near_duplicates, overlap_across_splits
from fairweather.release.origin import tell_apart
from fairweather.release.variety import article_words, repeated_sentences, shared_run_share, style
from fairweather.tasks import get_task


@pytest.fixture(scope="module")
def written() -> list[Article]:
    return list(load_articles("open"))


@pytest.mark.parametrize("title", list(SECTIONS))
def test_nothing_that_must_hold_is_broken(title: str, written: list[Article]) -> None:
    broken = [check for check in SECTIONS[title](written) if check.must and not check.holds]
    assert not broken


def test_a_copied_article_is_noticed(written: list[Article]) -> None:
    train = next(article for article in written if article.split == "train")
    copy = replace(train, id="open-9999", split="test")
    broken = {check.name for check in SECTIONS["Leakage"]([*written, copy]) if not check.holds}
    assert len(broken) == 4
    assert not all(check.holds for check in SECTIONS["Variety"]([train, copy]))


def test_half_an_article_is_a_near_duplicate(written: list[Article]) -> None:
    words = article_words(written[0])
    pairs = near_duplicates({"whole": words, "half": words[: len(words) // 2], "other": article_words(written[1])})
    assert [(pair.left, pair.right) for pair in pairs] == [("half", "whole")]


def test_one_long_run_across_splits_is_noticed(written: list[Article]) -> None:
    train, test = written[0], next(article for article in written if article.split == "test")
    assert train.text is not None
    assert test.text is not None
    first, second = next(train.sentences()), next(test.sentences())
    quoted = train.text[first.start : first.end]
    text = test.text[: second.start] + quoted + test.text[second.end :]
    shifted = [
        replace(u, end=(u.start or 0) + len(quoted))
        if u.id == second.id
        else replace(u, start=len(text), end=len(text))
        for u in test.units
    ]
    found = overlap_across_splits([train, replace(test, text=text, units=tuple(shifted))])
    assert found
    assert all(train.id in line and test.id in line for line in found)


def test_an_episode_in_two_splits_is_noticed(written: list[Article]) -> None:
    moved = replace(written[0], split="test")
    assert episode_leaks([written[0], moved]) == [f"{written[0].episode}: test, train"]


def test_a_leaning_annotator_is_found(written: list[Article]) -> None:
    article = written[0]
    who = sorted(next(iter(article.claims.values())).votes)[0]
    claims = {
        unit: replace(claim, votes={w: replace(v, label="claim") if w == who else v for w, v in claim.votes.items()})
        for unit, claim in article.claims.items()
    }
    labels = {layer: get_task(layer).labels for layer in ("claims", "stance")}
    worst = leans([replace(article, claims=claims)], labels)[0]
    assert (worst.annotator, worst.layer, worst.lean > 0.2) == (who, "claims", worst.label == "claim")


def test_texts_with_other_words_are_told_apart(written: list[Article]) -> None:
    assert tell_apart(written[:1], written[1:]) is None
    told = tell_apart(written[:8], written[8:16])
    assert told is not None
    assert 0.0 <= told.auc <= 1.0
    # Word salad against prose: a measure that could not see this would see nothing.
    salad = [replace(a, text="".join("z" if char.isalpha() else char for char in a.text or "")) for a in written[:8]]
    easy = tell_apart(salad, written[8:16])
    assert easy is not None
    assert easy.auc > 0.99


def test_repeated_sentences_are_listed(written: list[Article]) -> None:
    assert repeated_sentences([written[0]]) == []
    assert repeated_sentences([written[0], written[0]])
    assert shared_run_share({"a": article_words(written[0]), "b": article_words(written[0])}, 5) == 1.0


def test_style_needs_sentences(written: list[Article]) -> None:
    assert style([]) is None
    found = style(written)
    assert found is not None
    assert found.sentences == sum(len(article.claims) for article in written)


def test_the_page_says_what_is_broken() -> None:
    checks = artefacts({("stance", "holder_target_only"): 0.2, ("claims", "length_only"): 0.9})
    page = audit_page("0.0.0", {"Artefacts": checks}, {}, {})
    assert page.count(">holds<") == 1
    assert page.count(">not yet<") == 1
    assert "<script" not in page
