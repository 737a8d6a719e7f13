"""`fairweather curate sample` and `curate score`: people checking the labels."""

from pathlib import Path

import click

from fairweather.cli.show import print_json, print_table
from fairweather.data.review import SEED, agreement_by_person, draw_sample, gold_labels
from fairweather.data.review_files import doccano_lines, label_studio_interface, label_studio_tasks, read_filled
from fairweather.errors import FairweatherError
from fairweather.files import write_json, write_text
from fairweather.tasks import get_task

TASK = click.Choice(["claims", "stance"])


@click.command()
@click.argument("task", type=TASK)
@click.option("--size", type=int, default=200, show_default=True, help="How many items.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Another seed draws other items.")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder for the files.")
def sample(task: str, size: int, seed: int, out: Path) -> None:
    """Draw items of TASK for people to label: Label Studio tasks with their interface, and doccano JSON lines.

    The items are stratified by split and label; the files show neither label nor vote. Import one of them, have people
    label it, export it, and give the export to `fairweather curate score`.

    \b
    Example: fairweather curate sample stance --size 150 --out audit
    """
    files = [out / f"{task}{ending}" for ending in ("-label-studio.json", "-label-studio.xml", "-doccano.jsonl")]
    for path in files:
        if path.exists():
            raise FairweatherError(f"{path} exists", remedy="give another folder, so that no answers are lost")
    items = draw_sample(task, size, seed)
    write_json(files[0], label_studio_tasks(items))
    write_text(files[1], label_studio_interface(get_task(task)))
    write_text(files[2], doccano_lines(get_task(task), items))
    for path in files:
        click.echo(f"{path}: {'the labelling interface' if path.suffix == '.xml' else f'{len(items)} items'}")


@click.command()
@click.argument("task", type=TASK)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print as JSON, with the ids of the items that differ.")
def score(task: str, files: tuple[Path, ...], as_json: bool) -> None:
    """Read filled samples of TASK back, and report each person's agreement with the gold labels.

    FILES are Label Studio's JSON export or doccano's JSONL exports, one a person.

    \b
    Example: fairweather curate score stance export.json
             fairweather curate score claims ada.jsonl grace.jsonl
    """
    gold = gold_labels(task)
    found = agreement_by_person(gold, read_filled(files, get_task(task), gold))
    if as_json:
        print_json(
            [
                {
                    **vars(entry),
                    "confused": [
                        {"gold": gold_label, "person": label, "count": count}
                        for (gold_label, label), count in sorted(entry.confused.items())
                    ],
                }
                for entry in found
            ]
        )
        return
    rows = [
        (
            entry.person,
            str(entry.items),
            f"{entry.agreement:.1%}",
            "–" if entry.kappa is None else f"{entry.kappa:.3f}",
            "; ".join(f"{gold} as {label}: {count}" for (gold, label), count in sorted(entry.confused.items())) or "–",
        )
        for entry in found
    ]
    print_table(f"agreement with the gold labels, {task}", ["person", "items", "agreement", "kappa", "differs"], rows)
