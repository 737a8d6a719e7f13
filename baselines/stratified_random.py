"""A label drawn at random, as often as it occurs in the training split."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from fairweather import Task

TASKS = ("stance", "claims")
ROLE = "baseline"


def predict(task: Task, train: pd.DataFrame, items: pd.DataFrame, seed: int) -> Iterator[dict[str, object]]:
    """Draw one label an item, seeded."""
    share = train["label"].value_counts(normalize=True).reindex(task.labels, fill_value=0.0)
    drawn = np.random.default_rng(seed).choice(list(task.labels), size=len(items), p=share.to_numpy())
    for item, label in zip(items["id"], drawn, strict=True):
        yield {"id": item, "label": str(label)}
