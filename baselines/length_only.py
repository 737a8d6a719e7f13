"""The label from the length of the text alone."""

from collections.abc import Iterator

import pandas as pd
from sklearn.tree import DecisionTreeClassifier

from fairweather import Task

TASKS = ("stance", "claims")
ROLE = "ablated"
COLUMN = {"stance": "text", "claims": "sentence"}


def _lengths(task: Task, items: pd.DataFrame) -> pd.DataFrame:
    text = items[COLUMN[task.name]]
    return pd.DataFrame({"characters": text.str.len(), "words": text.str.split().str.len()})


def predict(task: Task, train: pd.DataFrame, items: pd.DataFrame, seed: int) -> Iterator[dict[str, object]]:
    """A shallow tree over characters and words, fitted on train."""
    model = DecisionTreeClassifier(max_depth=3, class_weight="balanced", random_state=seed)
    model.fit(_lengths(task, train), train["label"])
    for item, label in zip(items["id"], model.predict(_lengths(task, items)), strict=True):
        yield {"id": item, "label": str(label)}
