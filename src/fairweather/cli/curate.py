"""`fairweather curate`: from a text to a labelled corpus file, step by step."""

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from fairweather.cli.accept import accept, extract, references
from fairweather.cli.review import sample, score
from fairweather.cli.show import print_json, print_table
from fairweather.corpus.agreement import LAYERS, measure_agreement
from fairweather.corpus.article import Article, read_article, write_article
from fairweather.corpus.disputes import claim_disputes, stance_disputes
from fairweather.corpus.intake import bring_in
from fairweather.corpus.listing import add_sampled, limit_bystanders, merge_lists
from fairweather.corpus.reference import get_targets
from fairweather.corpus.sheets import VoteRow, claims_sheet, items_sheet, passages_sheet
from fairweather.corpus.validate import corpus_files
from fairweather.corpus.votes import (
    Ruling,
    apply_claim_votes,
    apply_stance_votes,
    claim_vote,
    read_checked_votes,
    read_list,
    read_rulings,
    stance_vote,
)
from fairweather.errors import FairweatherError
from fairweather.files import read_bytes, read_json
from fairweather.release.card import AGREEMENT_HEADER, agreement_cells

ARTICLE = click.Path(path_type=Path, exists=True, dir_okay=False)
VOTES = "ANNOTATOR=FILE"


@click.group()
def curate() -> None:
    """Bring articles in, prepare blind sheets, collect votes and rulings, measure agreement.

    \b
    Example: fairweather curate intake piece.txt --description piece.json --out drafts
             fairweather curate sheet claims drafts/my-piece.json > sheet.txt
    """


@curate.command()
@click.argument("marked", type=ARTICLE)
@click.option("--description", required=True, type=ARTICLE, help="JSON: id, source, genre, outlet, region, episode.")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder for the draft.")
def intake(marked: Path, description: Path, out: Path) -> None:
    """Segment MARKED, a text with `# ` title, `## ` headings, `! ` furniture and `- ` bullets, into a draft.

    \b
    Example: fairweather curate intake piece.txt --description piece.json --out drafts
    """
    try:
        text = read_bytes(marked).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FairweatherError(f"{marked}: not UTF-8 at byte {error.start}", remedy="save as UTF-8") from error
    article = bring_in(text, read_json(description), str(marked))
    path = out / f"{article.id}.json"
    if path.exists():
        raise FairweatherError(f"{path} exists", remedy="give another folder, or remove the old draft yourself")
    write_article(article, path)
    click.echo(f"{path}: {sum(1 for _ in article.sentences())} sentences, {len(article.passages)} passages")


_SHEETS: dict[str, Callable[[Article], str]] = {
    "claims": claims_sheet,
    "stance-list": passages_sheet,
    "stance-label": lambda article: items_sheet(article, get_targets()),
}


@curate.command()
@click.argument("layer", type=click.Choice(list(_SHEETS)))
@click.argument("articles", nargs=-1, required=True, type=ARTICLE)
def sheet(layer: str, articles: tuple[Path, ...]) -> None:
    """Print what a blind annotator of LAYER is shown: text and ids, nothing else.

    The annotator's file has one tab-separated line an item, without a header:

    \b
      claims:        article unit label kinds check_worthy voice
      stance-list:   article passage holder target
      stance-label:  article item label none_kind

    with `-` where a column does not apply. An adjudicator's file has one column more, the note.

    \b
    Example: fairweather curate sheet claims drafts/my-piece.json
    """
    for path in articles:
        click.echo(_SHEETS[layer](read_article(path)), nl=False)


_KEY = {"claims": "unit", "stance-label": "item"}


def _named(votes: tuple[str, ...]) -> dict[str, Path]:
    found = {}
    for entry in votes:
        annotator, found_sign, path = entry.partition("=")
        if not found_sign or not annotator:
            raise FairweatherError(f"{entry!r} is not {VOTES}", remedy="name the annotator, as in a01=votes.tsv")
        if annotator in found:
            raise FairweatherError(f"two files for annotator {annotator}", remedy="one file an annotator and layer")
        found[annotator] = Path(path)
    return found


@curate.command("list")
@click.argument("article", type=ARTICLE)
@click.option("--votes", multiple=True, required=True, metavar=VOTES, help="One annotator's list of stance items.")
def list_items(article: Path, votes: tuple[str, ...]) -> None:
    """Write the union of listed stance items, and two sampled ones, into ARTICLE.

    \b
    Example: fairweather curate list drafts/my-piece.json --votes a01=list-a01.tsv --votes a02=list-a02.tsv
    """
    draft = read_article(article)
    if any(item.votes for item in draft.stance):
        raise FairweatherError(f"{article} has labelled stance items", remedy="start from a draft without them")
    lists = {
        who: [(row.values["passage"], row.values["holder"], row.values["target"]) for row in read_list(path, draft)]
        for who, path in _named(votes).items()
    }
    listed = add_sampled(merge_lists(draft, lists), get_targets())
    write_article(listed, article)
    click.echo(f"{article}: {len(listed.stance)} stance items")


def _of_article(rows: list[VoteRow], article_id: str, key: str) -> dict[str, Mapping[str, str]]:
    return {row.values[key]: row.values for row in rows if row.values["article"] == article_id}


@curate.command()
@click.argument("layer", type=click.Choice(["claims", "stance-label"]))
@click.argument("articles", nargs=-1, required=True, type=ARTICLE)
@click.option("--votes", multiple=True, required=True, metavar=VOTES, help="One annotator's votes.")
@click.option("--rulings", type=ARTICLE, help="The adjudicator's file: a votes file with a note as last column.")
def collect(layer: str, articles: tuple[Path, ...], votes: tuple[str, ...], rulings: Path | None) -> None:
    """Write votes and rulings into ARTICLES; exit code 1 while items still need a ruling.

    \b
    Example: fairweather curate collect claims drafts/*.json --votes a01=a.tsv --votes a02=b.tsv --votes a03=c.tsv
    """
    drafts = {path: read_article(path) for path in articles}
    expected = {draft.id: _item_ids(layer, draft) for draft in drafts.values()}
    cast = {who: read_checked_votes(path, layer, expected) for who, path in _named(votes).items()}
    ruled = read_rulings(rulings, layer, expected) if rulings else []
    waiting = 0
    for path, draft in drafts.items():
        labelled, open_items = _apply(layer, draft, cast, ruled)
        if open_items:
            click.echo(f"{path}: needs a ruling: {' '.join(open_items)}", err=True)
            waiting += len(open_items)
        write_article(labelled, path)
    click.echo(f"{len(drafts)} articles, {waiting} items need a ruling")
    if waiting:
        raise click.exceptions.Exit(1)


@curate.command()
@click.argument("layer", type=click.Choice(["claims", "stance-label"]))
@click.argument("articles", nargs=-1, required=True, type=ARTICLE)
@click.option("--votes", multiple=True, required=True, metavar=VOTES, help="One annotator's votes.")
def adjudicate(layer: str, articles: tuple[Path, ...], votes: tuple[str, ...]) -> None:
    """Print what an adjudicator of LAYER is shown: every item the votes do not settle, votes without names.

    The adjudicator's file has the annotators' columns and one more, a line saying why; give it to
    `fairweather curate collect` with `--rulings`.

    \b
    Example: fairweather curate adjudicate claims drafts/*.json --votes a01=a.tsv --votes a02=b.tsv --votes a03=c.tsv
    """
    drafts = [read_article(path) for path in articles]
    expected = {draft.id: _item_ids(layer, draft) for draft in drafts}
    cast = {who: read_checked_votes(path, layer, expected) for who, path in _named(votes).items()}
    for draft in drafts:
        rows = {who: _of_article(found, draft.id, _KEY[layer]) for who, found in cast.items()}
        items = _item_ids(layer, draft)
        if layer == "claims":
            lines = claim_disputes(draft, {i: {who: claim_vote(rows[who][i]) for who in rows} for i in items})
        else:
            ballots = {i: {who: stance_vote(rows[who][i]) for who in rows} for i in items}
            lines = stance_disputes(draft, ballots, get_targets())
        for line in lines:
            click.echo(line)


def _item_ids(layer: str, article: Article) -> list[str]:
    if layer == "claims":
        return [unit.id for unit in article.sentences()]
    return [item.id for item in article.stance]


def _apply(
    layer: str, article: Article, cast: Mapping[str, list[VoteRow]], ruled: list[VoteRow]
) -> tuple[Article, list[str]]:
    votes = {who: _of_article(rows, article.id, _KEY[layer]) for who, rows in cast.items()}
    rulings = _of_article(ruled, article.id, _KEY[layer])
    items = _item_ids(layer, article)
    if layer == "claims":
        return apply_claim_votes(
            article,
            {item: {who: claim_vote(votes[who][item]) for who in votes} for item in items},
            {item: Ruling(claim_vote(row), row["note"]) for item, row in rulings.items()},
        )
    labelled, open_items = apply_stance_votes(
        article,
        {item: {who: stance_vote(votes[who][item]) for who in votes} for item in items},
        {item: Ruling(stance_vote(row), row["note"]) for item, row in rulings.items()},
    )
    return labelled if open_items else limit_bystanders(labelled), open_items


@curate.command()
@click.argument("articles", nargs=-1, type=ARTICLE)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def agreement(articles: tuple[Path, ...], as_json: bool) -> None:
    """Krippendorff's alpha of every layer over ARTICLES (by default the corpus), source by source, with intervals.

    \b
    Example: fairweather curate agreement drafts/*.json
    """
    read = [read_article(path) for path in articles or corpus_files()]
    measured = [
        (source, found)
        for source in dict.fromkeys(article.source for article in read)
        for layer in LAYERS
        if (found := measure_agreement(layer, [a for a in read if a.source == source])) is not None
    ]
    if as_json:
        print_json([{"source": source, **vars(entry)} for source, entry in measured])
        return
    rows = [agreement_cells(source, entry.layer, vars(entry)) for source, entry in measured]
    print_table("agreement", AGREEMENT_HEADER, rows)


curate.add_command(sample)
curate.add_command(score)
curate.add_command(extract)
curate.add_command(references)
curate.add_command(accept)
