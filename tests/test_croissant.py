"""The Croissant file: checked and read by the reference library."""

import json
import shutil
from pathlib import Path
from typing import Any

import mlcroissant
import pytest

from fairweather.data.load import load
from fairweather.release.rows import config_names
from fairweather.resources import dataset_dir
from fairweather.tasks import get_task


@pytest.fixture(scope="module")
def checked() -> mlcroissant.Dataset:
    return mlcroissant.Dataset(str(dataset_dir() / "croissant.json"))


def test_it_is_valid(checked: mlcroissant.Dataset) -> None:
    assert not checked.metadata.ctx.issues.errors
    raw = json.loads((dataset_dir() / "croissant.json").read_text(encoding="utf-8"))
    assert raw["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    assert len([key for key in raw if key.startswith("rai:")]) >= 15


@pytest.mark.parametrize("config", config_names())
def test_records_of_each_config_are_those_of_load(config: str, checked: mlcroissant.Dataset) -> None:
    record: dict[str, Any] = next(iter(checked.records(f"{config}-test")))
    row = load(config, "test")[0]
    for name, value in record.items():
        column = name.split("/")[1]
        if isinstance(value, bytes):
            value = value.decode("utf-8")
        elif hasattr(value, "tolist") or isinstance(value, list):
            value = [v.decode("utf-8") if isinstance(v, bytes) else v for v in list(value)]
        assert value == row[column], name


def test_label_numbers_have_their_names(checked: mlcroissant.Dataset) -> None:
    for task in ("claims", "stance"):
        names = {
            int(r[f"{task}-labels/number"]): str(r[f"{task}-labels/name"]) for r in checked.records(f"{task}-labels")
        }
        assert [names[number] for number in sorted(names)] == list(get_task(task).labels)


def test_a_changed_table_is_refused(tmp_path: Path) -> None:
    shutil.copytree(dataset_dir(), tmp_path / "d")
    with (tmp_path / "d" / "data" / "claims" / "test.parquet").open("ab") as stream:
        stream.write(b"!")
    with pytest.raises(Exception, match="claims-test-file"):
        next(iter(mlcroissant.Dataset(str(tmp_path / "d" / "croissant.json")).records("claims-test")))
