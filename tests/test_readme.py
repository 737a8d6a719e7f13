"""Every code block of the README does what it says."""

import contextlib
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fairweather.data.gold import read_gold
from fairweather.data.store import open_store
from fairweather.files import json_lines
from fairweather.resources import resource_root
from fairweather.scoring.predictions import check_predictions
from fairweather.tasks import get_task

ROOT = resource_root()
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def blocks(language: str) -> list[str]:
    return [code for name, code in BLOCKS if name == language]


def test_every_block_is_of_a_kind_that_is_tested() -> None:
    assert {name for name, _ in BLOCKS} == {"bash", "python", "json"}
    assert len(BLOCKS) == 7


@pytest.mark.parametrize("code", blocks("python"))
def test_python(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    if "signature" in code:
        score, signature = printed.getvalue().splitlines()
        assert re.fullmatch(r"claim_f1 0\.\d{3} \[0\.\d{3}, 0\.\d{3}\]", score)
        assert signature.startswith("claims|task:1-A|data:")


@pytest.mark.parametrize("code", blocks("json"))
def test_json(code: str) -> None:
    row = json.loads(code)
    others = [{"id": item, "label": None} for item in read_gold("claims", "test").ids if item != row["id"]]
    assert check_predictions([row, *others], get_task("claims"), read_gold("claims", "test").ids)


def test_make_targets_exist() -> None:
    """`make bench` and `make test` themselves run before these tests, in continuous integration."""
    code = next(code for code in blocks("bash") if code.startswith("make"))
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for line in code.splitlines():
        subprocess.run([*line.split(), "--dry-run"], cwd=ROOT, check=True, capture_output=True)
        assert f"\n{line}\n" in ci


def run_block(code: str, folder: Path) -> str:
    """Run a block's `fairweather` lines in a folder, with this environment's command."""
    command = Path(sys.executable).with_name("fairweather")
    printed = ""
    for line in code.splitlines():
        name, *words = line.split()
        assert name == "fairweather"
        done = subprocess.run([str(command), *words], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}: {done.stderr}"
        printed += done.stdout
    return printed


def test_score_and_verify(tmp_path: Path) -> None:
    rows = ({"id": item, "label": "claim"} for item in read_gold("claims", "test").ids)
    (tmp_path / "my-predictions.jsonl").write_text(json_lines(rows), encoding="utf-8")
    code = next(code for code in blocks("bash") if "fairweather score" in code)
    assert "verified: claim_f1" in run_block(code, tmp_path)


def test_hydrate_and_export(press: Path, tmp_path: Path) -> None:
    shutil.copytree(press, tmp_path / "my-copies")
    code = next(code for code in blocks("bash") if "fairweather hydrate" in code)
    printed = run_block(code, tmp_path)
    assert printed.count("100.0%") == 4
    from datasets import load_dataset

    claims = load_dataset(str(tmp_path / "my-fairweather"), "claims", split="press", cache_dir=str(tmp_path / "c"))
    assert len(claims) == open_store().manifest["splits"]["press"]["claims"]["rows"]


def test_links_lead_somewhere() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "DATASHEET.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
            assert (ROOT / target).exists(), f"{name}: {target}"
