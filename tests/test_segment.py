"""Segmentation: boundaries, kinds and passages."""

import pytest

from conftest import LIGHTHOUSE, make_article
from fairweather.corpus.article import after_gaps
from fairweather.corpus.segment import lay_out, make_passages, parse_marked, split_sentences
from fairweather.errors import FairweatherError


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. left. Gen. Smith stayed.", ["The U.S. left.", "Gen. Smith stayed."]),
        ("1. Pay. 2. Then ask.", ["1. Pay.", "2. Then ask."]),
        ("Was it lawful? (R.L., Gatineau)", ["Was it lawful? (R.L., Gatineau)"]),
        ("“We part,” he said. “But we part.”", ["“We part,” he said.", "“But we part.”"]),
        ("Élan… ça va? 5% of GDP.", ["Élan… ça va?", "5% of GDP."]),
        ("(a) One moved. Two stayed (b). Three.", ["(a) One moved.", "Two stayed (b).", "Three."]),
        ("   ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_offsets_are_code_points_of_the_text() -> None:
    article = make_article(LIGHTHOUSE, "press-x")
    assert article.text is not None
    texts = {unit.id: article.text[unit.start : unit.end] for unit in article.units}
    assert texts["h01"] == "What the Board Wanted"
    assert texts["f01"] == "By a Keeper, 3 May"
    assert texts["s004"] == "No replies."
    assert [unit.kind for unit in article.units].count("furniture") == 2


def test_one_liners_join_and_never_cross_a_heading() -> None:
    article = make_article(LIGHTHOUSE, "press-x")
    assert [passage.heading for passage in article.passages] == [None, "h01"]
    units = [unit for passage in article.passages for unit in passage.units]
    assert units == [unit.id for unit in article.sentences()]


def test_long_paragraphs_stand_alone() -> None:
    long = "Word " * 45 + "end."
    text, units = lay_out(parse_marked(f"# T\nShort one.\n{long}\nShort two.\nShort three.", "t"))
    assert [len(p.units) for p in make_passages(text, units)] == [1, 1, 2]


def test_one_liners_stop_at_about_120_words() -> None:
    line = " ".join(["word"] * 30) + "."
    text, units = lay_out(parse_marked("# T\n" + "\n".join([line] * 5), "t"))
    assert [len(p.units) for p in make_passages(text, units)] == [4, 1]


def test_nothing_is_joined_across_a_gap() -> None:
    text, units = lay_out(parse_marked("# T\nShort one.\nShort two.\n[...]\nShort three.", "t"))
    assert [len(p.units) for p in make_passages(text, units)] == [2, 1]
    assert after_gaps(units) == {"s003"}
    assert "[...]" not in text


def test_furniture_between_lines_is_no_gap() -> None:
    text, units = lay_out(parse_marked("# T\nShort one.\n! Read more\nShort two.", "t"))
    assert [len(p.units) for p in make_passages(text, units)] == [2]
    assert after_gaps(units) == set()


@pytest.mark.parametrize("text", ["", "no title\nbody.", "# A\n# B\nbody.", "# Only a title", "# A\n! furniture"])
def test_malformed_marking_is_refused(text: str) -> None:
    with pytest.raises(FairweatherError):
        parse_marked(text, "x.txt")
