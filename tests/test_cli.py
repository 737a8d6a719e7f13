"""The command line as a person meets it: exit codes, messages, nothing half-written."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from alterations import as_html
from conftest import LIGHTHOUSE
from fairweather.cli.main import _COMMANDS, _HELP
from fairweather.data.gold import read_gold
from fairweather.data.store import open_store
from fairweather.files import json_lines
from fairweather.resources import dataset_dir
from fairweather.scoring.result import read_result


def run(*words: str, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, as installed."""
    return subprocess.run(
        [sys.executable, "-m", "fairweather", *words],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, **more},
        timeout=120,
        check=False,
    )


def fails(done: subprocess.CompletedProcess[str], code: int, *said: str) -> None:
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    for words in said:
        assert words in done.stderr


@pytest.fixture
def claims_file(tmp_path: Path) -> Path:
    path = tmp_path / "preds.jsonl"
    path.write_text(json_lines({"id": item, "label": "claim"} for item in read_gold("claims", "test").ids))
    return path


@pytest.mark.parametrize("command", sorted(_COMMANDS))
def test_help_has_an_example(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"Example: fairweather {command}" in done.stdout
    assert command in _HELP


def test_version_and_unknown_command() -> None:
    assert run("--version").stdout.startswith("fairweather, version ")
    fails(run("sccore"), 2, "No such command")


def test_score_writes_a_result_that_verifies(claims_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    done = run("score", "claims", str(claims_file), "--out", str(out))
    assert done.returncode == 0
    result = read_result(out)
    assert f"{result.score.value:.4f}" in done.stdout
    assert f"Signature: {result.signature}" in done.stdout
    assert run("verify", str(out)).stdout.startswith("verified: claim_f1")
    assert run("verify", str(out), str(claims_file)).returncode == 0
    assert str(tmp_path) not in out.read_text()
    raw = json.loads(out.read_text())
    for steps in (["scores", "claim_f1", "value"], ["breakdown", "recall_by_kind", "event", "low"], ["coverage"]):
        changed = json.loads(json.dumps(raw))
        inner = changed
        for step in steps[:-1]:
            inner = inner[step]
        inner[steps[-1]] -= 1e-9
        out.write_text(json.dumps(changed))
        fails(run("verify", str(out), str(claims_file)), 1, f"/{'/'.join(steps)}: the file says")
    for broken in (
        {"signature": "claims|task:9-Z"},
        {"task": ["claims"]},
        {"primary": "nope"},
        {"split": None},
        {"scores": {}},
        {"items": "5"},
        {"format": 9},
    ):
        out.write_text(json.dumps({**raw, **broken}))
        fails(run("verify", str(out), str(claims_file)), 2, str(out))
    out.write_text("[]")
    fails(run("verify", str(out), str(claims_file)), 2, "not a result file")
    out.write_text(json.dumps({**raw, "predictions_sha256": None}))
    fails(run("verify", str(out), str(claims_file)), 1, "not those that were scored")
    out.write_text(json.dumps(raw))
    claims_file.write_text(claims_file.read_text().replace('"claim"}', '"no_claim"}', 1))
    fails(run("verify", str(out), str(claims_file)), 1, "not those that were scored")


def test_score_as_json(claims_file: Path) -> None:
    printed = json.loads(run("score", "claims", str(claims_file), "--json").stdout)
    assert printed["items"] == len(read_gold("claims", "test").ids)


def test_a_bad_file_is_refused_whole(claims_file: Path, tmp_path: Path) -> None:
    lines = claims_file.read_bytes().splitlines()
    lines[1] = b'{"id": "x", "label": "claim"}'
    lines[3] = lines[2]
    lines[5] = b"\xff\xfe"
    claims_file.write_bytes(b"\n".join(lines))
    done = run("score", "claims", str(claims_file), "--out", str(tmp_path / "r.json"))
    fails(
        done, 2, "preds.jsonl: 6 problems", "line 2: id 'x'", "line 4: id", "line 6: not UTF-8", "missing: no line for"
    )
    assert not (tmp_path / "r.json").exists()
    assert done.stdout == ""


def test_names_that_do_not_exist(claims_file: Path, tmp_path: Path) -> None:
    fails(run("score", "nli", str(claims_file)), 2, "unknown task 'nli'", "valid: claims, stance, summary")
    fails(run("score", "claims", str(claims_file), "--split", "dev"), 2, "valid: train, validation, test, press")
    fails(run("score", "claims", str(tmp_path / "none")), 2, "no such predictions file")
    fails(run("bench", "--task", "nli"), 2, "valid: claims, stance, summary")
    fails(run("bench", "--baseline", "gpt"), 2, "unknown baseline 'gpt'", "majority")
    fails(run("hydrate", "--fetch", "blogs"), 2, "unknown stand-off source 'blogs'", "valid: press")


def test_an_unwritable_place(claims_file: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    out = str(tmp_path / "file" / "r.json")
    fails(run("score", "claims", str(claims_file), "--out", out), 2, "cannot write")
    fails(run("bench", "--task", "claims", "--baseline", "majority", "--out", out), 2, "cannot write")
    assert (tmp_path / "file").read_text() == "kept"


def test_validate(claims_file: Path, tmp_path: Path) -> None:
    done = run("validate")
    files = len(open_store().manifest["corpus"])
    assert (done.returncode, done.stdout) == (0, f"{files} corpus files checked, 0 problems\n")
    assert "valid for claims, test" in run("validate", "--task", "claims", str(claims_file)).stdout
    broken = tmp_path / "open-0001.json"
    text = (dataset_dir() / "corpus" / "open" / "open-0001.json").read_text(encoding="utf-8")
    broken.write_text(text.replace('"train"', '"tarin"', 1), encoding="utf-8")
    fails(run("validate", str(broken)), 1, f"{broken}: split 'tarin'")
    fails(run("validate", str(tmp_path / "empty")), 2, "no corpus files in")


def test_bench_chooses_and_writes(tmp_path: Path) -> None:
    done = run("bench", "--task", "claims", "--baseline", "majority", "--out", str(tmp_path / "b"))
    assert done.returncode == 0
    assert "majority" in done.stdout
    assert "not hydrated: press" in done.stdout
    assert done.stderr == ""  # quiet in a pipe
    fails(run("bench", "--task", "claims", "--baseline", "lead_3"), 2, "no chosen baseline does claims", "majority")
    names = {str(path.relative_to(tmp_path / "b")) for path in (tmp_path / "b").rglob("*.*")}
    assert names == {
        "board.md",
        "board.json",
        "board.csv",
        "predictions/majority/claims-test.jsonl",
        "results/majority/claims-test.json",
    }


def test_hydrate_without_luck_says_what_it_looked_for(tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    fails(run("hydrate", str(tmp_path / "copies")), 2, "0 readable documents", "press-inkstick-2025: Iran's Growing")
    (tmp_path / "copies" / "a.txt").write_text("Something else.")
    fails(run("hydrate", str(tmp_path / "copies")), 2, "1 readable documents", "give a text or HTML copy")
    fails(run("hydrate", str(tmp_path / "none")), 2, "no such file or folder")
    fails(run("hydrate"), 2, "nothing to look in")
    fails(run("hydrate", "x", "--fetch", "press"), 2, "exclude each other")


def test_fetch_without_a_network_says_what_to_do() -> None:
    done = run("hydrate", "--fetch", "press", http_proxy="http://127.0.0.1:9", https_proxy="http://127.0.0.1:9")
    fails(done, 2, "none of the 4 articles could be fetched", "save them as text or HTML", "inkstickmedia.com")


def test_hydrate_real_copies(press: Path, tmp_path: Path) -> None:
    done = run("hydrate", str(press))
    assert done.returncode == 0
    assert done.stdout.count("100.0%") == 4
    part = tmp_path / "part"
    part.mkdir()
    for path in press.glob("*.txt"):
        lines = path.read_text(encoding="utf-8").splitlines()
        (part / path.name).write_text("\n".join(line for at, line in enumerate(lines) if at % 4), encoding="utf-8")
    other = str(tmp_path / "other-home")
    worse = run("hydrate", str(part), FAIRWEATHER_HOME=other)
    assert "not found, left out: s0" in worse.stdout
    board = run(
        "bench", "--task", "summary", "--baseline", "lead_3", "--out", str(tmp_path / "p"), FAIRWEATHER_HOME=other
    )
    assert "the rest (not hydrated?) count as wrong" in board.stdout or board.returncode == 2
    again = run("hydrate", str(press), FAIRWEATHER_HOME=other)
    assert again.stdout == done.stdout.replace(os.environ["FAIRWEATHER_HOME"], other)
    scored = run("bench", "--task", "claims", "--baseline", "majority", "--out", str(tmp_path / "b"))
    assert "claim_f1, press" in scored.stdout
    assert "press: claims" in run("export", str(tmp_path / "mine")).stdout.replace("stance, ", "")


def test_interrupt_leaves_no_half_file(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "fairweather", "bench", "--out", str(tmp_path / "b")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that starts the tests in the background has SIGINT ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    time.sleep(4)
    assert process.poll() is None, "the bench must still be at work"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted" in said
    assert "Traceback" not in said
    assert not (tmp_path / "b").exists()


def test_curate_from_a_text_to_labels(tmp_path: Path) -> None:
    """A new piece by the commands alone: intake, sheets, votes, a ruling, agreement."""
    (tmp_path / "piece.txt").write_text(LIGHTHOUSE, encoding="utf-8")
    description = {
        "id": "open-9001",
        "source": "open",
        "genre": "op-ed",
        "outlet": "The Test",
        "region": "Nowhere",
        "episode": "suez-1956",
    }
    (tmp_path / "piece.json").write_text(json.dumps(description))
    done = run("curate", "intake", "piece.txt", "--description", "piece.json", "--out", "d", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    draft = "d/open-9001.json"
    fails(run("curate", "intake", "piece.txt", "--description", "piece.json", "--out", "d", cwd=tmp_path), 2, "exists")
    sheet = run("curate", "sheet", "claims", draft, cwd=tmp_path).stdout
    assert "The Test" not in sheet
    units = [line.split("\t")[0] for line in sheet.splitlines() if "\t" in line]
    for name, odd in (("a", None), ("b", None), ("c", units[0])):
        rows = []
        for unit in units:
            label = "no_claim" if unit != odd else "claim"
            rows.append("\t".join(["open-9001", unit, label, *(["event", "no", "author"] if unit == odd else "---")]))
        (tmp_path / f"{name}.tsv").write_text("\n".join(rows) + "\n")
    votes = [word for at, name in enumerate("abc", 1) for word in ("--votes", f"a0{at}={name}.tsv")]
    fails(run("curate", "collect", "claims", draft, *votes, cwd=tmp_path), 1, f"needs a ruling: {units[0]}")
    ruling = "\t".join(["open-9001", units[0], "claim", "event", "no", "author", "It names who and when."])
    (tmp_path / "rulings.tsv").write_text(ruling + "\n")
    done = run("curate", "collect", "claims", draft, *votes, "--rulings", "rulings.tsv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    claims = json.loads((tmp_path / draft).read_text(encoding="utf-8"))["claims"]
    assert claims[units[0]]["note"] == "It names who and when."
    assert "claims: label" in run("curate", "agreement", draft, cwd=tmp_path).stdout
    (tmp_path / "l.tsv").write_text("open-9001\tp999\tauthor\tnope\n")
    fails(
        run("curate", "list", draft, "--votes", "a01=l.tsv", cwd=tmp_path), 2, "no passage 'p999'", "no target 'nope'"
    )
    (tmp_path / "l.tsv").write_text("open-9001\tp01\tauthor\tsanctions\nopen-9001\tp01\tIran\tsanctions\n")
    done = run("curate", "list", draft, "--votes", "a01=l.tsv", cwd=tmp_path)
    assert "4 stance items" in done.stdout
    (tmp_path / "a.tsv").write_text("open-9001\ts001\tmaybe\t-\t-\t-\nshort\n")
    fails(run("curate", "collect", "claims", draft, "--votes", "a01=a.tsv", cwd=tmp_path), 2, "line 2: 1 columns")


def test_html_without_the_web_extra_is_explained(tmp_path: Path) -> None:
    (tmp_path / "trafilatura.py").write_text("raise ImportError('not here')")
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "a.html").write_text(as_html("Some page."))
    done = run("hydrate", str(tmp_path / "copies"), PYTHONPATH=str(tmp_path))
    fails(done, 2, "0 readable documents", "pip install trafilatura")
    fails(run("hydrate", "--fetch", "press", PYTHONPATH=str(tmp_path)), 2, "fetching needs the web extra")


@pytest.mark.parametrize("name", ["[/red]", "[bold]x[/bold][/red]", "a\nb", "\x1b[31m"])
def test_odd_system_names_are_shown(name: str, claims_file: Path) -> None:
    done = run("score", "claims", str(claims_file), "--system", name)
    assert done.returncode == 0, done.stderr


def test_odd_places(claims_file: Path, tmp_path: Path) -> None:
    fails(
        run("score", "claims", str(claims_file), "--out", str(claims_file)), 2, "--out is the predictions file itself"
    )
    (tmp_path / "file").write_text("x")
    fails(run("bench", "--task", "claims", FAIRWEATHER_HOME=str(tmp_path / "file")), 2, "FAIRWEATHER_HOME")
    fails(run("bench", "--task", "claims", FAIRWEATHER_HOME="~nobody-here/x"), 2, "FAIRWEATHER_HOME")
    strange = tmp_path / os.fsdecode(b"bad-\xff.jsonl")
    strange.write_bytes(claims_file.read_bytes())
    assert run("score", "claims", str(strange), "--system", "x", "--out", str(tmp_path / "r.json")).returncode == 0
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "fairweather", "score", "claims", str(claims_file)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    fails(done, 2, "No space left")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'[{"id": "a", "label": "claim"}]', "one JSON array"),
        ('{"id": "a"}'.encode("utf-16"), "UTF-16"),
        (b'{"id": "a"}\r{"id": "b"}\r', "CR alone"),
    ],
)
def test_other_kinds_of_file_are_recognised(data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_bytes(data)
    fails(run("score", "claims", str(tmp_path / "p.jsonl")), 2, said, "one JSON object a line")


def test_curate_refuses_what_is_no_draft(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"id": "x"}')
    fails(run("curate", "sheet", "claims", str(tmp_path / "a.json")), 2, "not an article")
    fails(run("curate", "agreement", str(tmp_path / "a.json")), 2, "not an article")
    (tmp_path / "piece.txt").write_text(LIGHTHOUSE, encoding="utf-8")
    for description in (
        "5",
        '{"id": "../x", "source": "open", "genre": "a", "outlet": "b", "region": "c", "episode": "d"}',
    ):
        (tmp_path / "d.json").write_text(description)
        words = ["curate", "intake", str(tmp_path / "piece.txt"), "--description", str(tmp_path / "d.json")]
        fails(run(*words, "--out", str(tmp_path / "o")), 2)
    (tmp_path / "l.tsv").write_text("open-0001\tp999\tauthor\tnope\n")
    labelled = str(dataset_dir() / "corpus" / "open" / "open-0001.json")
    fails(run("curate", "list", labelled, "--votes", f"a01={tmp_path / 'l.tsv'}"), 2, "labelled stance items")


def test_a_reader_that_goes_away(claims_file: Path) -> None:
    command = f"{sys.executable} -m fairweather score claims {claims_file} | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
