"""What a blind annotator is shown, and the tab-separated file that comes back.

A sheet shows text and ids and nothing else: no title, outlet, commission, or anybody's vote.
"""

from dataclasses import dataclass
from pathlib import Path

from fairweather.corpus.article import ARTICLE_LEVEL, Article
from fairweather.corpus.reference import Target
from fairweather.errors import FairweatherError, ProblemsError
from fairweather.files import read_bytes

COLUMNS = {
    "claims": ("article", "unit", "label", "kinds", "check_worthy", "voice"),
    "stance-list": ("article", "passage", "holder", "target"),
    "stance-label": ("article", "item", "label", "none_kind"),
}
# An adjudicator's file has one column more.
NOTE = "note"


def passage_text(article: Article, passage_id: str) -> str:
    """A passage's sentences as running text."""
    passage = next(p for p in article.passages if p.id == passage_id)
    return " ".join(article.text_of(article.unit(unit)) for unit in passage.units)


def _heading(article: Article, heading: str | None) -> str:
    return f"   [heading: {article.text_of(article.unit(heading))}]" if heading else ""


def claims_sheet(article: Article) -> str:
    """Every sentence with its id, passage by passage, headings as context."""
    lines = [f"=== article {article.id}"]
    for passage in article.passages:
        lines.append(f"-- {passage.id}{_heading(article, passage.heading)}")
        lines += [f"{unit}\t{article.text_of(article.unit(unit))}" for unit in passage.units]
    return "\n".join(lines) + "\n"


def passages_sheet(article: Article) -> str:
    """Every passage with its id and heading, for listing who takes sides on what."""
    lines = [f"=== article {article.id}"]
    for passage in article.passages:
        lines.append(f"-- {passage.id}{_heading(article, passage.heading)}")
        lines.append(passage_text(article, passage.id))
    return "\n".join(lines) + "\n"


def items_sheet(article: Article, targets: dict[str, Target]) -> str:
    """Every passage with the (holder, proposition) items to label under it; the whole article's items last."""
    lines = [f"=== article {article.id}"]
    for passage in article.passages:
        items = [item for item in article.stance if item.passage == passage.id]
        if items:
            lines.append(f"-- {passage.id}{_heading(article, passage.heading)}")
            lines.append(passage_text(article, passage.id))
            lines += [f"   {item.id}\t{item.holder}\t{targets[item.target].proposition}" for item in items]
    whole = [item for item in article.stance if item.passage == ARTICLE_LEVEL]
    if whole:
        lines.append("-- the author, over the whole article")
        lines += [f"   {item.id}\t{item.holder}\t{targets[item.target].proposition}" for item in whole]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class VoteRow:
    """One line of an annotator's file."""

    line: int
    values: dict[str, str]


def read_votes(path: Path, layer: str, *, with_note: bool = False) -> list[VoteRow]:
    """Read an annotator's tab-separated file, or with `with_note` an adjudicator's; malformed lines come all at once.

    Raises ProblemsError naming the lines.
    """
    columns = (*COLUMNS[layer], NOTE) if with_note else COLUMNS[layer]
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FairweatherError(f"{path}: not UTF-8 at byte {error.start}", remedy="save the file as UTF-8") from error
    rows, problems = [], []
    for number, line in enumerate(text.split("\n"), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not line.strip() or cells[0] == columns[0]:
            continue
        if len(cells) != len(columns):
            problems.append(f"line {number}: {len(cells)} columns, expected {len(columns)}")
        else:
            rows.append(VoteRow(number, dict(zip(columns, cells, strict=True))))
    if problems:
        raise ProblemsError(str(path), problems, remedy="columns, tab-separated: " + ", ".join(columns))
    return rows
