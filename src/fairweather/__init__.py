"""Fairweather: stance, claims and summaries on commentary about alliances.

The public names are loaded on first use, so that ``import fairweather`` stays fast: importing ``datasets``
alone takes longer than scoring a test split.

>>> import fairweather
>>> sorted(fairweather.__all__)[:3]
['Article', 'FairweatherError', 'Result']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.1"

if TYPE_CHECKING:
    from fairweather.corpus.article import Article
    from fairweather.corpus.segment import sentences
    from fairweather.data.load import load, load_article, load_articles
    from fairweather.errors import FairweatherError
    from fairweather.scoring.result import Result
    from fairweather.scoring.score import score
    from fairweather.tasks import Task, get_task, task_names

_HOME = {
    "Article": "fairweather.corpus.article",
    "FairweatherError": "fairweather.errors",
    "Result": "fairweather.scoring.result",
    "Task": "fairweather.tasks",
    "get_task": "fairweather.tasks",
    "load": "fairweather.data.load",
    "load_article": "fairweather.data.load",
    "load_articles": "fairweather.data.load",
    "score": "fairweather.scoring.score",
    "sentences": "fairweather.corpus.segment",
    "task_names": "fairweather.tasks",
}

__all__ = [
    "Article",
    "FairweatherError",
    "Result",
    "Task",
    "get_task",
    "load",
    "load_article",
    "load_articles",
    "score",
    "sentences",
    "task_names",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'fairweather' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]
