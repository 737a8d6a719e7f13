"""The committed dataset: fresh, loadable in every way it is meant to be, and refused when it is tampered with."""

import json
import shutil
from pathlib import Path

import pytest
from datasets import ClassLabel, load_dataset

import fairweather
from conftest import press_articles
from fairweather.corpus.article import read_article
from fairweather.corpus.hydrate import keep, search_paths
from fairweather.data.export import export
from fairweather.data.gold import read_gold
from fairweather.data.load import available_splits, read_table
from fairweather.data.store import Store, open_store
from fairweather.errors import FairweatherError
from fairweather.release.build import build, stale_files, write_build
from fairweather.release.card import card_header, manifest_figures, refresh_figures
from fairweather.release.rows import config_names
from fairweather.release.tables import features
from fairweather.resources import dataset_dir, resource_root
from fairweather.tasks import get_task, task_names

OPEN = ("train", "validation", "test")


@pytest.fixture(scope="module")
def fresh() -> dict[str, bytes]:
    return build(dataset_dir())


def test_the_committed_build_is_fresh(fresh: dict[str, bytes]) -> None:
    assert stale_files(dataset_dir(), fresh) == []


def test_two_builds_are_byte_identical(fresh: dict[str, bytes]) -> None:
    assert build(dataset_dir()) == fresh


def test_a_changed_corpus_makes_the_build_stale(fresh: dict[str, bytes], tmp_path: Path) -> None:
    shutil.copytree(dataset_dir(), tmp_path / "d")
    path = sorted((tmp_path / "d" / "corpus" / "open").glob("*.json"))[0]
    path.write_text(path.read_text(encoding="utf-8").replace('"genre": "', '"genre": "new '), encoding="utf-8")
    files = build(tmp_path / "d")
    assert files["data/corpus/train.parquet"] != fresh["data/corpus/train.parquet"]
    assert "data/corpus/train.parquet" in stale_files(tmp_path / "d", files)
    write_build(tmp_path / "d", files)
    assert stale_files(tmp_path / "d", files) == []
    (tmp_path / "d" / "data" / "claims" / "extra.parquet").write_bytes(b"")
    assert stale_files(tmp_path / "d", files) == ["data/claims/extra.parquet"]


def test_documents_hold_the_figures_of_the_manifest() -> None:
    figures = manifest_figures(open_store().manifest)
    for name in ("DATASHEET.md", "dataset/README.md"):
        text = (resource_root() / name).read_text(encoding="utf-8")
        assert refresh_figures(text, figures) == text, f"{name} is stale: run scripts/build_dataset.py"
        assert "<!-- figures:" in text


def test_a_wrong_figure_in_a_document_is_noticed() -> None:
    figures = manifest_figures(open_store().manifest)
    text = (resource_root() / "DATASHEET.md").read_text(encoding="utf-8")
    alpha = open_store().manifest["agreement"]["open"]["claims: label"]["alpha"]
    assert f"{alpha:.3f}" in text
    assert refresh_figures(text.replace(f"{alpha:.3f}", "0.999", 1), figures) == text


@pytest.mark.parametrize("config", config_names())
def test_load_dataset_and_load_give_the_same_rows(config: str, tmp_path: Path) -> None:
    theirs = load_dataset(str(dataset_dir()), config, cache_dir=str(tmp_path))
    ours = fairweather.load(config)
    assert set(theirs) == set(ours) == set(OPEN)
    for split in OPEN:
        assert theirs[split].features == ours[split].features == features(config)
        assert theirs[split].to_list() == ours[split].to_list()
        assert len(ours[split]) == open_store().manifest["splits"][split][config]["rows"] > 0


def test_class_names_are_those_of_the_task_everywhere(tmp_path: Path) -> None:
    """A card that lists class names in another order than the parquet relabels rows without a word."""
    for name in ("stance", "claims"):
        labels = list(get_task(name).labels)
        loaded = load_dataset(str(dataset_dir()), name, split="test", cache_dir=str(tmp_path))
        assert isinstance(loaded.features["label"], ClassLabel)
        assert loaded.features["label"].names == labels
        gold = {item.id: item.label for item in read_gold(name, "test").items}
        assert {row["id"]: labels[row["label"]] for row in loaded} == gold
    shutil.copytree(dataset_dir(), tmp_path / "wrong")
    card = (tmp_path / "wrong" / "README.md").read_text(encoding="utf-8")
    swapped = card.replace("'0': claim\n", "'0': no_claim\n", 1).replace("'1': no_claim\n", "'1': claim\n", 1)
    assert swapped != card
    (tmp_path / "wrong" / "README.md").write_text(swapped, encoding="utf-8")
    relabelled = load_dataset(str(tmp_path / "wrong"), "claims", split="test", cache_dir=str(tmp_path / "c"))
    right = fairweather.load("claims", "test")
    assert [relabelled.features["label"].int2str(n) for n in relabelled["label"]] != [
        right.features["label"].int2str(n) for n in right["label"]
    ]
    assert card.startswith(card_header(open_store().manifest))
    assert not swapped.startswith(card_header(open_store().manifest))


def test_card_traps() -> None:
    """The version stands under configs, and no split sizes are given: `datasets` would check them and refuse."""
    header = card_header(open_store().manifest)
    assert header.count(f"version: {open_store().version}") == len(config_names())
    assert "num_examples" not in header
    assert "splits:" not in header


def test_unknown_names_list_the_valid_ones() -> None:
    with pytest.raises(FairweatherError, match="valid: stance, claims, summary, corpus"):
        fairweather.load("stanse")
    with pytest.raises(FairweatherError, match="valid: train, validation, test, press"):
        fairweather.load("stance", "dev")
    with pytest.raises(FairweatherError, match="valid: claims, stance, summary"):
        fairweather.get_task("nli")
    with pytest.raises(FairweatherError, match="no article 'open-9999'"):
        fairweather.load_article("open-9999")


def test_a_version_that_is_not_here_is_refused() -> None:
    assert len(fairweather.load("claims", "test", version=open_store().version)) > 0
    with pytest.raises(FairweatherError, match=r"version 9\.9\.9 of the data was asked for"):
        fairweather.load("claims", "test", version="9.9.9")


def test_press_that_is_not_hydrated_says_what_to_do() -> None:
    with pytest.raises(FairweatherError, match="fairweather hydrate PATH"):
        fairweather.load("claims", "press")
    assert available_splits("claims") == OPEN


@pytest.mark.parametrize("name", ["data/claims/test.parquet", "corpus/press/press-inkstick-2025.json"])
def test_tampered_files_are_named_with_both_hashes(name: str, tmp_path: Path) -> None:
    shutil.copytree(dataset_dir(), tmp_path / "d")
    store = open_store(tmp_path / "d")
    assert store.verified(name)
    path = tmp_path / "d" / name
    path.write_bytes(path.read_bytes() + b" ")
    expected = {**store.manifest["files"], **store.manifest["corpus"]}[name]["sha256"]
    with pytest.raises(FairweatherError, match=f"expected sha256 {expected}") as caught:
        store.verified(name)
    assert str(path) in str(caught.value)
    assert "found    sha256" in str(caught.value)


def test_gold_has_every_item_without_any_text() -> None:
    for task in task_names():
        gold = read_gold(task, "press")
        assert len({item.article for item in gold.items}) == 4
        assert len(set(gold.ids)) == len(gold.ids)


def test_a_manifest_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("[]")
    with pytest.raises(FairweatherError, match="not a manifest"):
        open_store(tmp_path)


@pytest.mark.parametrize("name", ["tasks/claims/task.toml", "dataset/targets.json"])
def test_definitions_are_part_of_the_release(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A label list in another order, or another target, would change scores under an unchanged signature."""
    for folder in ("dataset", "tasks"):
        shutil.copytree(resource_root() / folder, tmp_path / folder)
    path = tmp_path / name
    path.write_bytes(path.read_bytes() + b"\n")
    monkeypatch.setattr("fairweather.data.store.tasks_dir", lambda: tmp_path / "tasks")
    assert any(str(path) in line for line in open_store(tmp_path / "dataset").problems())
    changed = open_store(tmp_path / "dataset")
    monkeypatch.setattr("fairweather.data.gold.open_store", lambda: changed)
    with pytest.raises(FairweatherError, match="is not the released file"):
        read_gold("claims" if "claims" in name else "stance", "press")
    with pytest.raises(FairweatherError, match="is not the released file"):
        read_table(changed, "stance", "press")


class TestHydrated:
    """Press after hydration, on real copies."""

    @pytest.fixture(autouse=True)
    def hydrated(self, press: Path) -> None:
        written, _ = keep(search_paths([press], press_articles()))
        assert [finding.coverage for finding in written] == [1.0] * 4

    @pytest.mark.parametrize("config", config_names())
    def test_every_config_has_all_four_articles(self, config: str) -> None:
        rows = fairweather.load(config, "press").to_list()
        assert len({row.get("article_id", row["id"]) for row in rows}) == 4
        assert len(rows) == open_store().manifest["splits"]["press"][config]["rows"]

    def test_rows_match_the_gold_without_text(self) -> None:
        for task in task_names():
            assert [row["id"] for row in fairweather.load(task, "press")] == read_gold(task, "press").ids

    def test_an_exported_folder_loads(self, tmp_path: Path) -> None:
        export(tmp_path / "mine")
        for config in config_names():
            press = load_dataset(str(tmp_path / "mine"), config, split="press", cache_dir=str(tmp_path / "c"))
            assert press.to_list() == fairweather.load(config, "press").to_list()
            train = load_dataset(str(tmp_path / "mine"), config, split="train", cache_dir=str(tmp_path / "c"))
            assert train.to_list() == fairweather.load(config, "train").to_list()
        with pytest.raises(FairweatherError, match="exists and is not empty"):
            export(tmp_path / "mine")

    def test_a_changed_hydrated_text_is_refused(self, home: Path) -> None:
        path = home / "hydrated" / "press" / "press-inkstick-2025.json"
        record = json.loads(path.read_text(encoding="utf-8"))
        record["texts"]["s001"] = "Something else was never labelled."
        path.write_text(json.dumps(record), encoding="utf-8")
        with pytest.raises(FairweatherError, match="s001 is not what was labelled"):
            fairweather.load("claims", "press")

    def test_partial_copies_leave_out_what_they_lack(self, home: Path) -> None:
        path = home / "hydrated" / "press" / "press-politico-2025.json"
        record = json.loads(path.read_text(encoding="utf-8"))
        sentence = {row["id"]: row["sentence"] for row in fairweather.load("claims", "press")}
        assert sentence["press-politico-2025/s010"] == " ".join(record["texts"].pop("s010").split())
        path.write_text(json.dumps(record), encoding="utf-8")
        ids = set(fairweather.load("claims", "press")["id"])
        assert "press-politico-2025/s010" not in ids
        context = {row["id"]: row["context"] for row in fairweather.load("claims", "press")}
        assert context["press-politico-2025/s011"] == ""
        assert context["press-politico-2025/s012"] == sentence["press-politico-2025/s011"]
        stance = fairweather.load("stance", "press").to_list()
        here = [row for row in stance if row["article_id"] == "press-politico-2025"]
        assert here
        assert all(row["level"] == "passage" for row in here)
        assert "press-politico-2025" not in set(fairweather.load("summary", "press")["id"])
        assert "press-politico-2025/s010" in read_gold("claims", "press").ids


def test_export_of_the_open_splits(tmp_path: Path) -> None:
    assert export(tmp_path / "open") == {}
    loaded = load_dataset(str(tmp_path / "open"), "stance", cache_dir=str(tmp_path / "c"))
    assert set(loaded) == set(OPEN)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("kept")
    with pytest.raises(FairweatherError, match="not empty"):
        export(tmp_path / "full")
    assert (tmp_path / "full" / "x").read_text() == "kept"


def test_an_interrupted_export_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "verified", interrupted)
    with pytest.raises(KeyboardInterrupt):
        export(tmp_path / "mine")
    assert list(tmp_path.iterdir()) == [] or [p.name for p in tmp_path.iterdir()] == ["home"]


def test_articles_can_be_read_with_all_layers() -> None:
    article = fairweather.load_article("open-0001")
    assert article.summary is not None
    assert article == read_article(dataset_dir() / "corpus" / "open" / "open-0001.json")
    assert len(list(fairweather.load_articles())) == len(open_store().manifest["corpus"])
