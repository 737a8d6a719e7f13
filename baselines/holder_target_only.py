"""Stance from the names of holder and target alone: what can be had without reading."""

from collections.abc import Iterator

import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

from fairweather import Task

TASKS = ("stance",)
ROLE = "ablated"
COLUMNS = ["holder", "target"]


def predict(task: Task, train: pd.DataFrame, items: pd.DataFrame, seed: int) -> Iterator[dict[str, object]]:
    """Fit on train; the text is never looked at."""
    model = make_pipeline(
        OneHotEncoder(handle_unknown="ignore"),
        LogisticRegression(class_weight="balanced", max_iter=2000, random_state=seed),
    )
    model.fit(train[COLUMNS], train["label"])
    for item, label in zip(items["id"], model.predict(items[COLUMNS]), strict=True):
        yield {"id": item, "label": str(label)}
