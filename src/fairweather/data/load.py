"""Loading: the rows of a config and split, verified against the manifest."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, overload

from fairweather.corpus.article import Article, from_dict
from fairweather.corpus.hydrate import hydrated_articles
from fairweather.data.store import Store, open_store
from fairweather.errors import FairweatherError, unknown_name
from fairweather.files import parse_json
from fairweather.release.rows import config_names, rows_of
from fairweather.release.tables import features, table_path, to_arrow
from fairweather.tasks import task_names

if TYPE_CHECKING:
    import pyarrow as pa
    from datasets import Dataset, DatasetDict


def check_names(store: Store, config: str, split: str | None) -> None:
    """Raise FairweatherError, naming the valid ones, for a config or split that does not exist."""
    if config not in config_names():
        raise unknown_name("config", config, config_names())
    if split is not None and split not in store.splits_of(config):
        raise unknown_name(f"split of {config}", split, store.splits_of(config))


def source_of(store: Store, split: str) -> str:
    """The source whose split this is."""
    return next(str(name) for name, source in store.manifest["sources"].items() if split in source["splits"])


def shipped_articles(store: Store, source: str) -> Iterator[Article]:
    """The articles of a source as they ship, stand-off ones without text, each file verified."""
    for name in store.corpus_names(source):
        yield from_dict(parse_json(store.verified(name), store.root / name))


def standoff_rows(store: Store, config: str, split: str) -> list[dict[str, Any]]:
    """The rows of a hydrated split; raises FairweatherError when nothing of it is hydrated."""
    source = source_of(store, split)
    articles = [article for article in hydrated_articles(shipped_articles(store, source)) if article.split == split]
    if not articles:
        raise FairweatherError(
            f"split {split!r} is not hydrated: its text is not ours to ship",
            remedy=f"run `fairweather hydrate PATH` on your copies, or `fairweather hydrate --fetch {source}`",
        )
    return [row for article in articles for row in rows_of(config, article)]


def read_table(store: Store, config: str, split: str) -> "pa.Table":
    """A config's split as an Arrow table, verified."""
    check_names(store, config, split)
    for task in task_names():
        store.check_task(task)
    if split not in store.shipped_splits():
        store.verified("targets.json")
        return to_arrow(config, standoff_rows(store, config, split))
    import pyarrow as pa
    import pyarrow.parquet as pq

    data = store.verified(table_path(config, split))
    return pq.ParquetFile(pa.BufferReader(data)).read()


@overload
def load(config: str, split: str, *, version: str | None = None) -> "Dataset": ...
@overload
def load(config: str, split: None = None, *, version: str | None = None) -> "DatasetDict": ...
def load(config: str, split: str | None = None, *, version: str | None = None) -> "Dataset | DatasetDict":
    """Load a config: one split as a `datasets.Dataset`, or without `split` a `DatasetDict` of all that are there.

    `config` is `stance`, `claims`, `summary` or `corpus`; `split` is `train`, `validation` or `test`, and after
    hydration also `press` and `addresses` (which have no summaries). The rows equal those of
    `datasets.load_dataset("dataset", config)`. Every file is checked against its released SHA-256; `version` asks for
    one version of the data and refuses any other.

    Raises FairweatherError for an unknown name, a file that is not the released one, a split that is not hydrated
    and a version that is not the one installed.

    >>> import fairweather
    >>> fairweather.load("claims", "test").features["label"].names
    ['claim', 'no_claim']
    """
    store = open_store()
    store.require_version(version)
    check_names(store, config, split)
    from datasets import Dataset, DatasetDict, NamedSplit

    def one(name: str) -> "Dataset":
        return Dataset(read_table(store, config, name).cast(features(config).arrow_schema), split=NamedSplit(name))

    if split is not None:
        return one(split)
    return DatasetDict({name: one(name) for name in available_splits(config)})


def hydrated_splits(store: Store) -> list[str]:
    """The stand-off splits of which any article's text is in the user's folder."""
    standoff = [split for split in store.all_splits() if split not in store.shipped_splits()]
    return [s for s in standoff if any(True for _ in hydrated_articles(shipped_articles(store, source_of(store, s))))]


def available_splits(config: str) -> tuple[str, ...]:
    """The splits that can be loaded now: those that ship, and those hydrated."""
    store = open_store()
    check_names(store, config, None)
    there = {*store.shipped_splits(), *hydrated_splits(store)}
    return tuple(split for split in store.splits_of(config) if split in there)


def load_articles(source: str | None = None) -> Iterator[Article]:
    """The articles of one source, or of all, with all layers; stand-off ones with text where they are hydrated.

    >>> next(load_articles("open")).source
    'open'
    """
    store = open_store()
    sources = store.manifest["sources"]
    if source is not None and source not in sources:
        raise unknown_name("source", source, sources)
    for name in [source] if source else list(sources):
        for article in shipped_articles(store, name):
            yield next(hydrated_articles([article]), article) if article.text is None else article


def load_article(article_id: str) -> Article:
    """One article by id; an unknown id raises FairweatherError.

    >>> load_article("open-0001").split
    'train'
    """
    for article in load_articles():
        if article.id == article_id:
            return article
    raise FairweatherError(
        f"no article {article_id!r}", remedy="list ids with `fairweather.load('corpus', 'train')['id']`"
    )
