"""`fairweather curate extract`, `references` and `accept`: an article's first step from HTML, and its last ones."""

from pathlib import Path

import click

from fairweather.corpus.acceptance import accept as take_in
from fairweather.corpus.acceptance import with_references
from fairweather.corpus.article import read_article, write_article
from fairweather.corpus.extract import decode, marked_text
from fairweather.files import read_bytes, read_json
from fairweather.resources import dataset_dir

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("page", type=FILE)
def extract(page: Path) -> None:
    """Print the article of PAGE, an HTML file, as marked text; read it through and put it right before `intake`.

    \b
    Example: fairweather curate extract page.html > piece.txt
    """
    click.echo(marked_text(decode(read_bytes(page))[0]), nl=False)


@click.command()
@click.argument("article", type=FILE)
@click.argument("summary", type=FILE)
def references(article: Path, summary: Path) -> None:
    """Write the abstracts, tldrs and key points of SUMMARY, a JSON file, into ARTICLE.

    \b
    Example: fairweather curate references drafts/my-piece.json my-piece-summary.json
    """
    draft = with_references(read_article(article), read_json(summary), str(summary))
    write_article(draft, article)
    click.echo(f"{article}: {len(draft.summary.key_points) if draft.summary else 0} key points")


@click.command()
@click.argument("articles", nargs=-1, required=True, type=FILE)
@click.option("--replace", "replacing", is_flag=True, help="Put a draft in the place of an article that is there.")
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, file_okay=False),
    help="The corpus folder (by default that of this checkout).",
)
def accept(articles: tuple[Path, ...], replacing: bool, corpus: Path | None) -> None:
    """Validate finished ARTICLES and write them into the corpus, stand-off ones without their text.

    \b
    Example: fairweather curate accept drafts/my-piece.json
    """
    drafts = [read_article(path) for path in articles]
    for path in take_in(drafts, corpus or dataset_dir() / "corpus", replacing=replacing):
        click.echo(f"accepted: {path}")
