"""Bringing an article in: from marked text and its description to an unlabelled article."""

import re
from collections.abc import Mapping
from typing import Any

from fairweather.corpus.article import Article
from fairweather.corpus.reference import get_canary, get_episodes, get_sources
from fairweather.corpus.segment import lay_out, make_passages, parse_marked
from fairweather.errors import FairweatherError, unknown_name

DESCRIPTION_KEYS = ("id", "source", "genre", "outlet", "region", "episode")


def bring_in(marked: str, description: Mapping[str, Any], where: str) -> Article:
    """Segment marked text into an article with no labels yet.

    `description` holds `id, source, genre, outlet, region, episode`, and may hold `url` and `commission`. The
    split follows from the source, or for a source with several splits from the episode.
    Raises FairweatherError for a missing key or an unknown source or episode.
    """
    if not isinstance(description, Mapping) or not all(
        isinstance(description.get(k, ""), str) for k in DESCRIPTION_KEYS
    ):
        raise FairweatherError(f"{where}: the description must be an object of strings", remedy="mend the JSON file")
    missing = [key for key in DESCRIPTION_KEYS if key not in description]
    if missing:
        raise FairweatherError(f"{where}: the description lacks {', '.join(missing)}", remedy="add the keys")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", description["id"]):
        raise FairweatherError(f"{where}: id {description['id']!r}", remedy="lower-case words and digits, with hyphens")
    parsed = parse_marked(marked, where)
    text, units = lay_out(parsed)
    sources, episodes = get_sources(), get_episodes()
    if description["source"] not in sources:
        raise unknown_name("source", description["source"], sources)
    if description["episode"] not in episodes:
        raise unknown_name("episode", description["episode"], episodes)
    source = sources[description["source"]]
    split = source.splits[0] if len(source.splits) == 1 else episodes[description["episode"]].split
    return Article(
        id=description["id"],
        source=source.id,
        split=split,
        title=parsed.title,
        genre=description["genre"],
        outlet=description["outlet"],
        region=description["region"],
        episode=description["episode"],
        url=tuple(description.get("url", ())),
        license=source.licence,
        text=text,
        commission=description.get("commission"),
        units=units,
        passages=make_passages(text, units),
        canary=get_canary() if source.text_ships else None,
    )
