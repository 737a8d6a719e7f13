"""Stance from the passage alone, without being told whose stance or on what."""

from collections.abc import Iterator

import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from fairweather import Task

TASKS = ("stance",)
ROLE = "ablated"


def predict(task: Task, train: pd.DataFrame, items: pd.DataFrame, seed: int) -> Iterator[dict[str, object]]:
    """Fit on train; holder and target are never looked at."""
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        LogisticRegression(C=4.0, class_weight="balanced", max_iter=2000, random_state=seed),
    )
    model.fit(train["text"], train["label"])
    for item, label in zip(items["id"], model.predict(items["text"]), strict=True):
        yield {"id": item, "label": str(label)}
