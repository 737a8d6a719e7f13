"""Audit the dataset: leakage, variety, balance, annotation, artefacts. Writes a page to read and a JSON beside it.

Run from a checkout: `python scripts/audit_dataset.py`. Exit code 1 when a property that must hold is broken. Hydrated
sources are compared with the open articles; without them those comparisons are left out, and said to be.
"""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from fairweather.cli.show import progress
from fairweather.data.load import load_articles
from fairweather.data.store import open_store
from fairweather.errors import FairweatherError
from fairweather.files import write_json, write_text
from fairweather.leaderboard.bench import Bench, plan
from fairweather.leaderboard.systems import get_systems
from fairweather.release.audit import ARTEFACT_LIMITS, SECTIONS, Check, artefacts, none
from fairweather.release.audit_page import audit_page
from fairweather.release.canary import files_without_canary
from fairweather.release.origin import tell_apart
from fairweather.release.variety import style
from fairweather.resources import dataset_dir


def _artefact_scores() -> dict[tuple[str, str], float]:
    """Macro-F1 on test of each artefact baseline that has a limit."""
    bench, scores = Bench(), {}
    for task, name in ARTEFACT_LIMITS:
        for job in plan(get_systems([name]), [task]):
            if job.split == "test":
                scores[task, name] = bench.run(job).result.scores["macro_f1"].value
    return scores


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("runs/audit"), show_default=True)
def main(out: Path) -> None:
    """Audit the dataset and write `audit.html` and `audit.json` into a folder."""
    articles = {name: [a for a in load_articles(name) if a.text] for name in open_store().manifest["sources"]}
    written = articles.pop("open")
    sections: dict[str, list[Check]] = {}
    with progress("audit", len(SECTIONS) + 2) as advance:
        for title, measure in SECTIONS.items():
            advance(title)
            sections[title] = measure(written)
        sections["Canary"] = [none("shipped files without the canary", list(files_without_canary(dataset_dir())))]
        advance("Artefacts")
        sections["Artefacts"] = artefacts(_artefact_scores())
        advance("Style")
        styles = {name: found for name, own in {"open": written, **articles}.items() if (found := style(own))}
        told = {name: found for name, own in articles.items() if own and (found := tell_apart(written, own))}
    write_text(out / "audit.html", audit_page(open_store().manifest["version"], sections, styles, told))
    write_json(
        out / "audit.json",
        {
            "sections": {title: [asdict(check) for check in checks] for title, checks in sections.items()},
            "style": {name: asdict(found) for name, found in styles.items()},
            "told_apart": {name: asdict(found) for name, found in told.items()},
        },
    )
    broken = [check for checks in sections.values() for check in checks if check.must and not check.holds]
    for check in broken:
        click.echo(f"broken: {check.name}: {check.measured}, wanted {check.wanted}", err=True)
        for line in check.worst:
            click.echo(f"  {line}", err=True)
    missing = [name for name, own in articles.items() if not own]
    if missing:
        click.echo(f"not hydrated, so not compared with: {', '.join(missing)}")
    aims = sum(not check.must and not check.holds for checks in sections.values() for check in checks)
    click.echo(f"{len(broken)} broken, {aims} not yet reached; read {out / 'audit.html'}")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    try:
        main()
    except FairweatherError as error:
        sys.exit(f"audit_dataset: {error}")
