"""Metrics against scikit-learn, rouge_score and a plain slow bootstrap."""

import random
import warnings
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rouge_score.rouge_scorer import RougeScorer
from sklearn.metrics import average_precision_score, f1_score, matthews_corrcoef

from fairweather.data.gold import Gold, GoldItem, read_gold
from fairweather.errors import ProblemsError
from fairweather.resampling import draw_counts, make_clusters
from fairweather.scoring.classification import average_precision, confusion, macro_over_groups, matthews, mean_f1
from fairweather.scoring.generation import copied_fraction, key_point_recall, summary_values
from fairweather.scoring.predictions import Prediction, check_predictions
from fairweather.scoring.result import Result, read_result
from fairweather.scoring.rouge import rouge_f, sentence_lines
from fairweather.scoring.score import score_predictions
from fairweather.tasks import get_task

LABELS = 3
ITEMS = st.lists(st.tuples(st.integers(0, LABELS - 1), st.integers(0, LABELS)), min_size=1, max_size=40)


def sums(gold: Sequence[int], guess: Sequence[int]) -> np.ndarray:
    return confusion(gold, guess, LABELS).sum(axis=0)


@given(ITEMS)
def test_f1_equals_scikit_learn(items: list[tuple[int, int]]) -> None:
    gold, guess = map(list, zip(*items, strict=True))
    for over in ([0, 1, 2], [0, 1], [2]):
        expected = f1_score(gold, guess, labels=over, average="macro", zero_division=np.nan)
        assert mean_f1(LABELS, over)(sums(gold, guess)) == pytest.approx(expected, abs=1e-12, nan_ok=True)


@given(ITEMS)
def test_matthews_equals_scikit_learn(items: list[tuple[int, int]]) -> None:
    gold, guess = map(list, zip(*items, strict=True))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = matthews_corrcoef(gold, guess)
    assert matthews(LABELS)(sums(gold, guess)) == pytest.approx(expected, abs=1e-12)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=30))
def test_average_precision_equals_scikit_learn(items: list[tuple[bool, int, int]]) -> None:
    truth, scores, weights = map(list, zip(*items, strict=True))
    found = average_precision(truth, scores, np.array([weights], dtype=float))[0]
    if not any(t and w for t, w in zip(truth, weights, strict=True)):
        assert np.isnan(found)
    else:
        expected = average_precision_score(truth, scores, sample_weight=weights)
        assert found == pytest.approx(expected, abs=1e-12)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.sampled_from("xyz")), min_size=1, max_size=40))
def test_macro_over_groups_by_hand(items: list[tuple[int, int, str]]) -> None:
    gold, guess, groups = map(list, zip(*items, strict=True))
    expected = []
    for group in sorted(set(groups)):
        inside = [at for at, name in enumerate(groups) if name == group]
        truth, answer = [gold[at] for at in inside], [guess[at] for at in inside]
        held = sorted(set(truth))
        expected.append(f1_score(truth, answer, labels=held, average="macro"))
    metric = macro_over_groups(gold, guess, LABELS, groups)
    assert metric.compute(metric.statistics.sum(axis=0)) == pytest.approx(np.mean(expected), abs=1e-12)


def test_a_stray_label_adds_no_class() -> None:
    """An abstention (or anything else outside the list) costs recall, and the average stays over three labels."""
    assert mean_f1(LABELS)(sums([0, 1, 2], [0, 1, 3])) == pytest.approx(2 / 3)


def made_gold(articles: int, passages: int, items: int, seed: int = 0) -> tuple[Gold, list[Prediction]]:
    rng = np.random.default_rng(seed)
    labels, rows, answers = get_task("stance").labels, [], []
    for article in range(articles):
        for passage in range(passages):
            for item in range(items):
                tags = {
                    "target_id": "axis" if rng.random() < 0.5 else "sanctions",
                    "holder": "author" if rng.random() < 0.5 else "Iran",
                    "level": "passage",
                    "none_kind": "mixed",
                    "seen_target": True,
                }
                name = f"{article}/{passage}/{item}"
                label = labels[rng.integers(3)]
                rows.append(GoldItem(name, str(article), str(passage), label, tags))
                answer = label if rng.random() < 0.6 else [*labels, None][rng.integers(4)]
                answers.append(Prediction(name, answer))
    return Gold("stance", "test", tuple(rows), "0@0"), answers


def slow_interval(gold: Gold, answers: list[Prediction], resamples: int, seed: int) -> tuple[float, float]:
    """The same resamples, drawn item by item and scored by scikit-learn."""
    clusters = make_clusters([i.article for i in gold.items], [i.passage for i in gold.items])
    counts = draw_counts(clusters, resamples, seed).astype(int)
    scores = []
    for row in counts:
        drawn = [at for at, cluster in enumerate(clusters.item) for _ in range(row[cluster])]
        truth = [gold.items[at].label for at in drawn]
        guess = [answers[at].answer or "abstained" for at in drawn]
        labels = list(get_task("stance").labels)
        scores.append(f1_score(truth, guess, labels=labels, average="macro", zero_division=np.nan))
    low, high = np.percentile(scores, [2.5, 97.5])
    return float(low), float(high)


@pytest.mark.parametrize("shape", [(25, 2, 3), (4, 6, 3)])
def test_intervals_equal_a_slow_bootstrap(shape: tuple[int, int, int]) -> None:
    gold, answers = made_gold(*shape)
    result = score_predictions(gold, answers, resamples=200, seed=3)
    low, high = slow_interval(gold, answers, 200, 3)
    assert (result.score.low, result.score.high) == pytest.approx((low, high), abs=1e-12)
    assert result.these_articles_only == (shape[0] < 20)


def independent_interval(gold: Gold, answers: list[Prediction], metric: str, resamples: int) -> tuple[float, float]:
    """A plain bootstrap that shares nothing with the scorer: loops, `random`, and scikit-learn on the drawn items."""
    rng = random.Random(5)
    by_article: dict[str, dict[str, list[int]]] = {}
    for at, item in enumerate(gold.items):
        by_article.setdefault(item.article, {}).setdefault(item.passage, []).append(at)
    names, scores = list(by_article), []
    for _ in range(resamples):
        drawn: list[int] = []
        if len(names) >= 20:
            for name in rng.choices(names, k=len(names)):
                drawn += [at for passage in by_article[name].values() for at in passage]
        else:
            for passages in by_article.values():
                drawn += [at for passage in rng.choices(list(passages.values()), k=len(passages)) for at in passage]
        truth = [str(gold.items[at].label) for at in drawn]
        guess = [answers[at].answer or "abstained" for at in drawn]
        if metric == "macro_over_targets":
            within = []
            for group in {gold.items[at].tags["target_id"] for at in drawn}:
                inside = [n for n, at in enumerate(drawn) if gold.items[at].tags["target_id"] == group]
                labels = sorted({str(i.label) for i in gold.items if i.tags["target_id"] == group})
                pair = [truth[n] for n in inside], [guess[n] for n in inside]
                within.append(f1_score(*pair, labels=labels, average="macro", zero_division=np.nan))
            scores.append(np.nanmean(within))
        else:
            labels = ["favor", "against"] + ["none"] * (metric == "macro_f1")
            scores.append(f1_score(truth, guess, labels=labels, average="macro", zero_division=np.nan))
    low, high = np.percentile(scores, [2.5, 97.5])
    return float(low), float(high)


@pytest.mark.parametrize("shape", [(24, 2, 3), (4, 8, 3)])
@pytest.mark.parametrize("metric", ["macro_f1", "f_avg", "macro_over_targets"])
def test_intervals_agree_with_an_independent_bootstrap(shape: tuple[int, int, int], metric: str) -> None:
    """Two bootstraps with different draws agree up to their own noise."""
    gold, answers = made_gold(*shape, seed=2)
    score = score_predictions(gold, answers, resamples=4000).scores[metric]
    low, high = independent_interval(gold, answers, metric, 500)
    assert score.low == pytest.approx(low, abs=0.025)
    assert score.high == pytest.approx(high, abs=0.025)


@pytest.mark.parametrize("task", ["stance", "claims"])
@pytest.mark.parametrize("split", ["test", "press"])
def test_perfect_predictions_score_one_with_certainty(task: str, split: str) -> None:
    """What a resample does not hold is left out of its scores, and never counted as a failure."""
    gold = read_gold(task, split)
    result = score_predictions(gold, [Prediction(item.id, item.label) for item in gold.items], resamples=500)
    scores = [*result.scores.values(), *(s for scores in result.breakdown.values() for s in scores.values())]
    for score in scores:
        assert (score.value, score.low, score.high) == pytest.approx((1.0, 1.0, 1.0)), score.name


def test_values_lie_inside_their_intervals() -> None:
    gold, answers = made_gold(30, 3, 3, seed=4)
    result = score_predictions(gold, answers, resamples=2000)
    for score in [*result.scores.values(), *(s for scores in result.breakdown.values() for s in scores.values())]:
        assert score.low is not None
        assert score.high is not None
        assert score.low <= score.value <= score.high, score.name


def test_signatures_name_the_items_of_their_own_score() -> None:
    gold, answers = made_gold(22, 2, 2)
    result = score_predictions(gold, answers, resamples=50, seed=7)
    for name, score in result.scores.items():
        assert f"|{name}|n:{score.items}|cluster:article|boot:50|seed:7|" in result.signature_of(name)


def test_numpy_scores_and_data_frames_are_taken() -> None:
    import pandas as pd

    task = get_task("claims")
    rows = [{"id": "a", "label": "claim", "scores": {"claim": np.float32(0.25)}}]
    assert check_predictions(rows, task, ["a"])[0].scores == {"claim": np.float32(0.25)}
    assert check_predictions(pd.DataFrame({"id": ["a"], "label": ["claim"]}), task, ["a"])[0].answer == "claim"
    with pytest.raises(ProblemsError, match="int2str"):
        check_predictions([{"id": "a", "label": np.int64(0)}], task, ["a"])


def test_rouge_by_hand() -> None:
    """Reference of 6 words, summary of 4, 3 shared: P 3/4, R 3/6, F 0.6; two shared pairs of 5 and 3: F 0.5."""
    found = rouge_f("the base in spain stayed open", "the base in peril")
    assert found["rouge1"] == pytest.approx(0.6)
    assert found["rouge2"] == pytest.approx(0.5)
    assert found["rougeLsum"] == pytest.approx(0.6)


def test_mean_and_best_over_references() -> None:
    item = GoldItem("a", "a", "a", references=("The base stayed open.", "Nobody asked."), key_points=("Nobody asked.",))
    values = summary_values(item, "The base stayed open.")
    assert values["rouge1_max"] == 1.0
    assert values["rouge1"] == pytest.approx(0.5)
    assert values["key_point_recall"] == 0.0


def test_a_line_end_cannot_switch_sentence_splitting_off() -> None:
    summary = "Spain refused the bases. Nobody asked twice. It ended there."
    points = ("Spain refused to end the bases twice.",)
    assert key_point_recall(points, summary + "\nx") == key_point_recall(points, summary)


def test_resamples_of_articles_are_as_wide_as_they_should_be() -> None:
    """Items of one article that are all alike carry one article's worth of information, and the interval says so."""
    labels = ["favor", "against"]
    tags = {"target_id": "axis", "holder": "author", "level": "passage", "none_kind": None, "seen_target": True}
    rows = [GoldItem(f"{a}/{i}", str(a), "p", labels[a % 2], tags) for a in range(40) for i in range(25)]
    answers = [Prediction(row.id, row.label if int(row.article) % 4 else "none") for row in rows]
    result = score_predictions(Gold("stance", "test", tuple(rows), "0@0"), answers, resamples=2000)
    score = result.scores["f_avg"]
    assert score.low is not None
    assert score.high is not None
    assert score.high - score.low > 0.15


def test_few_articles_with_one_item_each_carry_no_interval() -> None:
    gold = Gold("summary", "press", (GoldItem("a", "a", "a", references=("One.",), key_points=("One.",)),), "0@0")
    result = score_predictions(gold, [Prediction("a", "One.")], resamples=50)
    assert (result.score.value, result.score.low, result.score.high) == (1.0, None, None)
    assert "|cluster:none|boot:0|" in result.signature
    assert "copied_fraction" not in result.scores


def test_counts_keep_the_number_of_clusters_drawn() -> None:
    clusters = make_clusters([str(a) for a in range(30)], ["p"] * 30)
    counts = draw_counts(clusters, 500)
    assert (counts.sum(axis=1) == 30).all()
    assert counts.var() == pytest.approx(1 - 1 / 30, rel=0.1)
    within = make_clusters(["a"] * 3 + ["b"] * 2, list("xyzxy"))
    drawn = draw_counts(within, 200)
    assert (drawn[:, :3].sum(axis=1) == 3).all()
    assert (drawn[:, 3:].sum(axis=1) == 2).all()


def test_seeded_and_shuffled_input_scores_alike(tmp_path) -> None:  # type: ignore[no-untyped-def]
    gold, answers = made_gold(22, 2, 2)
    first = score_predictions(gold, answers, resamples=300)
    assert first == score_predictions(gold, answers, resamples=300)
    assert first != score_predictions(gold, answers, resamples=300, seed=9)
    first.save(tmp_path / "r.json")
    assert read_result(tmp_path / "r.json") == first


def test_abstentions_are_counted_and_cost() -> None:
    gold, _ = made_gold(22, 2, 2)
    perfect = [Prediction(item.id, item.label) for item in gold.items]
    silent = [Prediction(item.id, None) for item in gold.items]
    best: Result = score_predictions(gold, perfect, resamples=20)
    worst: Result = score_predictions(gold, silent, resamples=20)
    assert (best.score.value, best.coverage, best.abstained) == (1.0, 1.0, 0)
    assert (worst.score.value, worst.coverage, worst.abstained) == (0.0, 0.0, len(gold.items))


SENTENCES = st.lists(
    st.sampled_from(["The base stayed open.", "Erdoğan refused.", "Allies paid 5% of GDP!", "Why?", "It’s over."]),
    min_size=1,
    max_size=6,
).map(" ".join)


@settings(max_examples=60)
@given(SENTENCES, SENTENCES)
def test_rouge_equals_rouge_score(reference: str, summary: str) -> None:
    scorer = RougeScorer(["rouge1", "rouge2", "rougeLsum"], use_stemmer=True)
    expected = scorer.score(sentence_lines(reference), sentence_lines(summary))
    found = rouge_f(reference, summary)
    for kind, score in expected.items():
        assert found[kind] == pytest.approx(score.fmeasure, abs=1e-9)


def test_sentence_splitting_matters_and_is_done() -> None:
    """ROUGE-Lsum of an unsplit text is another number: the scorer splits for the user."""
    reference, summary = "One came. Two left. Three stayed.", "Three stayed. One came."
    unsplit = RougeScorer(["rougeLsum"], use_stemmer=True).score(reference, summary)["rougeLsum"].fmeasure
    assert rouge_f(reference, summary)["rougeLsum"] > unsplit


def test_empty_summaries_score_nothing() -> None:
    assert rouge_f("One came.", "") == {"rouge1": 0.0, "rouge2": 0.0, "rougeLsum": 0.0}
    assert key_point_recall(["One came."], "") == 0.0
    assert copied_fraction("", "text") == 0.0
