"""The export of votes: soft labels against the raw votes, recounted here."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from fairweather.data.lewidi import export_votes
from fairweather.data.load import load
from fairweather.errors import FairweatherError
from fairweather.tasks import get_task


def test_votes_and_soft_labels_are_those_of_the_rows(tmp_path: Path) -> None:
    written = export_votes(tmp_path)
    assert set(written) == {f"{t}_{s}.json" for t in ("claims", "stance") for s in ("train", "validation", "test")}
    for task in ("claims", "stance"):
        labels = get_task(task).labels
        items = json.loads((tmp_path / f"{task}_test.json").read_text(encoding="utf-8"))
        rows = load(task, "test")
        assert list(items) == rows["id"]
        split_votes = 0
        for row in rows:
            item = items[row["id"]]
            counted = Counter(vote["label"] for vote in row["votes"])
            for number, label in enumerate(labels):
                assert item["soft_label"][str(number)] == pytest.approx(counted[label] / 3)
            assert item["annotations"] == {v["annotator"]: str(labels.index(v["label"])) for v in row["votes"]}
            assert item["hard_label"] == str(row["label"])
            split_votes += len(counted) > 1
        assert split_votes, "a table without a disagreement would be no test of soft labels"


def test_the_command_writes_once(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "fairweather", "export-votes", str(tmp_path / "v")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "claims_test.json" in done.stdout
    with pytest.raises(FairweatherError, match="exists"):
        export_votes(tmp_path / "v")
