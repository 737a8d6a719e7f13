"""The main job: baselines are deterministic, see only what they may, and the committed results are theirs."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import press_articles
from fairweather.corpus.hydrate import keep, search_paths
from fairweather.errors import FairweatherError
from fairweather.leaderboard.bench import Bench, Job, plan, run_bench
from fairweather.leaderboard.board import Board, as_csv, markdown, records
from fairweather.leaderboard.systems import baseline_paths, get_systems, inputs_of, read_system
from fairweather.resources import baselines_dir
from fairweather.scoring.result import predictions_of, read_result
from fairweather.scoring.score import score
from fairweather.tasks import get_task, task_names

COMMITTED = baselines_dir() / "committed"
EXPECTED = {
    "majority",
    "stratified_random",
    "tfidf_logreg",
    "holder_target_only",
    "text_only",
    "length_only",
    "lead_3",
    "random_3",
    "textrank",
    "extractive_oracle",
}


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> tuple[Board, Path]:
    folder = tmp_path_factory.mktemp("bench")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FAIRWEATHER_HOME", str(folder / "home"))
        return run_bench(plan(get_systems(), task_names()), folder), folder


def test_every_baseline_is_there() -> None:
    assert set(baseline_paths()) == EXPECTED
    roles = {system.name: system.role for system in get_systems()}
    assert [name for name, role in roles.items() if role == "upper_bound"] == ["extractive_oracle"]
    assert {name for name, role in roles.items() if role == "ablated"} == {
        "holder_target_only",
        "length_only",
        "text_only",
    }


def test_predictions_and_results_are_those_committed(board: tuple[Board, Path]) -> None:
    """The committed files are what a run gives, byte by byte: `make baselines` refreshes them."""
    _, folder = board
    written = sorted(path.relative_to(folder) for path in folder.rglob("*-test.json*"))
    assert written == sorted(path.relative_to(COMMITTED) for path in COMMITTED.rglob("*-test.json*"))
    for name in written:
        assert (folder / name).read_bytes() == (COMMITTED / name).read_bytes(), name


def test_committed_results_follow_from_committed_predictions() -> None:
    """On press too: labels ship, so a result on them is recomputed without any text."""
    results = [path for path in sorted((COMMITTED / "results").rglob("*.json")) if path.stem != "summary-press"]
    jobs = plan(get_systems(), task_names())
    assert sum(path.stem.endswith("-test") for path in results) == len(jobs)
    assert sum(path.stem.endswith("-press") for path in results) == sum(job.task != "summary" for job in jobs)
    for path in results:
        claimed = read_result(path)
        predictions = predictions_of(path)
        assert predictions.resolve() == COMMITTED / "predictions" / path.parent.name / f"{path.stem}.jsonl"
        assert score(claimed.task, predictions, claimed.split, system=claimed.system) == claimed


def test_committed_summary_results_on_press_are_those_of_a_run(press: Path, tmp_path: Path) -> None:
    keep(search_paths([press], press_articles()))
    systems = [system for system in get_systems() if "summary" in system.tasks]
    board = run_bench([job for job in plan(systems, ["summary"]) if job.split == "press"], tmp_path)
    fresh = {row.system: row.result for row in board.rows if row.result.split == "press"}
    for name, result in fresh.items():
        assert read_result(COMMITTED / "results" / name / "summary-press.json") == result
    assert len(fresh) == len(systems)


def test_no_committed_prediction_holds_press_text() -> None:
    assert not list((COMMITTED / "predictions").rglob("summary-press*"))


def test_reading_beats_not_reading(board: tuple[Board, Path]) -> None:
    """A benchmark on which the ablated baselines win would measure artefacts."""
    rows = {(row.system, row.result.task): row.result.score.value for row in board[0].rows}
    assert rows["tfidf_logreg", "claims"] > rows["length_only", "claims"]
    assert rows["extractive_oracle", "summary"] == max(v for (_, task), v in rows.items() if task == "summary")
    assert rows["holder_target_only", "stance"] < 0.5


def test_only_an_upper_bound_sees_the_labels() -> None:
    bench = Bench()
    for name in task_names():
        task = get_task(name)
        seen = set(inputs_of(task, bench.table(name, "test"), "baseline").columns)
        assert seen == {"id", *task.inputs}
        assert not seen & {"label", "votes", "none_kind", "abstracts", "key_points", "tldrs"}


def test_jobs_can_be_chosen() -> None:
    jobs = plan(get_systems(["majority", "lead_3"]), ["claims"])
    assert [(job.system.name, job.task, job.split) for job in jobs] == [("majority", "claims", "test")]


def test_board_files_agree(board: tuple[Board, Path]) -> None:
    drawn, folder = board
    rows = json.loads((folder / "board.json").read_text(encoding="utf-8"))
    assert rows == records(drawn)
    read = list(csv.DictReader(io.StringIO((folder / "board.csv").read_text(encoding="utf-8"))))
    assert [float(row["value"]) for row in read] == [row["value"] for row in rows]
    text = (folder / "board.md").read_text(encoding="utf-8")
    for row in drawn.rows:
        assert f"{row.result.score.value:.3f}" in text
    assert all(f"|{row['metric']}|n:{row['items']}|" in row["signature"] for row in rows)
    gains = {(row["task"], row["system"]): row["gain"] for row in rows if row["gain"] is not None}
    assert {task for task, _ in gains} == {"stance", "claims"}
    assert not any(row["gain"] is not None for row in rows if not row["primary"] or row["role"] != "baseline")


def test_gain_is_over_the_best_ablated_baseline(board: tuple[Board, Path]) -> None:
    lines = {line.system: line for line in board[0].lines("stance")}
    ablated = [line.scores["test"].value for line in lines.values() if line.role == "ablated"]
    gain = lines["tfidf_logreg"].gains["test"]
    assert gain == pytest.approx(lines["tfidf_logreg"].scores["test"].value - max(ablated))
    assert lines["text_only"].gains["test"] is None


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=cmd()", "a|b", "[x](y)", "@now", "line\nbreak"])
def test_a_hostile_name_is_harmless(name: str, board: tuple[Board, Path]) -> None:
    row = board[0].rows[0]
    hostile = Board((replace(row, system=name),))
    text = markdown(hostile)
    assert "<script" not in text
    assert len({line.count(" | ") for line in text.splitlines() if line.startswith("| ")}) == 1
    cell = next(csv.DictReader(io.StringIO(as_csv(hostile))))["system"]
    assert cell[:1] not in ("=", "+", "-", "@")


def test_a_baseline_that_skips_items_is_refused(tmp_path: Path) -> None:
    lazy = get_systems(["majority"])[0]
    job = Job(replace(lazy, predict=lambda *_: []), "claims", "test")
    with pytest.raises(FairweatherError, match="baseline majority on claims, test") as caught:
        Bench().run(job)
    assert "missing: no line for id" in str(caught.value)
    with pytest.raises(FairweatherError):
        run_bench(plan([replace(lazy, predict=lambda *_: [])], ["claims"]), tmp_path)
    assert list(tmp_path.rglob("*.json*")) == []


@pytest.mark.parametrize(
    "body", ["raise KeyError('x')", "return None", "return 5", "yield 5", "yield {}", "import nowhere"]
)
def test_a_baseline_that_fails_is_named(body: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text(
        f'"""Doc."""\nTASKS = ("claims",)\nROLE = "baseline"\ndef predict(*a):\n    {body}\n', encoding="utf-8"
    )
    with pytest.raises(FairweatherError, match="mine"):
        Bench().run(Job(read_system(path), "claims", "test"))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('"""Doc."""\nTASKS = ("claims",)\nROLE = "baseline"\n', "lacks predict"),
        ('TASKS = ("claims",)\nROLE = "baseline"\ndef predict(*a): ...\n', "lacks a docstring"),
        ('"""Doc."""\nTASKS = ("nli",)\nROLE = "baseline"\ndef predict(*a): ...\n', "unknown task 'nli'"),
        ('"""Doc."""\nTASKS = ("claims",)\nROLE = "magic"\ndef predict(*a): ...\n', "unknown role 'magic'"),
    ],
)
def test_a_malformed_baseline_says_what_it_lacks(source: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(source, encoding="utf-8")
    with pytest.raises(FairweatherError, match=said):
        read_system(tmp_path / "mine.py")


def test_a_failing_system_leaves_an_older_board(tmp_path: Path) -> None:
    good = get_systems(["majority"])
    run_bench(plan(good, ["claims"]), tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}
    with pytest.raises(FairweatherError):
        run_bench(plan([*good, replace(good[0], predict=lambda *_: [])], ["claims"]), tmp_path)
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}
