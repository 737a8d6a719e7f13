"""Checking corpus files: each against its schema, against itself, and against the others."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from fairweather.corpus.article import (
    ARTICLE_LEVEL,
    Article,
    Claim,
    ClaimVote,
    StanceItem,
    StanceVote,
    from_dict,
    to_dict,
)
from fairweather.corpus.canonical import canonical_words, copied_words, words_sha256
from fairweather.corpus.reference import (
    TRAINING_SPLITS,
    get_annotators,
    get_canary,
    get_episodes,
    get_sources,
    get_targets,
)
from fairweather.corpus.votes import settle_claim, settle_stance
from fairweather.errors import FairweatherError
from fairweather.files import canonical_json, parse_json, read_bytes, read_json
from fairweather.resources import dataset_dir
from fairweather.tasks import get_task

V = TypeVar("V")

# A run of this many words of the body is copied: no reference shares more than seven (codebook, section 3).
COPIED_RUN = 8
ABSTRACT_WORDS = (60, 120)
TLDR_WORDS = 30


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(read_json(dataset_dir() / "schemas" / "article.schema.json"))


def _line_of(text: str, path: Sequence[str | int]) -> int:
    """The line on which the value at a JSON path starts, as canonical JSON lays it out."""
    at = 0
    for step in path:
        if isinstance(step, str):
            found = text.find(f'"{step}":', at)
            at = found if found >= 0 else at
    return text.count("\n", 0, at) + 1


def schema_problems(raw: object, text: str = "") -> Iterator[str]:
    """What the JSON Schema finds wrong with one parsed corpus file, each with its line and path."""
    for error in sorted(_validator().iter_errors(raw), key=lambda error: [str(step) for step in error.path]):
        where = "/".join(str(step) for step in error.absolute_path) or "(top)"
        yield f"line {_line_of(text, list(error.absolute_path))}: {where}: {error.message[:200]}"


def _duplicates(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def _unit_problems(article: Article) -> Iterator[str]:
    for unit_id in _duplicates(unit.id for unit in article.units):
        yield f"unit {unit_id} occurs twice"
    expected = [f"s{number:03d}" for number in range(1, len(list(article.sentences())) + 1)]
    if [unit.id for unit in article.sentences()] != expected:
        yield "sentences must be numbered in order without gaps"
    ships = get_sources()[article.source].text_ships
    if ships != (article.text is not None):
        yield f"text must {'' if ships else 'not '}be in the file of a {article.source} article"
    end = 0
    for unit in article.units:
        if (unit.start is None) != (article.text is None):
            yield f"unit {unit.id}: offsets go with shipped text, words and sha256 with stand-off"
        elif article.text is not None and not (isinstance(unit.start, int) and isinstance(unit.end, int)):
            yield f"unit {unit.id}: offsets must be whole numbers"
            return
        elif article.text is not None and unit.start is not None and unit.end is not None:
            if not end <= unit.start < unit.end <= len(article.text):
                yield f"unit {unit.id}: offsets {unit.start}-{unit.end} out of order or outside the text"
            elif article.text[unit.start : unit.end].strip() != article.text[unit.start : unit.end]:
                yield f"unit {unit.id}: begins or ends with white space"
            end = unit.end or end
    if article.text is not None:
        covered = {at for unit in article.units for at in range(unit.start or 0, min(unit.end or 0, len(article.text)))}
        bare = [at for at, char in enumerate(article.text) if not char.isspace() and at not in covered]
        if bare:
            yield f"text at code point {bare[0]} belongs to no unit"


def _passage_problems(article: Article) -> Iterator[str]:
    sentences = [unit.id for unit in article.sentences()]
    headings = {unit.id for unit in article.units if unit.kind == "heading"}
    placed = [unit for passage in article.passages for unit in passage.units]
    if placed != sentences:
        yield "passages must hold every sentence once, in order"
    for passage_id in _duplicates(passage.id for passage in article.passages):
        yield f"passage {passage_id} occurs twice"
    for passage in article.passages:
        if passage.heading is not None and passage.heading not in headings:
            yield f"passage {passage.id}: no heading {passage.heading}"


def _claim_problems(article: Article) -> Iterator[str]:
    task = get_task("claims")
    sentences = {unit.id for unit in article.sentences()}
    for unit in sorted(sentences ^ set(article.claims)):
        yield f"claims: {'no label for sentence' if unit in sentences else 'no sentence'} {unit}"
    for unit, claim in article.claims.items():
        readings: list[tuple[str, Claim | ClaimVote]] = [("label", claim), *claim.votes.items()]
        for who, reading in readings:
            is_claim = reading.label == task.positive
            if reading.label not in task.labels:
                yield f"claims/{unit}, {who}: unknown label {reading.label!r}"
            elif bool(reading.kinds) != is_claim or (reading.check_worthy is None) == is_claim:
                yield f"claims/{unit}, {who}: kinds and check_worthy go with a claim, and only with a claim"
            for kind in set(reading.kinds) - set(task.vocabularies["kind"]):
                yield f"claims/{unit}, {who}: unknown kind {kind!r}"
        reading = ClaimVote(claim.label, claim.kinds, claim.check_worthy, claim.voice)
        if claim.note is None and not _settles(settle_claim, claim.votes, reading):
            yield f"claims/{unit}: the label does not follow from the votes, and no note says why it was chosen"
        yield from _annotator_problems(f"claims/{unit}", claim.votes)


def _settles(settle: Callable[[Mapping[str, V]], V | None], votes: Mapping[str, V], reading: V) -> bool:
    """Whether the votes alone give this reading; malformed votes give none, and are reported as such."""
    try:
        return settle(votes) == reading
    except IndexError:
        return False


def _annotator_problems(where: str, annotators: Iterable[str]) -> Iterator[str]:
    for annotator in annotators:
        if annotator not in get_annotators():
            yield f"{where}: unknown annotator {annotator!r}"


def _stance_problems(article: Article) -> Iterator[str]:
    task = get_task("stance")
    places = {passage.id for passage in article.passages} | {ARTICLE_LEVEL}
    targets = get_targets()
    for item_id in _duplicates(item.id for item in article.stance):
        yield f"stance item {item_id} occurs twice"
    for double in _duplicates(f"{item.passage}, {item.holder}, {item.target}" for item in article.stance):
        yield f"stance: two items on {double}"
    for item in article.stance:
        where = f"stance/{item.id}"
        if item.passage not in places:
            yield f"{where}: no passage {item.passage}"
        if item.target not in targets:
            yield f"{where}: unknown target {item.target!r}"
        elif not targets[item.target].seen and article.split in TRAINING_SPLITS:
            yield f"{where}: target {item.target} is kept for testing, but the article is in {article.split}"
        readings: list[tuple[str, StanceItem | StanceVote]] = [("label", item), *item.votes.items()]
        for who, reading in readings:
            if reading.label not in task.labels:
                yield f"{where}, {who}: unknown label {reading.label!r}"
            elif (reading.none_kind is not None) != (reading.label == "none"):
                yield f"{where}, {who}: none_kind goes with none, and only with none"
            elif reading.none_kind and reading.none_kind not in task.vocabularies["none_kind"]:
                yield f"{where}, {who}: unknown none_kind {reading.none_kind!r}"
        if item.note is None and not _settles(settle_stance, item.votes, StanceVote(item.label, item.none_kind)):
            yield f"{where}: the label does not follow from the votes, and no note says why it was chosen"
        yield from _annotator_problems(where, [*item.votes, *item.listed_by])


def _summary_problems(article: Article) -> Iterator[str]:
    if (article.summary is None) == ("summary" in get_sources()[article.source].layers):
        rule = "have" if article.summary is None else "not have"
        yield f"summary: an article of source {article.source} must {rule} one"
    if article.summary is None:
        return
    sentences = {unit.id for unit in article.sentences()}
    for abstract in article.summary.abstracts:
        size = len(abstract.split())
        if not ABSTRACT_WORDS[0] <= size <= ABSTRACT_WORDS[1]:
            wanted = f"{ABSTRACT_WORDS[0]} to {ABSTRACT_WORDS[1]} wanted"
            yield f"summary: an abstract of {size} words ({wanted}): {abstract[:40]!r}…"
    for tldr in article.summary.tldrs:
        if len(tldr.split()) > TLDR_WORDS:
            yield f"summary: a tldr of {len(tldr.split())} words (at most {TLDR_WORDS}): {tldr[:40]!r}…"
    for point in article.summary.key_points:
        if point.role not in get_task("summary").vocabularies["role"]:
            yield f"summary/{point.id}: unknown role {point.role!r}"
        for unit in set(point.support) - sentences:
            yield f"summary/{point.id}: no sentence {unit}"
    if article.text is not None:
        yield from copied_problems(article, article.text)


def copied_problems(article: Article, text: str) -> Iterator[str]:
    """References that share a run of more than seven words with `text`, the article's title aside."""
    if article.summary is None:
        return
    title, body = " ".join(canonical_words(article.title)), canonical_words(text)
    points = [point.text for point in article.summary.key_points]
    for reference in [*article.summary.abstracts, *article.summary.tldrs, *points]:
        words = canonical_words(reference)
        copied = copied_words(words, body, COPIED_RUN)
        shown = " ".join(word for word, is_copied in zip(words, copied, strict=True) if is_copied)
        if shown and shown not in title:
            yield f"summary: copies {sum(copied)} words of the body: {shown!r}"


def _reference_problems(article: Article) -> Iterator[str]:
    sources, episodes = get_sources(), get_episodes()
    if article.source not in sources:
        yield f"unknown source {article.source!r} (valid: {', '.join(sources)})"
        return
    source = sources[article.source]
    if article.split not in source.splits:
        yield f"split {article.split!r} is none of source {source.id}'s ({', '.join(source.splits)})"
    if article.canary != (get_canary() if source.text_ships else None):
        yield "the canary is not the line in dataset/CANARY (only shipped text carries it)"
    if article.license != source.licence:
        yield f"license {article.license!r} is not source {source.id}'s ({source.licence!r})"
    if article.episode not in episodes:
        yield f"unknown episode {article.episode!r}"
    elif source.text_ships and episodes[article.episode].split != article.split:
        yield f"episode {article.episode} lies in {episodes[article.episode].split}, the article in {article.split}"


def article_problems(article: Article) -> list[str]:
    """Everything wrong with one article that already satisfies the schema."""
    problems = list(_reference_problems(article))
    if article.source in get_sources():
        for check in (_unit_problems, _passage_problems, _claim_problems, _stance_problems, _summary_problems):
            problems += check(article)
    return problems


def file_problems(path: Path) -> tuple[Article | None, list[str]]:
    """One corpus file: the article, or None when it cannot be read as one, and what is wrong with it."""
    try:
        data = read_bytes(path)
        raw, text = parse_json(data, path), data.decode("utf-8")
    except FairweatherError as error:
        return None, [error.message]
    problems = list(schema_problems(raw, text))
    if problems:
        return None, problems
    article = from_dict(raw)
    problems = article_problems(article)
    if path.stem != article.id:
        problems.append(f"the file is named {path.stem}, the article {article.id}")
    if canonical_json(to_dict(article)) != text:
        problems.append("not in canonical form (key order, indent, final newline)")
    return article, problems


def corpus_files(root: Path | None = None) -> list[Path]:
    """Every corpus file, source by source, by name."""
    return sorted((root or dataset_dir() / "corpus").glob("*/*.json"))


def corpus_problems(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """Check many files, each alone and against the others; only files with problems are in the result."""
    found: dict[Path, list[str]] = {}
    owner: dict[str, Path] = {}
    sentences: dict[str, tuple[Path, str]] = {}
    for path in paths:
        article, problems = file_problems(path)
        if article is not None:
            if article.id in owner:
                problems.append(f"id {article.id} is also that of {owner[article.id].name}")
            owner.setdefault(article.id, path)
            for key in _sentence_keys(article):
                other, source = sentences.setdefault(key, (path, article.source))
                if other != path and not _may_repeat(source, article.source):
                    problems.append(f"a sentence also stands in {other.name}")
        if problems:
            found[path] = problems
    return found


def _may_repeat(source: str, other: str) -> bool:
    """Whether a sentence may stand in both: real speakers repeat themselves, written pieces must not."""
    return source == other and not get_sources()[source].text_ships


def _sentence_keys(article: Article) -> set[str]:
    """What makes two articles share a sentence: the same five or more canonical words."""
    if article.text is None:
        return {unit.sha256 for unit in article.sentences() if unit.sha256 and (unit.words or 0) >= 5}
    spans = [canonical_words(article.text[unit.start : unit.end]) for unit in article.sentences()]
    return {words_sha256(words) for words in spans if len(words) >= 5}
