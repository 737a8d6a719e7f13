"""A new article by the commands alone, from HTML to a validated corpus file."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import LIGHTHOUSE, make_article
from fairweather.corpus.acceptance import accept, problems_of, with_references
from fairweather.corpus.article import read_article
from fairweather.corpus.extract import marked_text
from fairweather.corpus.validate import file_problems
from fairweather.errors import FairweatherError, ProblemsError
from fairweather.resources import dataset_dir

PAGE = """<html><head><title>On Piers</title></head><body><nav><a href="/">Home</a></nav><article><h1>On Piers</h1>
<p>The board wrote in March, and <b>nobody</b> at the ministry answered the letter that it had sent by sea.</p>
<h2>What was asked</h2><ul><li>a lamp for the north pier, as promised</li><li>a pilot who answers letters</li></ul>
<p>France refused the harbour its only tug in 1974. The board should ask again, and it should ask in person this time.</p>
</article><footer>(c) nobody</footer></body></html>"""
DESCRIPTION = {
    "id": "open-9002",
    "source": "open",
    "genre": "op-ed",
    "outlet": "The Test",
    "region": "Nowhere",
    "episode": "suez-1956",
}
ABSTRACT = " ".join(["Harbours", "need", "lamps"] * 22)
REFERENCES = {
    "abstracts": [ABSTRACT, ABSTRACT],
    "tldrs": ["Harbours need lamps.", "Lamps are wanted."],
    "key_points": [
        {"text": "Harbours need lamps.", "role": "thesis", "support": ["s002"]},
        {"text": "A ministry kept silent.", "role": "evidence", "support": ["s001"]},
        {"text": "A tug was denied.", "role": "evidence", "support": ["s004"]},
        {"text": "Asking again is right.", "role": "argument", "support": ["s005"]},
    ],
}


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "fairweather", "curate", *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def votes_of(ids: list[str], cells: list[str], odd: str | None = None, other: list[str] | None = None) -> str:
    rows = [["open-9002", name, *((other or cells) if name == odd else cells)] for name in ids]
    return "".join("\t".join(row) + "\n" for row in rows)


def test_from_html_to_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    marked = run("extract", "page.html", cwd=tmp_path).stdout
    assert marked.startswith("# On Piers\n")
    assert "\n## What was asked\n" in marked
    assert "**" not in marked
    (tmp_path / "piece.txt").write_text(marked, encoding="utf-8")
    (tmp_path / "piece.json").write_text(json.dumps(DESCRIPTION))
    done = run("intake", "piece.txt", "--description", "piece.json", "--out", "d", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    draft = "d/open-9002.json"

    units = [unit["id"] for unit in json.loads((tmp_path / draft).read_text())["units"] if unit["kind"] == "sentence"]
    assert units == ["s001", "s002", "s003", "s004", "s005"]
    no, yes = ["no_claim", "-", "-", "-"], ["claim", "event", "no", "author"]
    for name in "abc":
        (tmp_path / f"{name}.tsv").write_text(votes_of(units, no, odd="s004" if name == "c" else None, other=yes))
    votes = [word for at, name in enumerate("abc", 1) for word in ("--votes", f"a0{at}={name}.tsv")]
    shown = run("adjudicate", "claims", draft, *votes, cwd=tmp_path)
    assert shown.stdout.count("\tFrance refused") == 1
    assert "a0" not in shown.stdout, "an adjudicator sees no names"
    (tmp_path / "r.tsv").write_text("\t".join(["open-9002", "s004", *yes, "It names who refused what."]) + "\n")
    assert run("collect", "claims", draft, *votes, "--rulings", "r.tsv", cwd=tmp_path).returncode == 0

    (tmp_path / "l.tsv").write_text("open-9002\tp01\tauthor\tconsultation\nopen-9002\tp02\tFrance\tbase-access\n")
    assert run("list", draft, "--votes", "a01=l.tsv", cwd=tmp_path).returncode == 0
    items = [item["id"] for item in json.loads((tmp_path / draft).read_text())["stance"]]
    none, against = ["none", "unrelated"], ["against", "-"]
    for name in "abc":
        odd = items[0] if name == "b" else None
        (tmp_path / f"{name}.tsv").write_text(votes_of(items, none, odd=odd, other=against))
    shown = run("adjudicate", "stance-label", draft, *votes, cwd=tmp_path).stdout
    assert shown.count("   vote: none, unrelated") == 2
    assert shown.count("   vote: against") == 1
    (tmp_path / "r.tsv").write_text("\t".join(["open-9002", items[0], *none, "Nothing of it is said."]) + "\n")
    assert run("collect", "stance-label", draft, *votes, "--rulings", "r.tsv", cwd=tmp_path).returncode == 0
    assert run("agreement", draft, cwd=tmp_path).returncode == 0

    refused = run("accept", draft, "--corpus", "corpus", cwd=tmp_path)
    assert refused.returncode == 2
    assert "summary" in refused.stderr
    assert not (tmp_path / "corpus").exists()
    (tmp_path / "summary.json").write_text(json.dumps(REFERENCES))
    assert run("references", draft, "summary.json", cwd=tmp_path).returncode == 0
    done = run("accept", draft, "--corpus", "corpus", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    _, problems = file_problems(tmp_path / "corpus" / "open" / "open-9002.json")
    assert problems == []
    assert "--replace" in run("accept", draft, "--corpus", "corpus", cwd=tmp_path).stderr
    assert run("accept", draft, "--corpus", "corpus", "--replace", cwd=tmp_path).returncode == 0


def test_stand_off_drafts_leave_their_text_behind(tmp_path: Path) -> None:
    draft = make_article(LIGHTHOUSE, "press-lighthouse")
    with pytest.raises(ProblemsError, match="no label for sentence"):
        accept([draft], tmp_path)
    copied = with_references(draft, {**REFERENCES, "abstracts": [draft.text, ABSTRACT]}, "x")
    assert any("copies" in problem for problem in problems_of(copied))


@pytest.mark.parametrize(
    "raw",
    [
        [],
        {},
        {**REFERENCES, "abstracts": "ab"},
        {**REFERENCES, "tldrs": [1]},
        {"abstracts": []},
        {"abstracts": 1, "tldrs": [], "key_points": [3]},
        "x",
    ],
)
def test_references_that_are_none(raw: object) -> None:
    with pytest.raises(FairweatherError, match=r"x\.json: not the references"):
        with_references(make_article(LIGHTHOUSE, "press-x"), raw, "x.json")


def test_a_copy_of_an_article_is_not_accepted(tmp_path: Path) -> None:
    there = dataset_dir() / "corpus" / "open" / "open-0001.json"
    article = read_article(there)
    (tmp_path / "open").mkdir()
    shutil.copy(there, tmp_path / "open")
    with pytest.raises(ProblemsError, match="a sentence also stands in open-0001"):
        accept([replace(article, id="open-9999")], tmp_path)
    with pytest.raises(ProblemsError, match="open-9998"):
        accept([replace(article, id="open-9999", title="x"), replace(article, id="open-9998", claims={})], tmp_path)
    assert [path.name for path in (tmp_path / "open").iterdir()] == ["open-0001.json"]
    assert accept([article], tmp_path, replacing=True)


def test_a_page_without_an_article() -> None:
    with pytest.raises(FairweatherError, match="no article found"):
        marked_text("<html><body></body></html>")
