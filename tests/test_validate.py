"""Validation of corpus files: every kind of fault is found and named."""

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fairweather.corpus.article import read_article, write_article
from fairweather.corpus.standoff import detach
from fairweather.corpus.validate import corpus_files, corpus_problems, file_problems
from fairweather.data.store import open_store
from fairweather.files import canonical_json
from fairweather.resources import dataset_dir


@pytest.fixture(scope="module")
def raw() -> dict[str, Any]:
    path = dataset_dir() / "corpus" / "open" / "open-0001.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def problems_of(raw: dict[str, Any], tmp_path: Path) -> str:
    path = tmp_path / "open-0001.json"
    path.write_text(canonical_json(raw), encoding="utf-8")
    return "\n".join(file_problems(path)[1])


def set_in(raw: dict[str, Any], value: object, *steps: str | int) -> None:
    inner: Any = raw
    for step in steps[:-1]:
        inner = inner[step]
    inner[steps[-1]] = value


def first_claim(raw: dict[str, Any]) -> dict[str, Any]:
    claim: dict[str, Any] = next(c for c in raw["claims"].values() if c["label"] == "claim")
    return claim


def drop(raw: dict[str, Any], key: str) -> None:
    del raw[key]


FAULTS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "missing key": (lambda r: drop(r, "episode"), "'episode' is a required property"),
    "unknown key": (lambda r: r.update(extra=1), "Additional properties are not allowed"),
    "wrong type": (lambda r: set_in(r, "0", "units", 0, "paragraph"), "units/0/paragraph"),
    "id of another file": (lambda r: r.update(id="open-0002"), "the file is named open-0001, the article open-0002"),
    "unknown source": (lambda r: r.update(source="blog"), "unknown source 'blog'"),
    "split of another source": (lambda r: r.update(split="press"), "split 'press' is none of source open's"),
    "split against episode": (lambda r: r.update(split="test"), "lies in train, the article in test"),
    "unknown episode": (lambda r: r.update(episode="moon-1969"), "unknown episode 'moon-1969'"),
    "licence": (lambda r: r.update(license="MIT"), "license 'MIT' is not source open's"),
    "text gone": (lambda r: drop(r, "text"), "text must be in the file"),
    "overlapping units": (lambda r: set_in(r, 0, "units", 2, "start"), "out of order or outside the text"),
    "offset past the end": (lambda r: set_in(r, 10**6, "units", -1, "end"), "out of order or outside the text"),
    "white space": (lambda r: set_in(r, r["units"][1]["end"] + 1, "units", 1, "end"), "white space"),
    "text in no unit": (lambda r: r.update(text=r["text"] + " More."), "belongs to no unit"),
    "passage order": (lambda r: r["passages"].reverse(), "every sentence once, in order"),
    "no such heading": (lambda r: set_in(r, "h99", "passages", 0, "heading"), "no heading h99"),
    "claim gone": (lambda r: r["claims"].pop("s001"), "no label for sentence s001"),
    "claim too many": (lambda r: r["claims"].update(s999=first_claim(r)), "no sentence s999"),
    "claim label": (lambda r: first_claim(r).update(label="perhaps"), "unknown label 'perhaps'"),
    "claim kind": (lambda r: first_claim(r).update(kinds=["rumour"]), "unknown kind 'rumour'"),
    "kinds of no claim": (lambda r: first_claim(r).update(kinds=[]), "kinds and check_worthy go with a claim"),
    "unknown annotator": (
        lambda r: first_claim(r)["votes"].update(z99=next(iter(first_claim(r)["votes"].values()))),
        "unknown annotator 'z99'",
    ),
    "label against the votes": (
        lambda r: first_claim(r).update(label="no_claim", kinds=[], check_worthy=None, voice=None),
        "does not follow from the votes",
    ),
    "fractional offset": (lambda r: set_in(r, 0.0, "units", 0, "start"), "offsets must be whole numbers"),
    "numbering": (lambda r: set_in(r, "s900", "units", 1, "id"), "numbered in order without gaps"),
    "two votes": (lambda r: first_claim(r)["votes"].popitem(), "claims/"),
    "stance passage": (lambda r: set_in(r, "p99", "stance", 0, "passage"), "no passage p99"),
    "stance target": (lambda r: set_in(r, "flat-earth", "stance", 0, "target"), "unknown target 'flat-earth'"),
    "held-out target in train": (lambda r: set_in(r, "foreign-aid", "stance", 0, "target"), "kept for testing"),
    "stance label": (lambda r: set_in(r, "pro", "stance", 0, "label"), "unknown label 'pro'"),
    "doubled item": (lambda r: r["stance"].append({**copy.deepcopy(r["stance"][0]), "id": "t999"}), "two items on"),
    "doubled item id": (lambda r: r["stance"].append(copy.deepcopy(r["stance"][0])), "occurs twice"),
    "support": (lambda r: set_in(r, ["s999"], "summary", "key_points", 0, "support"), "no sentence s999"),
    "role": (lambda r: set_in(r, "joke", "summary", "key_points", 0, "role"), "unknown role 'joke'"),
    "short abstract": (lambda r: set_in(r, "Too short.", "summary", "abstracts", 0), "an abstract of 2 words"),
    "long tldr": (lambda r: set_in(r, "word " * 40, "summary", "tldrs", 0), "a tldr of 40 words"),
    "copied tldr": (
        lambda r: set_in(r, " ".join(r["text"].split("\n\n")[1].split()[:14]), "summary", "tldrs", 0),
        "words of the body",
    ),
    "no summary": (lambda r: drop(r, "summary"), "summary: an article of source open must have one"),
}


def test_the_file_itself_is_valid(raw: dict[str, Any], tmp_path: Path) -> None:
    assert problems_of(raw, tmp_path) == ""


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found(fault: str, raw: dict[str, Any], tmp_path: Path) -> None:
    broken = copy.deepcopy(raw)
    change, said = FAULTS[fault]
    change(broken)
    assert said in problems_of(broken, tmp_path)


def test_schema_problems_name_the_line(raw: dict[str, Any], tmp_path: Path) -> None:
    broken = copy.deepcopy(raw)
    broken["region"] = ""
    found = problems_of(broken, tmp_path)
    text = canonical_json(broken).splitlines()
    assert text[int(found.split(":")[0].removeprefix("line ")) - 1].strip().startswith('"region"')


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b"null"])
def test_files_that_are_no_articles(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "open-0001.json"
    path.write_bytes(data)
    assert file_problems(path)[1]


def test_form_matters(raw: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "open-0001.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert "not in canonical form" in "\n".join(file_problems(path)[1])


def test_files_are_checked_against_each_other(raw: dict[str, Any], tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "open-0001.json").write_text(canonical_json(raw), encoding="utf-8")
    found = corpus_problems(sorted(tmp_path.rglob("*.json")))
    assert len(found) == 1
    lines = "\n".join(next(iter(found.values())))
    assert "is also that of open-0001.json" in lines
    assert "a sentence also stands in open-0001.json" in lines


def test_an_open_article_may_not_share_a_sentence_with_a_stand_off_one(raw: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "open-0001.json").write_text(canonical_json(raw), encoding="utf-8")
    copied = replace(detach(read_article(tmp_path / "open-0001.json")), id="press-copy", source="press", split="press")
    write_article(copied, tmp_path / "press-copy.json")
    found = corpus_problems(sorted(tmp_path.glob("*.json")))
    assert "a sentence also stands in open-0001.json" in "\n".join(found[tmp_path / "press-copy.json"])


def test_the_whole_corpus_is_valid() -> None:
    assert corpus_problems(corpus_files()) == {}
    assert len(corpus_files()) == len(open_store().manifest["corpus"])
