"""TextRank: the three sentences most central in the graph of TF-IDF similarities (Mihalcea and Tarau, 2004)."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer

from fairweather import Task, sentences

TASKS = ("summary",)
ROLE = "baseline"
DAMPING = 0.85
ROUNDS = 100


def _centrality(pool: list[str]) -> np.ndarray:
    vectors = TfidfVectorizer(stop_words="english").fit_transform(pool)
    similar = (vectors @ vectors.T).toarray()
    np.fill_diagonal(similar, 0)
    total = similar.sum(axis=1, keepdims=True)
    # A sentence that is like no other passes its weight to all alike.
    step = np.where(total > 0, similar / np.where(total > 0, total, 1), 1 / len(pool))
    rank = np.full(len(pool), 1 / len(pool))
    for _ in range(ROUNDS):
        rank = (1 - DAMPING) / len(pool) + DAMPING * rank @ step
    return rank


def predict(task: Task, train: pd.DataFrame, items: pd.DataFrame, seed: int) -> Iterator[dict[str, object]]:
    """Nothing is learnt; the sentences keep their order."""
    for item, document in zip(items["id"], items["document"], strict=True):
        pool = sentences(document)
        best = sorted(np.argsort(-_centrality(pool), kind="stable")[:3])
        yield {"id": item, "summary": "\n".join(pool[at] for at in best)}
