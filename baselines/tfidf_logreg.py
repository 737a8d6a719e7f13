"""TF-IDF words and word pairs into logistic regression, over the whole input."""

from collections.abc import Iterator

import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

from fairweather import Task

TASKS = ("stance", "claims")
ROLE = "baseline"


def _words() -> TfidfVectorizer:
    return TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)


FEATURES = {
    "stance": [
        ("text", _words(), "text"),
        ("target", _words(), "target"),
        ("holder", OneHotEncoder(handle_unknown="ignore"), ["holder", "target"]),
    ],
    "claims": [("sentence", _words(), "sentence"), ("context", _words(), "context")],
}


def predict(task: Task, train: pd.DataFrame, items: pd.DataFrame, seed: int) -> Iterator[dict[str, object]]:
    """Fit on train; the scores are class probabilities."""
    model = make_pipeline(
        ColumnTransformer(FEATURES[task.name]),
        LogisticRegression(C=4.0, class_weight="balanced", max_iter=2000, random_state=seed),
    )
    model.fit(train, train["label"])
    for item, row in zip(items["id"], model.predict_proba(items), strict=True):
        scores = {str(label): round(float(value), 6) for label, value in zip(model.classes_, row, strict=True)}
        yield {"id": item, "label": max(scores, key=scores.__getitem__), "scores": scores}
