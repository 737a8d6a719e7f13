"""The dataset card's header and the figures in the documents, both generated from the manifest.

In a document a generated block stands between `<!-- figures:NAME -->` and `<!-- end figures -->`; everything else
is written by hand.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fairweather.errors import FairweatherError
from fairweather.release.rows import config_names
from fairweather.release.tables import features, table_path

Manifest = Mapping[str, Any]

_BLOCK = re.compile(r"(<!-- figures:([a-z-]+) -->\n).*?(<!-- end figures -->)", re.DOTALL)


def table(header: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; every column after the first is set right.

    >>> print(table(["split", "rows"], [["train", "3"]]), end="")
    | split | rows |
    |---|---:|
    | train | 3 |
    """
    lines = ["| " + " | ".join(header) + " |", "|---|" + "---:|" * (len(header) - 1)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _number(value: int) -> str:
    return f"{value:,}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "–"


def _sizes(manifest: Manifest) -> str:
    rows = []
    for split, counts in manifest["splits"].items():
        corpus = counts["corpus"]
        rows.append(
            [
                split,
                *(_number(corpus[key]) for key in ("rows", "episodes", "words", "passages")),
                *(_number(counts[config]["rows"]) for config in ("stance", "claims", "summary")),
            ]
        )
    header = ["split", "articles", "episodes", "words", "passages", "stance items", "claim items", "summaries"]
    return table(header, rows)


def _labels(manifest: Manifest) -> str:
    rows = []
    for split, counts in manifest["splits"].items():
        stance, claims = counts["stance"], counts["claims"]
        rows.append(
            [
                split,
                *(_share(stance["labels"].get(label, 0), stance["rows"]) for label in ("favor", "against", "none")),
                _share(stance["passages_with_two_labels"], stance["passages_with_items"]),
                _share(claims["labels"].get("claim", 0), claims["rows"]),
                _share(claims["check_worthy"], claims["labels"].get("claim", 0)),
            ]
        )
    header = ["split", "favor", "against", "none", "passages with two labels", "claim", "of them check-worthy"]
    return table(header, rows)


def _none_kinds(manifest: Manifest) -> str:
    kinds = sorted({kind for counts in manifest["splits"].values() for kind in counts["stance"]["none_kinds"]})
    rows = [
        [split, *(_number(counts["stance"]["none_kinds"].get(kind, 0)) for kind in kinds)]
        for split, counts in manifest["splits"].items()
    ]
    return table(["split", *kinds], rows)


def _targets(manifest: Manifest) -> str:
    totals = {source: counts["stance"]["targets"] for source, counts in manifest["totals"].items()}
    names = list(dict.fromkeys(target for counts in totals.values() for target in counts))
    rows = []
    for target in names:
        cells = []
        for counts in totals.values():
            spread = counts.get(target, {})
            cells.append(" / ".join(str(spread.get(label, 0)) for label in ("favor", "against", "none")))
        rows.append([target, *cells])
    return table(["target (favor / against / none)", *totals], rows)


AGREEMENT_HEADER = ["layer", "items", "all agree", "alpha", "95% interval", "resampled"]


def agreement_cells(source: str, layer: str, measured: Mapping[str, Any]) -> list[str]:
    """One row of an agreement table, from the fields of an `Agreement`."""
    low, high = measured["low"], measured["high"]
    return [
        f"{source}, {layer}",
        _number(measured["items"]),
        f"{100 * measured['unanimous']:.1f}%",
        "–" if measured["alpha"] is None else f"{measured['alpha']:.3f}",
        "–" if low is None else f"{low:.3f} to {high:.3f}",
        measured["resampled"],
    ]


def _agreement(manifest: Manifest) -> str:
    rows = [
        agreement_cells(source, layer, measured)
        for source, layers in manifest["agreement"].items()
        for layer, measured in layers.items()
    ]
    return table(AGREEMENT_HEADER, rows)


def _adjudicated(manifest: Manifest) -> str:
    rows = [
        [
            source,
            *(
                f"{_number(counts[layer]['adjudicated'])} of {_number(counts[layer]['rows'])}"
                for layer in ("stance", "claims")
            ),
        ]
        for source, counts in manifest["totals"].items()
    ]
    return table(["source", "stance items adjudicated", "sentences adjudicated"], rows)


def _sources(manifest: Manifest) -> str:
    rows = [
        [name, source["title"], ", ".join(source["splits"]), "yes" if source["text_ships"] else "no", source["licence"]]
        for name, source in manifest["sources"].items()
    ]
    lines = table(["source", "what", "splits", "text ships", "licence"], rows)
    return lines.replace("---:", "---")


FIGURES: dict[str, Callable[[Manifest], str]] = {
    "sizes": _sizes,
    "labels": _labels,
    "none-kinds": _none_kinds,
    "targets": _targets,
    "agreement": _agreement,
    "adjudicated": _adjudicated,
    "sources": _sources,
}


def refresh_figures(document: str, figures: Mapping[str, str]) -> str:
    """A document with every generated block rewritten; unknown block names raise FairweatherError.

    >>> print(refresh_figures("<!-- figures:x -->\\nold\\n<!-- end figures -->", {"x": "new\\n"}))
    <!-- figures:x -->
    new
    <!-- end figures -->
    """

    def fresh(block: re.Match[str]) -> str:
        if block[2] not in figures:
            raise FairweatherError(f"unknown figures block {block[2]!r}", remedy="valid: " + ", ".join(figures))
        return block[1] + figures[block[2]] + block[3]

    return _BLOCK.sub(fresh, document)


def manifest_figures(manifest: Manifest) -> dict[str, str]:
    """Every figures block that the manifest alone decides."""
    return {name: make(manifest) for name, make in FIGURES.items()}


def card_header(manifest: Manifest, extra_splits: Mapping[str, Sequence[str]] | None = None) -> str:
    """The card's YAML: configs with their files, and the columns with their class names in label order.

    `extra_splits` are hydrated splits with the configs that have them, for an exported folder.

    Split sizes are left out on purpose: `datasets` checks them against the hydrated folder too, and refuses it.
    """
    import yaml
    from datasets import DatasetInfo

    open_splits = [s for source in manifest["sources"].values() if source["text_ships"] for s in source["splits"]]
    extra = extra_splits or {}
    rows = manifest["totals"]["open"]["stance"]["rows"] + manifest["totals"]["open"]["claims"]["rows"]
    header = {
        "pretty_name": "Fairweather",
        "license": "cc-by-4.0",
        "language": ["en"],
        "task_categories": ["text-classification", "summarization"],
        "annotations_creators": ["machine-generated"],
        "language_creators": ["machine-generated"],
        "source_datasets": ["original"],
        "size_categories": ["1K<n<10K" if rows < 10_000 else "10K<n<100K"],
        "tags": ["stance-detection", "claim-detection", "political-science", "international-relations", "nato", "iran"],
        "configs": [
            {
                "config_name": config,
                "version": manifest["version"],
                **({"default": True} if config == "stance" else {}),
                "data_files": [
                    {"split": split, "path": table_path(config, split)}
                    for split in [*open_splits, *(split for split, configs in extra.items() if config in configs)]
                ],
            }
            for config in config_names()
        ],
        "dataset_info": [
            {"config_name": config, **DatasetInfo(features=features(config))._to_yaml_dict()}
            for config in config_names()
        ],
    }
    text: str = yaml.safe_dump(header, sort_keys=False, allow_unicode=True, width=100)
    return f"---\n{text}---\n"


def refresh_card(card: str, manifest: Manifest) -> str:
    """The dataset card with header and figures made anew; its prose is kept."""
    prose = re.sub(r"\A---\n.*?\n---\n", "", card, count=1, flags=re.DOTALL)
    return card_header(manifest) + refresh_figures(prose, manifest_figures(manifest))
