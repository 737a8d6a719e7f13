"""`fairweather hydrate`, `fairweather export` and `fairweather export-votes`."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from fairweather.cli.show import print_json, print_table, progress
from fairweather.corpus.article import Article
from fairweather.corpus.attempt import Attempt
from fairweather.corpus.download import Archive, downloaded
from fairweather.corpus.hydrate import Finding, Search, hydrated_path, keep, search_paths, standoff_sources
from fairweather.corpus.reference import get_sources
from fairweather.corpus.standoff import FOUND_SHARE
from fairweather.data.load import shipped_articles
from fairweather.data.store import open_store
from fairweather.errors import FairweatherError, unknown_name
from fairweather.resources import home_dir


def _articles(source: str | None) -> list[Article]:
    """Stand-off articles, verified against the manifest, without their text."""
    if source is not None and source not in standoff_sources():
        raise unknown_name("stand-off source", source, standoff_sources())
    store = open_store()
    return [a for name in ([source] if source else standoff_sources()) for a in shipped_articles(store, name)]


def _report(findings: list[Finding], search: Search) -> None:
    rows = [
        (
            finding.article,
            f"{finding.coverage:.1%}",
            f"{finding.units - len(finding.missing) - len(finding.displaced)} of {finding.units}",
            "found" if finding.found else "not found",
            finding.extractor or "–",
        )
        for finding in findings
    ]
    print_table("hydration", ["article", "coverage", "units", "", "extracted by"], rows)
    for finding in findings:
        click.echo("\n".join(_lost(finding)), nl=bool(_lost(finding)))


def _lost(finding: Finding) -> list[str]:
    """Which units of an article a copy lacks; nothing of an article of which no unit was seen."""
    if not finding.coverage:
        return []
    kinds = (("not found", finding.missing), ("found out of order", finding.displaced))
    return [f"{finding.article}: {what}, left out: {' '.join(units)}" for what, units in kinds if units]


def _report_skipped(search: Search) -> None:
    for skipped in search.skipped:
        click.echo(f"skipped {skipped.origin}: {skipped.reason}", err=True)


def _nothing_found(search: Search, where: str) -> FairweatherError:
    lines = [f"  {finding.article}: {finding.title}: {finding.coverage:.0%} of units" for finding in search.findings()]
    lines += [f"  {line}" for finding in search.findings() for line in _lost(finding)]
    return FairweatherError(
        f"no article found in {where} ({search.looked_at} readable documents; {FOUND_SHARE:.0%} of an article's units "
        "make it found). Looked for:\n" + "\n".join(lines),
        remedy="give a text or HTML copy, a folder of copies, or a zip; file names do not matter",
    )


def _finish(search: Search, where: str, as_json: bool) -> None:
    findings = search.findings()
    _report_skipped(search)
    if not any(finding.found for finding in findings):
        raise _nothing_found(search, where)
    written, kept = keep(search)
    if as_json:
        print_json([asdict(finding) for finding in findings])
        return
    _report(findings, search)
    for finding in kept:
        click.echo(f"{finding.article}: a better copy was there already and stays")
    click.echo(f"{len(written)} articles written, {len(kept)} left as they were, in {home_dir() / 'hydrated'}")


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--fetch", "source", metavar="SOURCE", help="Fetch SOURCE (press, addresses) from where it is published.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def hydrate(paths: tuple[Path, ...], source: str | None, as_json: bool) -> None:
    """Find the text of stand-off articles in PATHS (files, folders, zips) and keep it in your own folder.

    Labels are matched by hashes of words: quote style, dashes, line breaks and what stands between paragraphs do not
    matter, and no label is ever put on other words. Every unit that is not found is listed.

    \b
    Example: fairweather hydrate ~/saved-articles
             fairweather hydrate ~/nltk_data/corpora/state_union.zip
             fairweather hydrate --fetch press
    """
    if source is not None and paths:
        raise FairweatherError("PATHS and --fetch exclude each other", remedy="give the one or the other")
    if source is not None:
        _fetch(source, as_json)
        return
    if not paths:
        raise FairweatherError("nothing to look in", remedy="give files, folders or zips, or --fetch SOURCE")
    articles = _articles(None)
    with progress("looking", None) as advance:
        search = search_paths(paths, articles, lambda document: advance(Path(document.origin).name))
    _finish(search, ", ".join(map(str, paths)), as_json)


def _fetch(source: str, as_json: bool) -> None:
    articles = _articles(source)
    archive = get_sources()[source].archive
    search, attempts = _fetch_pages(source, articles) if archive is None else _fetch_archive(archive, articles)
    for attempt in attempts:
        click.echo(f"{attempt.wanted}: {attempt.url}: {attempt.outcome}", err=True)
    findings = search.findings()
    lost = [finding for finding in findings if not finding.found]
    if len(lost) == len(findings):
        raise FairweatherError(
            f"none of the {len(findings)} articles could be fetched",
            remedy="open the addresses above in a browser, save them as text or HTML (or zip) into one folder, and run "
            "`fairweather hydrate FOLDER`",
        )
    _finish(search, "what was fetched", as_json)
    by_id = {article.id: article for article in articles}
    names = ", ".join(f.article for f in lost if not hydrated_path(by_id[f.article]).exists())
    if names:
        click.echo(f"not fetched: {names}; save these pages yourself and run `fairweather hydrate FOLDER`", err=True)
        raise click.exceptions.Exit(1)


def _fetch_pages(source: str, articles: list[Article]) -> tuple[Search, Sequence[Attempt]]:
    from fairweather.corpus.fetch import fetch

    with progress(f"fetching {source}", len(articles)) as advance:
        return fetch(articles, lambda article: advance(article.id))


def _fetch_archive(archive: Archive, articles: list[Article]) -> tuple[Search, Sequence[Attempt]]:
    name = archive.urls[0].rpartition("/")[2]
    with (
        progress(f"fetching {name}", None) as advance,
        downloaded(archive, name, lambda size: advance(f"{size:,} bytes")) as (path, attempts),
    ):
        paths = [path] if path is not None else []
        return search_paths(paths, articles, lambda document: advance(Path(document.origin).name)), attempts


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def export(folder: Path) -> None:
    """Write the dataset, hydrated splits included, into FOLDER, for `load_dataset(FOLDER, "claims", split="press")`.

    \b
    Example: fairweather export ~/fairweather-with-press
    """
    from fairweather.data.export import export as write

    hydrated = write(folder)
    for split, configs in hydrated.items():
        click.echo(f"{split}: {', '.join(configs)}")
    if not hydrated:
        click.echo("nothing is hydrated: the folder holds the open splits only", err=True)
    click.echo(f"exported to {folder}; it holds text of others when hydrated, so keep it to yourself")


@click.command("export-votes")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export_votes(folder: Path) -> None:
    """Write every annotator's vote and the soft labels into FOLDER, as JSON in the form of the LeWiDi shared tasks.

    \b
    Example: fairweather export-votes ~/fairweather-votes
    """
    from fairweather.data.lewidi import export_votes as write

    for name, items in write(folder).items():
        click.echo(f"{folder / name}: {items} items")
    click.echo("hydrated splits hold text of others: keep those files to yourself")
