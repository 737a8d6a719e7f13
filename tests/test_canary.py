"""The canary is in everything that ships, and a file without it is named."""

import shutil
from pathlib import Path

import pyarrow.parquet as pq

from fairweather.corpus.reference import get_canary
from fairweather.release.canary import files_without_canary
from fairweather.resources import dataset_dir


def test_every_shipped_file_carries_it() -> None:
    assert list(files_without_canary(dataset_dir())) == []
    table = dataset_dir() / "data" / "claims" / "test.parquet"
    assert pq.read_schema(table).metadata[b"canary"].decode() == get_canary()


def test_files_without_it_are_named(tmp_path: Path) -> None:
    root = tmp_path / "dataset"
    shutil.copytree(dataset_dir(), root)
    article = root / "corpus" / "open" / "open-0001.json"
    article.write_text(article.read_text(encoding="utf-8").replace("canary GUID", "no GUID"), encoding="utf-8")
    pq.write_table(
        pq.read_table(root / "data/claims/test.parquet").replace_schema_metadata({}), root / "data/claims/test.parquet"
    )
    assert set(files_without_canary(root)) == {"corpus/open/open-0001.json", "data/claims/test.parquet"}
