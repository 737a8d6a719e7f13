"""Canonical words: the same for every typesetting of a text."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from fairweather.corpus.canonical import canonical_words, words_with_spans

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200)


@given(TEXT)
def test_words_are_in_order_and_inside_the_text(text: str) -> None:
    at = 0
    for word in words_with_spans(text):
        assert at <= word.start < word.end <= len(text)
        assert word.text
        at = word.end


@given(TEXT)
def test_canonical_form_is_stable(text: str) -> None:
    words = canonical_words(text)
    assert canonical_words(" ".join(words)) == words


@given(st.text(alphabet="abcéüñ ÅßIK’'“”—-…. 5%", max_size=120))
def test_decomposition_changes_nothing(text: str) -> None:
    assert canonical_words(unicodedata.normalize("NFD", text)) == canonical_words(text)


def test_marks_that_copies_differ_in() -> None:
    versions = [
        "“We’re out”—he said—of the U.S. talks… 12‑day talks",
        '"We\'re out" - he said - of the US talks... 12-day talks',
        "‘We’re\u00a0out’ – he said – of the\nU.S. talks . . . 12 day\ttalks",
    ]
    assert canonical_words(versions[0]) == canonical_words(versions[1]) == canonical_words(versions[2])


def test_different_words_stay_different() -> None:
    assert canonical_words("will not join") != canonical_words("will now join")
    assert canonical_words("3.5%") != canonical_words("5%")
