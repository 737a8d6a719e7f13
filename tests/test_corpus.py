"""The real data: what a sceptical reader would check first."""

import itertools
from collections import Counter, defaultdict

import pytest

from fairweather.corpus.article import ARTICLE_LEVEL, Article, StanceItem
from fairweather.corpus.canonical import canonical_words
from fairweather.corpus.reference import get_episodes, get_sources, get_targets
from fairweather.data.load import load_articles
from fairweather.data.store import open_store

ZERO_SHOT = {"congress-consent", "troops-in-europe", "foreign-aid", "nuclear-sharing"}


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return list(load_articles())


@pytest.fixture(scope="module")
def written(articles: list[Article]) -> list[Article]:
    return [article for article in articles if article.source == "open"]


def body_words(article: Article) -> list[str]:
    assert article.text is not None
    return canonical_words(" ".join(article.text[unit.start : unit.end] for unit in article.sentences()))


def runs(words: list[str], size: int) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}


def test_numbers_of_articles(written: list[Article]) -> None:
    assert Counter(article.split for article in written) == {"train": 110, "validation": 13, "test": 25}


def test_lengths(written: list[Article]) -> None:
    for article in written:
        assert 450 <= len(body_words(article)) <= 1300, article.id


def test_no_episode_lies_in_two_splits(articles: list[Article]) -> None:
    splits = defaultdict(set)
    for article in articles:
        splits[article.episode].add("test" if article.split == "press" else article.split)
    assert all(len(found) == 1 for found in splits.values())


def test_zero_shot_targets_occur_in_no_training_article(articles: list[Article]) -> None:
    assert {target.id for target in get_targets().values() if not target.seen} == ZERO_SHOT
    for article in articles:
        if article.split in ("train", "validation"):
            assert not ZERO_SHOT & {item.target for item in article.stance}
    tested = {item.target for article in articles if article.split == "test" for item in article.stance}
    assert tested >= ZERO_SHOT


def test_every_trained_target_has_both_sides_in_train(articles: list[Article]) -> None:
    sides = defaultdict(Counter)
    for article in articles:
        if article.split == "train":
            for item in article.stance:
                sides[item.target][item.label] += 1
    for target in get_targets().values():
        if target.seen:
            assert sides[target.id]["favor"], target.id
            assert sides[target.id]["against"], target.id


def test_variety_of_wording(written: list[Article]) -> None:
    """Shared five-word runs at most 1.0%, eight-word runs at most 0.1%; no sentence twice; no opening worn out."""
    for size, most in ((5, 0.010), (8, 0.001)):
        found: Counter[tuple[str, ...]] = Counter()
        for article in written:
            found.update(runs(body_words(article), size))
        assert sum(count > 1 for count in found.values()) / len(found) <= most
    openings = Counter(tuple(body_words(article)[:3]) for article in written)
    assert max(openings.values()) <= 3


def test_no_eight_word_run_crosses_splits(written: list[Article]) -> None:
    by_split = defaultdict(set)
    for article in written:
        by_split[article.split] |= runs(body_words(article), 8)
    for left, right in itertools.combinations(by_split.values(), 2):
        assert not left & right


def test_votes_are_three_and_blind_to_the_label(articles: list[Article]) -> None:
    for article in articles:
        for claim in article.claims.values():
            assert len(claim.votes) == 3
        for item in article.stance:
            assert len(item.votes) == 3
            assert not set(item.votes) & set(item.listed_by), "a lister labelled in the second round too"


def test_a_label_that_not_every_vote_is_for_has_a_note(articles: list[Article]) -> None:
    for article in articles:
        for reading in (*article.claims.values(), *article.stance):
            if {vote.label for vote in reading.votes.values()} != {reading.label}:
                assert reading.note, article.id


def test_namesakes_are_told_apart(articles: list[Article]) -> None:
    holders = {item.holder for article in articles for item in article.stance}
    for first, second, bare in (
        ("Lyndon Johnson", "Boris Johnson", "Johnson"),
        ("Colin Powell", "Lewis Powell", "Powell"),
        ("Dean Rusk", "Dale Rusk", "Rusk"),
        ("George W. Bush", "George H. W. Bush", "Bush"),
        ("David Lange", "Halvard Lange", "Lange"),
    ):
        assert {first, second} <= holders
        assert bare not in holders


def is_sampled(item: StanceItem) -> bool:
    return not item.listed_by


def test_two_sampled_items_an_article_that_ids_do_not_give_away(articles: list[Article]) -> None:
    last = 0
    for article in articles:
        sampled = [item for item in article.stance if is_sampled(item)]
        assert 1 <= len(sampled) <= 2, article.id  # one whose holder the passage does not name is dropped
        assert sum(item.holder == "author" for item in sampled) == 1
        assert [item.id for item in article.stance] == sorted(item.id for item in article.stance)
        last += any(item is article.stance[-1] for item in sampled)
    assert last < len(articles) / 4


def test_at_most_one_bystander_a_passage_and_target(articles: list[Article]) -> None:
    for article in articles:
        found: Counter[tuple[str, str]] = Counter()
        for item in article.stance:
            if item.label == "none" and item.holder != "author" and not is_sampled(item):
                found[item.passage, item.target] += 1
        assert max(found.values(), default=0) <= 1, article.id


def test_none_is_common_but_not_the_rule(written: list[Article]) -> None:
    items = [item for article in written for item in article.stance]
    share = sum(item.label == "none" for item in items) / len(items)
    assert 0.25 <= share <= 0.45


def test_article_level_items_are_the_authors(articles: list[Article]) -> None:
    for article in articles:
        for item in article.stance:
            if item.passage == ARTICLE_LEVEL:
                assert item.holder == "author"
                assert item.none_kind in (None, "discusses", "mixed", "unrelated", "other_holder")


def test_tables_are_used(articles: list[Article]) -> None:
    assert {article.episode for article in articles} == set(get_episodes())
    assert {article.source for article in articles} == set(get_sources())


def test_standoff_files_hold_no_text(articles: list[Article]) -> None:
    for article in articles:
        if not get_sources()[article.source].text_ships:
            assert article.text is None
            assert article.commission is None
            assert all(unit.sha256 and unit.start is None for unit in article.units)


def test_agreement_is_above_what_the_codebook_asks() -> None:
    agreement = open_store().manifest["agreement"]
    for source in ("open", "press"):
        assert agreement[source]["claims: label"]["alpha"] >= 0.80
        assert agreement[source]["stance, passage: label"]["alpha"] >= 0.75
