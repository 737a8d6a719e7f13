"""Hydration: every unit found in any copy that has the words, and never a label on other words."""

import json
import zipfile
from pathlib import Path

import pytest

from alterations import HARMLESS, as_html
from conftest import BAKERY, press_articles
from fairweather.corpus.article import Article
from fairweather.corpus.canonical import canonical_words, words_sha256
from fairweather.corpus.extract import Document, Skipped, decode, read_documents, visible_text
from fairweather.corpus.hydrate import Search, hydrated_articles, keep, search_paths
from fairweather.corpus.standoff import LOCATED_KINDS, Copy, attach, detach
from fairweather.errors import FairweatherError


def hydrate_text(text: str, articles: list[Article], folder: Path, name: str = "copy.txt") -> Search:
    (folder / name).write_bytes(text.encode("utf-8"))
    return search_paths([folder / name], articles)


def assert_only_right_words(search: Search) -> None:
    """What was found hashes to what was labelled, unit by unit."""
    for article, finding in zip(search.articles, search.findings(), strict=True):
        if finding.origin:
            units = {unit.id: unit for unit in article.units}
            for unit_id, text in search.texts(article.id).items():
                assert words_sha256(canonical_words(text)) == units[unit_id].sha256


@pytest.mark.parametrize("name", HARMLESS)
def test_typography_and_furniture_lose_nothing(
    name: str, lighthouse: Article, standoff_pair: list[Article], tmp_path: Path
) -> None:
    assert lighthouse.text is not None
    search = hydrate_text(HARMLESS[name](lighthouse.text), standoff_pair, tmp_path)
    finding = search.findings()[0]
    assert (finding.coverage, finding.missing, finding.displaced) == (1.0, (), ())
    assert not search.findings()[1].found
    assert_only_right_words(search)


def test_two_articles_in_one_file(
    lighthouse: Article, bakery: Article, standoff_pair: list[Article], tmp_path: Path
) -> None:
    search = hydrate_text(f"{bakery.text}\n\n{lighthouse.text}", standoff_pair, tmp_path)
    assert [finding.coverage for finding in search.findings()] == [1.0, 1.0]


def test_a_missing_paragraph_is_listed(lighthouse: Article, standoff_pair: list[Article], tmp_path: Path) -> None:
    assert lighthouse.text is not None
    text = lighthouse.text.replace("- a lamp", "a lamp")
    gone = next(line for line in text.split("\n") if line.startswith("It’s a small thing"))
    search = hydrate_text(text.replace(gone, ""), standoff_pair, tmp_path)
    finding = search.findings()[0]
    lost = [unit.id for unit in lighthouse.sentences() if lighthouse.text[unit.start : unit.end] in gone]
    assert list(finding.missing) == lost
    assert finding.found


def test_an_edited_sentence_is_left_out(lighthouse: Article, standoff_pair: list[Article], tmp_path: Path) -> None:
    assert lighthouse.text is not None
    search = hydrate_text(lighthouse.text.replace("nobody answered", "somebody answered"), standoff_pair, tmp_path)
    finding = search.findings()[0]
    assert finding.missing == ("s001",)
    readable = attach(standoff_pair[0], search.texts(finding.article))
    assert "somebody" not in (readable.text or "")
    assert "s001" not in {unit.id for unit in readable.units}
    assert all("s001" not in passage.units for passage in readable.passages)
    assert_only_right_words(search)


def test_paragraphs_in_another_order_are_reported(
    lighthouse: Article, standoff_pair: list[Article], tmp_path: Path
) -> None:
    assert lighthouse.text is not None
    paragraphs = lighthouse.text.split("\n\n")
    moved = [*paragraphs[1:3], paragraphs[0], *paragraphs[3:]]
    moved[0], moved[-1] = moved[-1], moved[0]
    search = hydrate_text("\n\n".join(moved), standoff_pair, tmp_path)
    finding = search.findings()[0]
    assert finding.displaced
    assert finding.units == len(finding.missing) + len(finding.displaced) + len(search.texts(finding.article))
    assert_only_right_words(search)


def test_repeated_short_sentences_stay_in_place(lighthouse: Article, standoff_pair: list[Article]) -> None:
    """ "No replies." stands twice: each is found where it belongs, between its own neighbours."""
    assert lighthouse.text is not None
    location = Copy(lighthouse.text).locate(standoff_pair[0].units)
    for unit in lighthouse.units:
        if unit.kind in LOCATED_KINDS:
            start, end = location.spans[unit.id]
            assert (start, end) == (unit.start, unit.end) or lighthouse.text[start:end].strip("“”‘’.…- ") in (
                lighthouse.text[unit.start : unit.end]
            )
    assert location.spans["s004"][0] < location.spans["s007"][0]


def test_another_text_is_not_found(standoff_pair: list[Article], tmp_path: Path) -> None:
    search = hydrate_text("No replies. No lamps. Nothing else here is theirs.", standoff_pair, tmp_path)
    assert not any(finding.found for finding in search.findings())


def test_attach_gives_back_the_article(lighthouse: Article, standoff_pair: list[Article], tmp_path: Path) -> None:
    assert lighthouse.text is not None
    search = hydrate_text(lighthouse.text, standoff_pair, tmp_path)
    readable = attach(standoff_pair[0], search.texts(lighthouse.id))
    assert detach(readable).units == tuple(unit for unit in standoff_pair[0].units if unit.kind != "furniture")
    assert readable.passages == lighthouse.passages


def test_attach_refuses_other_words(lighthouse: Article, standoff_pair: list[Article], tmp_path: Path) -> None:
    assert lighthouse.text is not None
    texts = dict(hydrate_text(lighthouse.text, standoff_pair, tmp_path).texts(lighthouse.id))
    texts["s002"] = "Other words entirely."
    with pytest.raises(FairweatherError, match="s002 is not what was labelled"):
        attach(standoff_pair[0], texts)


def test_folders_zips_and_names_do_not_matter(
    lighthouse: Article, bakery: Article, standoff_pair: list[Article], tmp_path: Path
) -> None:
    folder = tmp_path / "copies"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "x.dat").write_text(lighthouse.text or "", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG\0\0\0")
    (folder / "nothing.txt").write_bytes(b"")
    (folder / ".hidden").write_text(bakery.text or "", encoding="utf-8")
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("a/b.htm", as_html(bakery.text or ""))
        archive.writestr("../../escape.txt", "no path of a zip is ever written")
    search = search_paths([folder], standoff_pair)
    assert [finding.coverage for finding in search.findings()] == [1.0, 1.0]
    assert search.findings()[1].origin.endswith("more.zip!a/b.htm")
    assert {skipped.reason.split(" (")[0] for skipped in search.skipped} == {"not text", "empty"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(
    encoding: str, lighthouse: Article, standoff_pair: list[Article], tmp_path: Path
) -> None:
    (tmp_path / "copy.txt").write_bytes((lighthouse.text or "").encode(encoding))
    assert search_paths([tmp_path / "copy.txt"], standoff_pair).findings()[0].coverage == 1.0


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("at", [2, 20, 45, 60, -30])
def test_a_broken_zip_is_reported_not_fatal(method: int, at: int, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", method) as archive:
        archive.writestr("a.txt", " ".join(f"word{n}" for n in range(400)))
        archive.writestr("b.txt", "whole")
    data = bytearray((tmp_path / "a.zip").read_bytes())
    data[at : at + 4] = b"\xff\xff\xff\xff"
    (tmp_path / "a.zip").write_bytes(bytes(data))
    for entry in read_documents(tmp_path / "a.zip"):
        assert isinstance(entry, (Skipped, Document))


def test_one_bad_member_does_not_lose_the_others(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", " ".join(f"word{n}" for n in range(400)))
        archive.writestr("b.txt", "whole")
    data = bytearray((tmp_path / "a.zip").read_bytes())
    data[60:80] = b"\xff" * 20
    (tmp_path / "a.zip").write_bytes(bytes(data))
    found = list(read_documents(tmp_path / "a.zip"))
    assert [type(entry) for entry in found] == [Skipped, Document]
    assert "cannot be unpacked" in getattr(found[0], "reason", "")


def test_a_truncated_zip_is_called_one(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "words " * 400)
    (tmp_path / "a.zip").write_bytes((tmp_path / "a.zip").read_bytes()[:500])
    assert "not a readable zip" in getattr(next(iter(read_documents(tmp_path / "a.zip"))), "reason", "")


def test_missing_path_names_it(tmp_path: Path) -> None:
    with pytest.raises(FairweatherError, match="no such file or folder"):
        list(read_documents(tmp_path / "nowhere"))


def test_visible_text_parts_blocks_and_joins_inline() -> None:
    page = "<nav>Menu</nav><p>A <b>bo</b>ld claim.<br>Next</p><script>x()</script><!-- gone --><p>End</p>"
    assert visible_text(page).split() == ["Menu", "A", "bold", "claim.", "Next", "End"]
    assert visible_text("") == ""


def test_decode_never_fails() -> None:
    assert decode(bytes(range(256)))[1] == "cp1252"


class TestKeeping:
    """What is written into the user's folder."""

    def test_better_copies_stay(
        self, standoff_pair: list[Article], lighthouse: Article, tmp_path: Path, home: Path
    ) -> None:
        text = lighthouse.text or ""
        written, kept = keep(hydrate_text(text, standoff_pair, tmp_path))
        assert [finding.article for finding in written] == ["press-lighthouse"]
        assert kept == []
        worse = text.replace("Three boats", "Two boats")
        written, kept = keep(hydrate_text(worse, standoff_pair, tmp_path))
        assert written == []
        assert [finding.article for finding in kept] == ["press-lighthouse"]
        record = json.loads((home / "hydrated" / "press" / "press-lighthouse.json").read_text(encoding="utf-8"))
        assert record["coverage"] == 1.0

    def test_a_better_copy_replaces_a_worse_one(
        self, standoff_pair: list[Article], lighthouse: Article, tmp_path: Path
    ) -> None:
        text = lighthouse.text or ""
        keep(hydrate_text(text.replace("Three boats", "Two boats"), standoff_pair, tmp_path))
        written, _ = keep(hydrate_text(text, standoff_pair, tmp_path))
        assert [(finding.coverage, finding.units) for finding in written] == [(1.0, 14)]

    @pytest.mark.parametrize(
        "record",
        [
            "{}",
            "[1]",
            '{"article": "press-lighthouse", "coverage": 1.0, "texts": {}}',
            '{"article": "press-lighthouse", "coverage": 1.0, "texts": {"s001": "Other words."}}',
            '{"article": "press-lighthouse", "coverage": 1.0, "texts": {"s001": 5}}',
            '{"article": "press-bakery", "coverage": 9, "texts": {"s001": "x"}}',
            '{"article": "press-lighthouse", "texts": {"s999": "x"}}',
            "not json",
        ],
    )
    def test_a_damaged_record_is_refused_and_then_repaired(
        self, record: str, standoff_pair: list[Article], lighthouse: Article, tmp_path: Path, home: Path
    ) -> None:
        path = home / "hydrated" / "press" / "press-lighthouse.json"
        path.parent.mkdir(parents=True)
        path.write_text(record, encoding="utf-8")
        with pytest.raises(FairweatherError):
            list(hydrated_articles(standoff_pair))
        (tmp_path / "elsewhere").mkdir()
        keep(hydrate_text(BAKERY, standoff_pair, tmp_path / "elsewhere"))
        report = json.loads((home / "hydrated" / "press-report.json").read_text(encoding="utf-8"))
        assert [row["found"] for row in report] == [False, True]
        path.write_text(record, encoding="utf-8")
        keep(hydrate_text(lighthouse.text or "", standoff_pair, tmp_path))
        assert [article.id for article in hydrated_articles(standoff_pair)] == ["press-lighthouse", "press-bakery"]

    def test_report_says_what_extracted_it(
        self, standoff_pair: list[Article], bakery: Article, tmp_path: Path, home: Path
    ) -> None:
        keep(hydrate_text(as_html(bakery.text or ""), standoff_pair, tmp_path, "page.html"))
        report = json.loads((home / "hydrated" / "press-report.json").read_text(encoding="utf-8"))
        assert [row["found"] for row in report] == [False, True]
        assert report[1]["extractor"] in ("trafilatura", "all visible text")


class TestRealPress:
    """The same on the four real articles, where copies of them are at hand."""

    def test_every_unit_is_found(self, press: Path) -> None:
        search = search_paths([press], press_articles())
        for finding in search.findings():
            assert (finding.article, finding.coverage, finding.missing) == (finding.article, 1.0, ())

    @pytest.mark.parametrize("name", HARMLESS)
    def test_alterations(self, name: str, press: Path, tmp_path: Path) -> None:
        for path in press.glob("*.txt"):
            (tmp_path / path.name).write_bytes(HARMLESS[name](path.read_text(encoding="utf-8")).encode("utf-8"))
        search = search_paths([tmp_path], press_articles())
        assert [finding.coverage for finding in search.findings()] == [1.0] * 4
        assert_only_right_words(search)

    def test_all_in_one_file(self, press: Path, tmp_path: Path) -> None:
        texts = [path.read_text(encoding="utf-8") for path in sorted(press.glob("*.txt"))]
        (tmp_path / "all.txt").write_text("\n\n".join(texts), encoding="utf-8")
        assert [f.coverage for f in search_paths([tmp_path], press_articles()).findings()] == [1.0] * 4
