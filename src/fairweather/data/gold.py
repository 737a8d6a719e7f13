"""Gold labels of a split, with or without its text: what a scorer needs and nothing more.

Reads only the columns it needs, and imports neither `datasets` nor `pandas`. A stand-off split can be scored without
its text, since labels ship.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fairweather.data.load import check_names, shipped_articles, source_of
from fairweather.data.store import Store, open_store
from fairweather.errors import FairweatherError
from fairweather.release.rows import LABELS
from fairweather.release.tables import table_path
from fairweather.tasks import get_task


@dataclass(frozen=True)
class GoldItem:
    """One labelled item. `passage` is the smallest cluster it is resampled with; `tags` say what to break down by."""

    id: str
    article: str
    passage: str
    label: str | None = None
    tags: Mapping[str, Any] = field(default_factory=dict)
    references: tuple[str, ...] = ()
    key_points: tuple[str, ...] = ()
    document: str | None = None


@dataclass(frozen=True)
class Gold:
    """All items of one task and split, in the order of the table."""

    task: str
    split: str
    items: tuple[GoldItem, ...]
    fingerprint: str

    @property
    def ids(self) -> list[str]:
        """The ids a predictions file must hold, each once."""
        return [item.id for item in self.items]


def _stance(row: Mapping[str, Any]) -> GoldItem:
    tags = {key: row[key] for key in ("target_id", "holder", "level", "none_kind", "seen_target")}
    # Over a whole article each item stands alone: there is no passage to keep together.
    passage = row["passage_id"] if row["level"] == "passage" else row["id"]
    return GoldItem(row["id"], row["article_id"], passage, row["label"], tags)


def _claims(row: Mapping[str, Any]) -> GoldItem:
    return GoldItem(row["id"], row["article_id"], row["passage_id"], row["label"], {"kinds": row["kinds"]})


def _summary(row: Mapping[str, Any]) -> GoldItem:
    points = tuple(point["text"] for point in row["key_points"])
    return GoldItem(
        row["id"],
        row["article_id"],
        row["id"],
        references=tuple(row["abstracts"]),
        key_points=points,
        document=row.get("document"),
    )


_ITEM: dict[str, Callable[[Mapping[str, Any]], GoldItem]] = {"stance": _stance, "claims": _claims, "summary": _summary}
_COLUMNS = {
    "stance": (
        "id",
        "article_id",
        "passage_id",
        "label",
        "target_id",
        "holder",
        "level",
        "none_kind",
        "seen_target",
    ),
    "claims": ("id", "article_id", "passage_id", "label", "kinds"),
    "summary": ("id", "article_id", "abstracts", "key_points", "document"),
}


def _parquet_rows(store: Store, task: str, split: str) -> Iterator[dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    data = store.verified(table_path(task, split))
    labels = get_task(task).labels
    for row in pq.ParquetFile(pa.BufferReader(data)).read(columns=list(_COLUMNS[task])).to_pylist():
        yield {**row, "label": labels[row["label"]]} if labels else row


def _standoff_rows(store: Store, task: str, split: str) -> Iterator[dict[str, Any]]:
    """Rows of labels alone, from the corpus files: the same whether the text is hydrated or not."""
    store.verified("targets.json")
    for article in shipped_articles(store, source_of(store, split)):
        if article.split == split:
            yield from LABELS[task](article)


def read_gold(task: str, split: str) -> Gold:
    """The gold items of a task and split, verified against the manifest.

    Raises FairweatherError for an unknown task or split, and for a split that holds nothing of the task.

    >>> read_gold("claims", "test").items[0].id
    'open-0029/s001'
    """
    get_task(task)
    store = open_store()
    store.check_task(task)
    check_names(store, task, split)
    rows: Sequence[dict[str, Any]]
    rows = list((_parquet_rows if split in store.shipped_splits() else _standoff_rows)(store, task, split))
    if not rows:
        raise FairweatherError(f"split {split!r} has no {task} items", remedy="choose another task or split")
    return Gold(task, split, tuple(_ITEM[task](row) for row in rows), store.fingerprint)
