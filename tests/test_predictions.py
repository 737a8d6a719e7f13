"""Reading predictions: every problem, with its line, in one reading."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairweather.errors import FairweatherError, ProblemsError
from fairweather.scoring.predictions import PROBLEM_CAP, check_predictions, predictions_rows, read_predictions
from fairweather.tasks import get_task

IDS = ["a/s001", "a/s002", "b/s001"]
GOOD = [
    '{"id": "a/s001", "label": "claim"}',
    '{"id": "a/s002", "label": null}',
    '{"id": "b/s001", "label": "no_claim"}',
]


def write(tmp_path: Path, lines: list[str | bytes], end: bytes = b"\n") -> Path:
    path = tmp_path / "preds.jsonl"
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode("utf-8") for line in lines) + end)
    return path


def problems(tmp_path: Path, lines: list[str | bytes], task: str = "claims") -> tuple[str, ...]:
    with pytest.raises(ProblemsError) as caught:
        read_predictions(write(tmp_path, lines), get_task(task), IDS)
    return caught.value.problems


@pytest.mark.parametrize("end", [b"\n", b"", b"\r\n", b"\n\n\n"])
def test_a_good_file_in_any_order(tmp_path: Path, end: bytes) -> None:
    found = read_predictions(write(tmp_path, [GOOD[2], GOOD[0], GOOD[1]], end), get_task("claims"), IDS)
    assert [(p.id, p.answer) for p in found] == [("a/s001", "claim"), ("a/s002", None), ("b/s001", "no_claim")]


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    path = write(tmp_path, list(GOOD))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read_predictions(path, get_task("claims"), IDS)) == 3


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "a/s001", "label": "maybe"}', "unknown label 'maybe' (valid: claim, no_claim)"),
        ('{"id": "a/s001", "label": 1}', "'label' must be a string or null, not int"),
        ('{"id": "a/s001", "label": ["claim"]}', "'label' must be a string or null, not list"),
        ('{"id": "a/s001"}', "no 'label' (null abstains)"),
        ('{"label": "claim"}', "no 'id'"),
        ('{"id": 7, "label": "claim"}', "'id' must be a string"),
        ('["a/s001", "claim"]', "must be an object, not list"),
        ("null", "must be an object, not NoneType"),
        ("a/s001,claim", "not JSON"),
        ('{"id": "a/s001", "label": "claim"', "not JSON"),
        ('{"id": "a/s001", "id": "a/s002", "label": "claim"}', "key 'id' occurs twice"),
        ('{"id": "a/s001", "label": "claim", "note": "x"}', "unknown key 'note' (allowed: id, label, scores)"),
        ('{"id": "a/s001", "label": "claim", "scores": {"claim": NaN}}', "NaN is not a number"),
        ('{"id": "a/s001", "label": "claim", "scores": {"claim": 1e999}}', "score of 'claim' must be finite"),
        ('{"id": "a/s001", "label": "claim", "scores": {"claim": true}}', "score of 'claim' must be a number"),
        ('{"id": "a/s001", "label": "claim", "scores": {"x": 1}}', "'scores' has unknown label 'x'"),
        ('{"id": "a/s001", "label": "claim", "scores": [1]}', "'scores' must be an object"),
        (
            '{"id": "a/s001", "label": "claim", "scores": {"claim": 1%s}}' % ("0" * 400),
            "score of 'claim' must be finite",
        ),
        (b'{"id": "a/s001", "label": "cl\xe9"}', "not UTF-8 at byte 30"),
        (b'{"id": "a/s001", "label": "claim\x00"}', "not JSON"),
        ("[" * 100_000, "nested too deep"),
        ('{"id": "ä/s001", "label": "claim"}', "id 'ä/s001' is not in this split"),
        ('{"id": "b/s001", "label": "claim"}', "id 'b/s001' already stands in line 2"),
    ],
)
def test_each_kind_of_problem_is_named_with_its_line(tmp_path: Path, line: str | bytes, said: str) -> None:
    found = problems(tmp_path, [GOOD[1], GOOD[2], line])
    assert found[0].startswith("line 3: ")
    assert said in found[0]


def test_every_problem_is_reported_at_once(tmp_path: Path) -> None:
    lines: list[str | bytes] = [
        b"\xff",
        "x",
        '{"id": "zzz", "label": "claim"}',
        GOOD[0],
        GOOD[0],
        '{"id": "a/s002", "label": "?"}',
    ]
    found = problems(tmp_path, lines)
    assert [line.split(":")[0] for line in found] == ["line 1", "line 2", "line 3", "line 5", "line 6", "missing"]
    assert found[-1] == "missing: no line for id 'b/s001'"


def test_an_empty_file_lacks_everything(tmp_path: Path) -> None:
    assert len(problems(tmp_path, [])) == 3


def test_past_the_cap_problems_are_counted(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        read_predictions(write(tmp_path, ["x"] * 1000), get_task("claims"), IDS)
    assert len(caught.value.problems) == PROBLEM_CAP
    assert caught.value.total == 1003
    assert f"… and {1003 - PROBLEM_CAP} more" in str(caught.value)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.jsonl", tmp_path):
        with pytest.raises(FairweatherError, match="cannot read"):
            read_predictions(path, get_task("claims"), IDS)


def test_summaries_take_text(tmp_path: Path) -> None:
    rows = [{"id": item, "summary": "Näh.\nTwo."} for item in IDS]
    assert check_predictions(rows, get_task("summary"), IDS)[0].answer == "Näh.\nTwo."
    with pytest.raises(ProblemsError, match="unknown key 'label'"):
        check_predictions([{"id": item, "label": "x"} for item in IDS], get_task("summary"), IDS)
    with pytest.raises(ProblemsError, match="half of a surrogate pair"):
        check_predictions([{"id": item, "summary": "\ud800"} for item in IDS], get_task("summary"), IDS)


LABEL = st.sampled_from(["claim", "no_claim", None])


@given(st.lists(LABEL, min_size=3, max_size=3), st.permutations(range(3)))
def test_what_is_written_reads_back(labels: list[str | None], order: list[int]) -> None:
    task = get_task("claims")
    rows = [{"id": item, "label": label} for item, label in zip(IDS, labels, strict=True)]
    read = check_predictions([rows[at] for at in order], task, IDS)
    assert list(predictions_rows(task, read)) == rows


@settings(max_examples=300)
@given(st.binary(max_size=60), st.integers(0, 200), st.integers(0, 40))
def test_corrupted_files_are_refused_or_whole(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, at: int, cut: int
) -> None:
    """Whatever a file has become, it is either refused with a reason or gives one answer for every id."""
    good = ("\n".join(GOOD) + "\n").encode("utf-8")
    path = tmp_path_factory.mktemp("fuzz") / "p.jsonl"
    path.write_bytes(good[:at] + junk + good[at + cut :])
    try:
        found = read_predictions(path, get_task("claims"), IDS)
    except FairweatherError as error:
        assert not isinstance(error, ProblemsError) or error.problems
        assert str(path) in str(error)
    else:
        assert [p.id for p in found] == IDS
        assert all(p.answer in ("claim", "no_claim", None) for p in found)


def test_rows_that_are_no_mappings() -> None:
    with pytest.raises(ProblemsError, match="row 1: must be an object, not str"):
        check_predictions([json.dumps(GOOD)], get_task("claims"), IDS)
