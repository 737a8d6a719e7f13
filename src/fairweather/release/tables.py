"""Tables of each config: their columns, and rows as Arrow and Parquet.

The columns are written down once, here; the parquet files carry them in their schema and the dataset card repeats
them in its header. `datasets` relabels rows silently where a card lists class names in another order, so both come
from this module and a test compares them.
"""

import io
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from fairweather.corpus.reference import get_canary
from fairweather.errors import unknown_name
from fairweather.release.rows import Row
from fairweather.tasks import get_task

if TYPE_CHECKING:
    import pyarrow as pa
    from datasets import Features


@cache
def features(config: str) -> "Features":
    """The `datasets.Features` of a config; an unknown config raises FairweatherError."""
    from datasets import ClassLabel, Features, List, Value

    text, flag, count = Value("string"), Value("bool"), Value("int32")
    claim_label = ClassLabel(names=list(get_task("claims").labels))
    stance_label = ClassLabel(names=list(get_task("stance").labels))
    claim_vote = {
        "annotator": text,
        "label": text,
        "kinds": List(text),
        "check_worthy": flag,
        "voice": text,
    }
    stance_vote = {"annotator": text, "label": text, "none_kind": text}
    key_point = {"id": text, "text": text, "role": text, "support": List(text)}
    common = {"id": text, "article_id": text, "source": text}
    columns: dict[str, dict[str, Any]] = {
        "stance": {
            **common,
            "passage_id": text,
            "level": text,
            "heading": text,
            "text": text,
            "holder": text,
            "target_id": text,
            "target": text,
            "label": stance_label,
            "none_kind": text,
            "seen_target": flag,
            "votes": List(stance_vote),
        },
        "claims": {
            **common,
            "passage_id": text,
            "context": text,
            "sentence": text,
            "label": claim_label,
            "kinds": List(text),
            "check_worthy": flag,
            "voice": text,
            "votes": List(claim_vote),
        },
        "summary": {
            **common,
            "title": text,
            "document": text,
            "abstracts": List(text),
            "tldrs": List(text),
            "key_points": List(key_point),
        },
        "corpus": {
            "id": text,
            "source": text,
            "split": text,
            "title": text,
            "genre": text,
            "outlet": text,
            "region": text,
            "episode": text,
            "url": List(text),
            "license": text,
            "text": text,
            "units": List({"id": text, "kind": text, "paragraph": count, "start": count, "end": count}),
            "passages": List({"id": text, "heading": text, "units": List(text)}),
            "claims": List(
                {
                    "unit": text,
                    "label": claim_label,
                    "kinds": List(text),
                    "check_worthy": flag,
                    "voice": text,
                    "votes": List(claim_vote),
                }
            ),
            "stance": List(
                {
                    "item": text,
                    "passage_id": text,
                    "holder": text,
                    "target_id": text,
                    "label": stance_label,
                    "none_kind": text,
                    "votes": List(stance_vote),
                }
            ),
            "summary": {"abstracts": List(text), "tldrs": List(text), "key_points": List(key_point)},
        },
    }
    if config not in columns:
        raise unknown_name("config", config, columns)
    return Features(columns[config])


def table_path(config: str, split: str) -> str:
    """Where a config's split lies inside a dataset folder.

    >>> table_path("claims", "test")
    'data/claims/test.parquet'
    """
    return f"data/{config}/{split}.parquet"


def to_arrow(config: str, rows: Sequence[Row]) -> "pa.Table":
    """Rows as an Arrow table with the config's schema; label names become class numbers."""
    import pyarrow as pa

    kind = features(config)
    encoded = [_numbered(config, row) for row in rows]
    return pa.Table.from_pylist(encoded, schema=kind.arrow_schema)


def _numbered(config: str, row: Row) -> Row:
    if config == "corpus":
        return {
            **row,
            "claims": [_with_number("claims", claim) for claim in row["claims"]],
            "stance": [_with_number("stance", item) for item in row["stance"]],
        }
    return _with_number(config, row) if "label" in row else row


def _with_number(task: str, row: Row) -> Row:
    return {**row, "label": get_task(task).labels.index(row["label"])}


def to_parquet(config: str, rows: Sequence[Row]) -> bytes:
    """Rows as the bytes of a parquet file; equal rows give equal bytes under one version of pyarrow."""
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    table = to_arrow(config, rows)
    marked = table.replace_schema_metadata({**(table.schema.metadata or {}), b"canary": get_canary()})
    pq.write_table(marked, sink, compression="zstd")
    return sink.getvalue()
