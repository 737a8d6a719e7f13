"""Getting text out of what people have: text files, HTML pages, folders and zip archives."""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from fairweather.errors import FairweatherError

TEXT_SUFFIXES = (".txt", ".md", ".text")
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
# A file larger than this is no article, nor a collection of them that a person saved.
MAX_BYTES = 5_000_000

# Elements that end a line of text; anything else is inline and must not part words.
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
# Besides a bad archive: an encrypted member, an unknown compression, a broken stream, one that ends too soon.
_ZIP_ERRORS = (zipfile.BadZipFile, RuntimeError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
# Markdown emphasis, which marked text does not have.
_EMPHASIS = re.compile(r"(\*\*|__|\*|`)(\S(?:.*?\S)?)\1")
_SILENT = ("script", "style", "noscript", "template", "svg")


@dataclass(frozen=True)
class Document:
    """One file's content as the user has it: where it came from, its text, and what turned it into text."""

    origin: str
    text: str
    extractor: str


@dataclass(frozen=True)
class Skipped:
    """A file that was looked at and not read, and why."""

    origin: str
    reason: str


def decode(data: bytes) -> tuple[str, str]:
    """Bytes as text, and the name of the encoding: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252.

    >>> decode("Küste".encode("cp1252"))
    ('Küste', 'cp1252')
    """
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return data.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", errors="replace"), "cp1252"


def _looks_like_html(name: str, text: str) -> bool:
    start = text[:2000].lower()
    return name.lower().endswith(HTML_SUFFIXES) or "<html" in start or "<!doctype html" in start


def visible_text(html: str) -> str:
    """All text of a page, a line a block element, menus and related stories included.

    Needs the `web` extra (lxml comes with trafilatura).
    """
    from lxml import etree
    from lxml import html as lxml_html

    try:
        tree = lxml_html.document_fromstring(html.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:  # a page with nothing in it
        return ""
    for silent in list(tree.iter(*_SILENT)):
        silent.drop_tree()
    for element in tree.iter():
        if element.tag not in _INLINE:
            element.text = f"\n{element.text or ''}"
            element.tail = f"\n{element.tail or ''}"
    return str(tree.text_content())


def main_text(html: str) -> str:
    """The article of a page as `trafilatura` finds it; empty when it finds none."""
    import trafilatura

    return trafilatura.extract(html, favor_recall=True, include_comments=False, include_tables=False) or ""


def marked_text(html: str) -> str:
    """A page's article as marked text for `curate intake`: a beginning, to be read through and put right by hand.

    Needs the `web` extra. Raises FairweatherError when no article is found on the page.
    """
    need_web("reading HTML")
    import trafilatura

    body = trafilatura.extract(
        html, output_format="markdown", include_formatting=True, include_comments=False, include_tables=False
    )
    if not body:
        raise FairweatherError("no article found on the page", remedy="copy its text into a marked text file yourself")
    title = getattr(trafilatura.extract_metadata(html), "title", None) or "(title)"
    lines = [_EMPHASIS.sub(r"\2", line) for line in body.splitlines() if line.strip()]
    headed = [re.sub(r"^#+ ", "## ", line) for line in lines]
    kept = [line for line in headed if line != f"## {title}"]
    return f"# {title}\n\n" + "\n\n".join(kept) + "\n"


def need_web(what: str) -> None:
    """Raise FairweatherError unless the `web` extra is installed."""
    try:
        import trafilatura  # noqa: F401
    except ImportError as error:
        raise FairweatherError(
            f"{what} needs the web extra",
            remedy="pip install trafilatura lxml-html-clean, or save the page as plain text",
        ) from error


def documents_of(name: str, data: bytes) -> Iterator[Document | Skipped]:
    """What one file holds: one document, or for HTML one for each way of extracting it."""
    if len(data) > MAX_BYTES:
        yield Skipped(name, f"larger than {MAX_BYTES // 1_000_000} MB")
        return
    if not data.strip():
        yield Skipped(name, "empty")
        return
    if b"\0" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        yield Skipped(name, "not text (PDF and word-processor files: save as plain text)")
        return
    text, encoding = decode(data)
    if not _looks_like_html(name, text):
        yield Document(name, text, f"plain text, {encoding}")
        return
    try:
        need_web("reading HTML")
    except FairweatherError as error:
        yield Skipped(name, f"{error.message}: {error.remedy}")
        return
    yield from html_documents(name, text)


def html_documents(origin: str, html: str) -> Iterator[Document]:
    """A page once for each way of extracting it; the caller keeps what finds more."""
    yield Document(origin, main_text(html), "trafilatura")
    yield Document(origin, visible_text(html), "all visible text")


def _zip_members(name: str, data: bytes) -> Iterator[Document | Skipped]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in sorted(archive.infolist(), key=lambda info: info.filename):
                label = f"{name}!{PurePosixPath(member.filename)}"
                if member.is_dir():
                    continue
                if member.file_size > MAX_BYTES:
                    yield Skipped(label, f"larger than {MAX_BYTES // 1_000_000} MB")
                    continue
                try:
                    content = archive.read(member)
                except _ZIP_ERRORS as error:
                    yield Skipped(label, f"cannot be unpacked ({error})")
                    continue
                yield from documents_of(label, content)
    except _ZIP_ERRORS as error:
        yield Skipped(name, f"not a readable zip ({error})")


def read_documents(path: Path) -> Iterator[Document | Skipped]:
    """Every document under a path: a file, a zip, or a folder searched to the bottom, hidden files left out.

    Raises FairweatherError when the path does not exist.
    """
    if not path.exists():
        raise FairweatherError(f"no such file or folder: {path}", remedy="give a file, a folder or a zip")
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    for file in files:
        if path.is_dir() and any(part.startswith(".") for part in file.relative_to(path).parts):
            continue
        try:
            data = file.read_bytes()
        except OSError as error:
            yield Skipped(str(file), error.strerror or "cannot be read")
            continue
        if (zipfile.is_zipfile(io.BytesIO(data)) or data[:4] == b"PK\3\4") and file.suffix.lower() not in (
            ".docx",
            ".odt",
            ".epub",
        ):
            yield from _zip_members(str(file), data)
        else:
            yield from documents_of(str(file), data)
