"""Differences between two releases, on real articles with one thing changed at a time."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from fairweather.corpus.article import Article, read_article, write_article
from fairweather.errors import FairweatherError
from fairweather.release.diff import Change, diff_releases, diff_summary, read_release
from fairweather.resources import dataset_dir, resource_root


@pytest.fixture(scope="module")
def article() -> Article:
    return read_article(dataset_dir() / "corpus" / "open" / "open-0001.json")


def changes(old: Article, new: Article) -> list[Change]:
    return diff_releases({old.id: old}, {new.id: new})


def test_nothing_changed(article: Article) -> None:
    assert changes(article, article) == []


def test_one_change_in_each_layer(article: Article) -> None:
    unit, claim = next(iter(article.claims.items()))
    flipped = replace(claim, label="no_claim" if claim.label == "claim" else "claim")
    (found,) = changes(article, replace(article, claims={**article.claims, unit: flipped}))
    assert (found.kind, found.layer, found.record) == ("changed", "claims", f"open-0001/{unit}")
    (found,) = changes(article, replace(article, stance=article.stance[1:]))
    assert (found.kind, found.layer) == ("removed", "stance")
    assert article.summary is not None
    shorter = replace(article.summary, key_points=article.summary.key_points[:-1])
    (found,) = changes(replace(article, summary=shorter), article)
    assert (found.kind, found.layer) == ("added", "summary")
    (found,) = changes(article, replace(article, region="Elsewhere"))
    assert found.what.endswith("-> Elsewhere")
    for field, value in (("url", ("http://x.example",)), ("passages", article.passages[1:]), ("canary", None)):
        (found,) = changes(article, replace(article, **{field: value}))
        assert found.record == f"open-0001: {field}"


def test_lesser_fields_count_too(article: Article) -> None:
    unit = next(unit for unit, claim in article.claims.items() if claim.check_worthy is not None)
    claim = article.claims[unit]
    for changed in (
        replace(claim, check_worthy=not claim.check_worthy),
        replace(claim, note="because"),
        replace(claim, votes=dict(list(claim.votes.items())[1:])),
    ):
        (found,) = changes(article, replace(article, claims={**article.claims, unit: changed}))
        assert (found.kind, found.layer) == ("changed", "claims")
    item = article.stance[0]
    (found,) = changes(article, replace(article, stance=(replace(item, listed_by=("a99",)), *article.stance[1:])))
    assert "listed_by" in found.what
    assert article.summary is not None
    point = replace(article.summary.key_points[0], role="evidence", support=("s001",))
    points = (point, *article.summary.key_points[1:])
    (found,) = changes(article, replace(article, summary=replace(article.summary, key_points=points)))
    assert "support" in found.what


def test_renumbered_items_are_no_change(article: Article) -> None:
    renumbered = tuple(replace(item, id=f"t{900 + n}") for n, item in enumerate(article.stance))
    assert changes(article, replace(article, stance=renumbered)) == []


def test_the_script_reads_two_folders(article: Article, tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name / "corpus" / "open").mkdir(parents=True)
        shutil.copy(dataset_dir() / "corpus" / "open" / "open-0002.json", tmp_path / name / "corpus" / "open")
    write_article(article, tmp_path / "new" / "corpus" / "open" / "open-0001.json")
    script = resource_root() / "scripts" / "diff_release.py"
    command = [sys.executable, str(script), str(tmp_path / "old"), str(tmp_path / "new")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "added article: open/open-0001" in done.stdout
    assert diff_summary([Change("added", "article", "open-0001")]) in done.stdout


def test_a_folder_without_a_corpus(tmp_path: Path) -> None:
    with pytest.raises(FairweatherError, match="no corpus files"):
        read_release(tmp_path)
