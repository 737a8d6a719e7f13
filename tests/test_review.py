"""Samples for people: what they show, and what comes back filled."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sklearn.metrics import cohen_kappa_score

from fairweather.data.gold import read_gold
from fairweather.data.load import available_splits
from fairweather.data.review import ReviewItem, agreement_by_person, draw_sample, gold_labels
from fairweather.data.review_files import doccano_lines, label_studio_interface, label_studio_tasks, read_filled
from fairweather.errors import FairweatherError, ProblemsError
from fairweather.tasks import get_task

TASKS = ("claims", "stance")


@pytest.fixture(scope="module", params=TASKS)
def task(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def fill_label_studio(items: list[ReviewItem], answer: Callable[[str], str | None], person: object) -> list[object]:
    """What Label Studio exports once a person has answered."""
    filled = []
    for number, entry in enumerate(label_studio_tasks(items), 1):
        label = answer(items[number - 1].id)
        chosen = {"from_name": "label", "to_name": "x", "type": "choices", "value": {"choices": [label]}}
        annotation = {"completed_by": person, "was_cancelled": label is None, "result": [chosen] if label else []}
        filled.append({"id": number, **entry, "annotations": [annotation], "predictions": []})
    return filled


def test_a_sample_is_stratified_seeded_and_blind(task: str) -> None:
    gold, items = gold_labels(task), draw_sample(task, 60)
    assert len({item.id for item in items}) == 60
    assert items == draw_sample(task, 60)
    assert items != draw_sample(task, 60, seed=2)
    here = [item.id for split in available_splits(task) for item in read_gold(task, split).items]
    whole, drawn = Counter(gold[item] for item in here), Counter(gold[item.id] for item in items)
    for label, count in whole.items():
        assert drawn[label] == pytest.approx(60 * count / len(here), abs=5)
    assert set(items[0].shown) == set(get_task(task).inputs)
    files = json.dumps(label_studio_tasks(items)) + doccano_lines(get_task(task), items)
    assert '"votes"' not in files
    assert '"annotator"' not in files


@pytest.mark.parametrize("size", [0, -1, 10**6])
def test_sizes_that_cannot_be(size: int) -> None:
    with pytest.raises(FairweatherError, match="give a size from 1 to"):
        draw_sample("claims", size)


def test_only_tasks_with_labels_are_reviewed() -> None:
    with pytest.raises(FairweatherError, match="claims, stance"):
        draw_sample("summary", 1)


def test_the_interface_is_xml_that_shows_what_the_tasks_hold(task: str) -> None:
    tree = ElementTree.fromstring(label_studio_interface(get_task(task)))
    data = label_studio_tasks(draw_sample(task, 3))[0]["data"]
    assert {text.get("value") for text in tree.iter("Text")} <= {f"${name}" for name in data}
    assert [choice.get("value") for choice in tree.iter("Choice")] == list(get_task(task).labels)
    names = {text.get("name") for text in tree.iter("Text")}
    assert next(tree.iter("Choices")).get("toName") in names


def test_a_filled_label_studio_export_is_scored(task: str, tmp_path: Path) -> None:
    gold, items = gold_labels(task), draw_sample(task, 40)
    labels = get_task(task).labels
    wrong = {item.id for item in items[:10]}

    def answer(item: str) -> str:
        return labels[(labels.index(gold[item]) + 1) % len(labels)] if item in wrong else gold[item]

    path = tmp_path / "export.json"
    path.write_text(json.dumps(fill_label_studio(items, answer, {"id": 3, "email": "ada@example.org"})))
    (found,) = agreement_by_person(gold, read_filled([path], get_task(task), gold))
    assert (found.person, found.items, found.agreement) == ("ada@example.org", 40, 0.75)
    assert set(found.differs) == wrong
    assert sum(found.confused.values()) == 10
    truth = [gold[item.id] for item in items]
    assert found.kappa == pytest.approx(cohen_kappa_score(truth, [answer(item.id) for item in items]))


def test_filled_doccano_lines_are_scored_by_file(task: str, tmp_path: Path) -> None:
    gold, items = gold_labels(task), draw_sample(task, 12)
    rows = [json.loads(line) for line in doccano_lines(get_task(task), items).splitlines()]
    for row in rows[:9]:
        row["label"] = [gold[row["item"]]]
    path = tmp_path / "grace.jsonl"
    path.write_text("".join(json.dumps({"id": 7, **row, "Comments": []}) + "\n" for row in rows))
    (found,) = agreement_by_person(gold, read_filled([path], get_task(task), gold))
    assert (found.person, found.items, found.agreement) == ("grace", 9, 1.0)


def test_skipped_tasks_are_no_answers(tmp_path: Path) -> None:
    gold, items = gold_labels("claims"), draw_sample("claims", 5)
    path = tmp_path / "x.json"
    path.write_text(json.dumps(fill_label_studio(items, lambda _: None, 1)))
    with pytest.raises(FairweatherError, match="no judgement in it"):
        read_filled([path], get_task("claims"), gold)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no judgement"),
        ("[]", "no judgement"),
        ("not json\n", "line 1: not a JSON object"),
        ('{"item": "open-0001/s001", "label": ["perhaps"]}', "unknown label 'perhaps'"),
        ('{"item": "open-0001/s001", "label": ["claim", "no_claim"]}', "one label wanted"),
        ('{"item": "open-0001/s001", "label": "claim"}', "one label wanted"),
        ('{"item": "nowhere", "label": ["claim"]}', "unknown item 'nowhere'"),
        ('{"item": "open-0001/s001", "label": ["claim"]}\n' * 2, "judged twice"),
        ('[{"annotations": []}]', "task 1: no data"),
        ('[{"data": {"item": 3}, "annotations": [{"result": [{"value": {"choices": ["claim"]}}]}]}]', "unknown item 3"),
        ("[1, 2", "not JSON"),
    ],
)
def test_malformed_files_are_named_with_their_line(content: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "filled.jsonl"
    path.write_text(content)
    with pytest.raises(FairweatherError, match=said):
        read_filled([path], get_task("claims"), gold_labels("claims"))


def test_every_problem_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "filled.jsonl"
    path.write_text('{"item": "nowhere", "label": ["claim"]}\n' * 50)
    with pytest.raises(ProblemsError) as caught:
        read_filled([path], get_task("claims"), gold_labels("claims"))
    assert caught.value.total == 50


def test_an_export_given_twice_is_noticed(tmp_path: Path) -> None:
    gold, items = gold_labels("claims"), draw_sample("claims", 4)
    row = {"item": items[0].id, "label": [gold[items[0].id]]}
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "ada.jsonl").write_text(json.dumps(row))
    one, other = tmp_path / "a" / "ada.jsonl", tmp_path / "b" / "ada.jsonl"
    for files in ([one, one], [one, other]):
        with pytest.raises(ProblemsError, match="judged twice by ada"):
            read_filled(files, get_task("claims"), gold)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "filled.jsonl"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FairweatherError, match="not UTF-8"):
        read_filled([path], get_task("claims"), gold_labels("claims"))
