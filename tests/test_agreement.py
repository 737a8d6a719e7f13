"""Agreement: against hand-computed values, and intervals that behave."""

from dataclasses import replace

import krippendorff
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairweather.corpus.agreement import LAYERS, alpha_from_sums, alpha_statistics, measure_agreement
from fairweather.corpus.article import Article, Claim, ClaimVote
from fairweather.corpus.listing import add_sampled, merge_lists
from fairweather.corpus.reference import get_targets
from fairweather.data.load import shipped_articles
from fairweather.data.store import open_store


def library_alpha(counts: npt.NDArray[np.int64]) -> float:
    """What the `krippendorff` package says; NaN where one value has all votes."""
    if (counts.sum(axis=0) > 0).sum() < 2:
        return float("nan")
    domain = list(range(counts.shape[1]))
    return float(krippendorff.alpha(value_counts=counts, value_domain=domain, level_of_measurement="nominal"))


def our_alpha(counts: npt.NDArray[np.int64]) -> float:
    return float(alpha_from_sums(alpha_statistics(counts).sum(axis=0)))


def with_claims(article: Article, votes: list[str]) -> Article:
    """An article whose sentences get these three-letter votes in turn: c for claim, n for no claim."""
    reading = {"c": ClaimVote("claim", ("event",), False, "author"), "n": ClaimVote("no_claim")}
    claims = {}
    for number, unit in enumerate(article.sentences()):
        cast = votes[number % len(votes)]
        named = {f"a{at:02d}": reading[vote] for at, vote in enumerate(cast, 1)}
        claims[unit.id] = Claim("claim", ("event",), False, "author", named)
    return replace(article, claims=claims)


def test_alpha_by_hand() -> None:
    """Two coders, ten binary items, as in Krippendorff (2011), section A: alpha = 0.095."""
    first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    counts = np.array([[2 - a - b, a + b] for a, b in zip(first, second, strict=True)])
    assert our_alpha(counts) == pytest.approx(0.095, abs=5e-4)


@given(
    st.lists(
        st.lists(st.integers(0, 3), min_size=3, max_size=3).filter(lambda row: sum(row) >= 2), min_size=2, max_size=30
    )
)
def test_alpha_from_sums_equals_the_library(rows: list[list[int]]) -> None:
    counts = np.array(rows)
    assert our_alpha(counts) == pytest.approx(library_alpha(counts), abs=1e-12, nan_ok=True)


def test_the_manifest_says_what_the_library_says() -> None:
    """On the real votes, layer by layer; on press alone, since the library's time explodes with the number of voices."""
    articles = list(shipped_articles(open_store(), "press"))
    for layer, ballots in LAYERS.items():
        votes = [list(map(str, ballot.values)) for article in articles for ballot in ballots(article)]
        values = sorted({value for cast in votes for value in cast})
        counts = np.array([[cast.count(value) for value in values] for cast in votes])
        said = open_store().manifest["agreement"]["press"][layer]["alpha"]
        assert said == pytest.approx(library_alpha(counts), abs=5e-5), layer


def test_one_value_has_no_alpha() -> None:
    assert np.isnan(our_alpha(np.array([[3, 0], [3, 0]])))


def test_interval_holds_the_value(lighthouse: Article) -> None:
    measured = measure_agreement("claims: label", [with_claims(lighthouse, ["ccc", "nnn", "ccn", "nnn"])])
    assert measured is not None
    assert (measured.low or 0) <= (measured.alpha or 0) <= (measured.high or 0)
    assert measured.resampled == "passage-in-article"
    assert measured.annotators == 3
    assert measure_agreement("claims: label", [lighthouse]) is None


def test_undefined_agreement_is_none(lighthouse: Article) -> None:
    measured = measure_agreement("claims: label", [with_claims(lighthouse, ["ccc"])])
    assert measured is not None
    assert (measured.alpha, measured.low, measured.high, measured.unanimous) == (None, None, None, 1.0)


def test_many_articles_are_resampled_whole(lighthouse: Article) -> None:
    patterns = [["ccc", "nnn"], ["ccn", "nnn"], ["ccc", "cnn", "nnn"]]
    many = [with_claims(replace(lighthouse, id=f"x-{n}"), patterns[n % 3]) for n in range(21)]
    measured = measure_agreement("claims: label", many)
    assert measured is not None
    assert measured.resampled == "article"
    assert measured == measure_agreement("claims: label", many)


def test_lists_are_joined_and_ids_say_nothing(lighthouse: Article) -> None:
    lists = {
        "a01": [("p02", "author", "axis"), ("p01", "Iran", "sanctions")],
        "a02": [("p01", "Iran", "sanctions"), ("p01", "author", "sanctions"), ("article", "author", "axis")],
    }
    merged = merge_lists(lighthouse, lists)
    assert [(i.passage, i.holder, i.target) for i in merged.stance] == [
        ("p01", "author", "sanctions"),
        ("p01", "Iran", "sanctions"),
        ("p02", "author", "axis"),
        ("article", "author", "axis"),
    ]
    assert merged.stance[1].listed_by == ("a01", "a02")
    sampled = add_sampled(merged, get_targets())
    new = [item for item in sampled.stance if not item.listed_by]
    assert len(new) == 2
    assert {item.holder == "author" for item in new} == {True, False}
    assert [item.id for item in sampled.stance] == [f"t{n:03d}" for n in range(1, len(sampled.stance) + 1)]
    assert add_sampled(merged, get_targets()) == sampled
