"""Scores, signatures and result files."""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from fairweather.errors import FairweatherError
from fairweather.files import read_json, write_json

FORMAT = 1
# How many folders up from a result its predictions may lie to be named in it.
NEAR = 2


@dataclass(frozen=True)
class Score:
    """One number with its 95% interval (None where a resample cannot differ) and the items it is over."""

    name: str
    value: float
    low: float | None
    high: float | None
    items: int

    def __str__(self) -> str:
        """The score in words.

        >>> print(Score("macro_f1", 0.51234, 0.48, 0.55, 912))
        macro_f1 0.512 [0.480, 0.550]
        """
        interval = "" if self.low is None else f" [{self.low:.3f}, {self.high:.3f}]"
        return f"{self.name} {self.value:.3f}{interval}"


@dataclass(frozen=True)
class Signature:
    """Everything that decides a number besides the predictions, in one line to print beside it.

    >>> print(Signature("stance", "1-A", "1.0.0@ab12cd34", "test", "macro_f1", 912, "article", 10000, 1, "1.0.0"))
    stance|task:1-A|data:1.0.0@ab12cd34|split:test|macro_f1|n:912|cluster:article|boot:10000|seed:1|fairweather:1.0.0
    """

    task: str
    task_version: str
    data: str
    split: str
    metric: str
    items: int
    cluster: str
    resamples: int
    seed: int
    fairweather: str

    def __str__(self) -> str:
        """The signature as it is cited."""
        return (
            f"{self.task}|task:{self.task_version}|data:{self.data}|split:{self.split}|{self.metric}|n:{self.items}"
            f"|cluster:{self.cluster}|boot:{self.resamples}|seed:{self.seed}|fairweather:{self.fairweather}"
        )


@dataclass(frozen=True)
class Result:
    """What scoring one predictions file gives.

    `scores` holds the task's metrics, primary first; `breakdown` scores by target, kind and the like. `coverage` is
    the share of items answered, the rest being abstentions; the denominator is always the whole split.
    `these_articles_only` marks intervals from resampling passages within fewer than 20 articles.
    """

    task: str
    split: str
    system: str
    primary: str
    setting: Signature
    items: int
    articles: int
    abstained: int
    coverage: float
    these_articles_only: bool
    predictions_sha256: str | None
    scores: dict[str, Score]
    breakdown: dict[str, dict[str, Score]]

    @property
    def score(self) -> Score:
        """The primary score."""
        return self.scores[self.primary]

    @property
    def signature(self) -> str:
        """The signature of the primary score."""
        return self.signature_of(self.primary)

    def signature_of(self, name: str) -> str:
        """The signature of one score, with the number of items that it is over."""
        return str(replace(self.setting, metric=name, items=self.scores[name].items))

    def to_dict(self) -> dict[str, Any]:
        """The result as plain JSON values."""
        return {"format": FORMAT, "signature": self.signature, **asdict(self)}

    def save(self, path: Path, predictions: Path | None = None) -> None:
        """Write the result as a JSON file, atomically.

        `predictions` is the file that was scored: the result remembers where it lies, seen from the result, so that
        `fairweather verify RESULT` finds it when both are moved together. A file that lies far away is not named: its
        path would speak of this machine.
        """
        where = None if predictions is None else Path(os.path.relpath(predictions, path.parent)).as_posix()
        if where is not None and (where.count("../") > NEAR or not where.isprintable()):
            where = None
        write_json(path, {**self.to_dict(), "predictions": where})


def _number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _scores(raw: Mapping[str, Any]) -> dict[str, Score]:
    scores = {name: Score(**score) for name, score in raw.items()}
    for score in scores.values():
        interval = (score.low, score.high)
        if not _number(score.value) or not (interval == (None, None) or all(map(_number, interval))):
            raise TypeError(f"{score.name} is no score")
    return scores


def read_result(path: Path) -> Result:
    """Read a result file; raises FairweatherError when it is not one."""
    raw = read_json(path)
    if not isinstance(raw, dict):
        raise FairweatherError(f"{path}: not a result file", remedy="score the predictions again")
    try:
        if raw.pop("format") != FORMAT:
            raise FairweatherError(f"{path}: a result of another format", remedy="score the predictions again")
        raw.pop("predictions", None)
        signature = raw.pop("signature")
        raw["setting"] = Signature(**raw["setting"])
        raw["scores"] = _scores(raw["scores"])
        raw["breakdown"] = {name: _scores(scores) for name, scores in raw["breakdown"].items()}
        result = Result(**raw)
        names = (result.task, result.split, result.system, result.setting.task)
        counts = (result.items, result.articles, result.abstained, result.setting.resamples, result.setting.seed)
        if not all(isinstance(name, str) for name in names) or not all(type(count) is int for count in counts):
            raise TypeError("a field has the wrong type")
        if result.primary not in result.scores:
            raise TypeError("the primary score is missing")
        if signature != result.signature:
            raise TypeError("the signature is not that of its scores")
        return result
    except (KeyError, TypeError, AttributeError) as error:
        raise FairweatherError(f"{path}: not a result file ({error})", remedy="score the predictions again") from error


def predictions_of(path: Path) -> Path:
    """The predictions file that a result file names; raises FairweatherError when it names none."""
    raw = read_json(path)
    where = raw.get("predictions") if isinstance(raw, dict) else None
    if not isinstance(where, str):
        raise FairweatherError(
            f"{path} does not name the predictions that were scored (they lie elsewhere, or hold text of others)",
            remedy="give their path as well",
        )
    return path.parent / where
