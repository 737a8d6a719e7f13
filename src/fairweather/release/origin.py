"""How well a linear classifier tells passages written for the dataset from real ones, and by what words."""

from collections.abc import Sequence
from dataclasses import dataclass

from fairweather.corpus.article import Article
from fairweather.corpus.sheets import passage_text

SEED = 1
FOLDS = 5
SHOWN = 15


@dataclass(frozen=True)
class Telltale:
    """Cross-validated area under the ROC curve (0.5: cannot tell), and the words that speak for each side."""

    passages: int
    auc: float
    written: tuple[str, ...]
    real: tuple[str, ...]


def _passages(articles: Sequence[Article]) -> tuple[list[str], list[str]]:
    """The text of every passage, and the article it is of."""
    placed = [(article, passage) for article in articles for passage in article.passages]
    return [passage_text(article, passage.id) for article, passage in placed], [article.id for article, _ in placed]


def tell_apart(written: Sequence[Article], real: Sequence[Article]) -> Telltale | None:
    """Tell written passages from real ones by a logistic regression over word and word-pair TF-IDF.

    Articles are kept whole in cross-validation: a passage is never told by its neighbours. None where either side
    has fewer articles than two.
    """
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline

    if min(len(written), len(real)) < 2:
        return None
    (ours, our_groups), (theirs, their_groups) = _passages(written), _passages(real)
    texts, groups = ours + theirs, our_groups + their_groups
    truth = np.array([1] * len(ours) + [0] * len(theirs))
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        LogisticRegression(max_iter=2000, class_weight="balanced", random_state=SEED),
    )
    folds = StratifiedGroupKFold(min(FOLDS, len(written), len(real)), shuffle=True, random_state=SEED)
    scores = cross_val_predict(model, texts, truth, groups=groups, cv=folds, method="decision_function")
    model.fit(texts, truth)
    weights = model[-1].coef_[0]
    names = model[0].get_feature_names_out()
    order = np.argsort(weights)
    return Telltale(
        len(texts),
        float(roc_auc_score(truth, scores)),
        tuple(str(names[at]) for at in order[::-1][:SHOWN]),
        tuple(str(names[at]) for at in order[:SHOWN]),
    )
