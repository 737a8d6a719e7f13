"""The canary: whether every shipped file with text in it carries the line."""

from collections.abc import Iterator
from pathlib import Path

from fairweather.corpus.reference import get_canary

# Where text ships: the tables, the articles themselves, and the pages that describe them.
_MARKED = ("data/*/*.parquet", "corpus/open/*.json", "README.md", "manifest.json", "codebook.md")


def files_without_canary(root: Path) -> Iterator[str]:
    """The files of a dataset folder that should carry the canary and do not, by their path in it.

    A kind of file that is missing altogether is named too.

    Parquet files hold it among their footer's key-value metadata, which is not compressed.
    """
    line = get_canary().encode("utf-8")
    for pattern in _MARKED:
        if not any(root.glob(pattern)):
            yield f"{pattern} (no such file)"
        for path in sorted(root.glob(pattern)):
            if line not in path.read_bytes():
                yield path.relative_to(root).as_posix()
