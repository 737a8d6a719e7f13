"""Croissant metadata (MLCommons, version 1.1) with its fields on responsible AI, made from the manifest.

Written by hand as JSON-LD: the reference library is needed to check the file, not to make it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from fairweather.release.rai import responsible_ai
from fairweather.release.tables import features
from fairweather.tasks import get_task, task_names

Manifest = Mapping[str, Any]
Json = dict[str, Any]

CITATION = "The Fairweather maintainers: Fairweather, a dataset and benchmark on commentary about alliances."
_CONTEXT: Json = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES = {"string": "sc:Text", "bool": "sc:Boolean", "int32": "sc:Integer"}


def croissant(manifest: Manifest) -> Json:
    """The metadata of a release: its files with their SHA-256, a record set a config and split, and the label names.

    Columns that hold lists of objects (votes, key points, units) have no Croissant type that readers agree on; they
    are left out here and stand in the files. Stand-off splits have no files, so they have no record sets.
    """
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": "fairweather",
        "description": "Stance, claims and summaries annotated on the same commentary about alliances. "
        "The open articles and all labels are machine-made.",
        "version": manifest["version"],
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "creator": {"@type": "sc:Organization", "name": "The Fairweather maintainers"},
        "inLanguage": "en",
        "keywords": ["stance detection", "claim detection", "summarization", "international relations"],
        "citeAs": CITATION,
        "isLiveDataset": False,
        **responsible_ai(manifest),
        "distribution": list(_distribution(manifest)),
        "recordSet": [*_label_sets(), *_record_sets(manifest)],
    }


def _tables(manifest: Manifest) -> Iterator[tuple[str, str, str]]:
    """Every parquet file with its config and split."""
    for path in manifest["files"]:
        if path.startswith("data/") and path.endswith(".parquet"):
            _, config, name = path.split("/")
            yield path, config, name.removesuffix(".parquet")


def _distribution(manifest: Manifest) -> Iterator[Json]:
    for path, config, split in _tables(manifest):
        yield {
            "@type": "cr:FileObject",
            "@id": f"{config}-{split}-file",
            "name": f"{config}-{split}-file",
            "description": f"Config {config}, split {split}.",
            "contentUrl": path,
            "contentSize": f"{manifest['files'][path]['bytes']} B",
            "encodingFormat": "application/x-parquet",
            "sha256": manifest["files"][path]["sha256"],
        }


def _label_sets() -> Iterator[Json]:
    for task in task_names():
        labels = get_task(task).labels
        if labels:
            name = f"{task}-labels"
            yield {
                "@type": "cr:RecordSet",
                "@id": name,
                "name": name,
                "description": f"The labels of {task}, by the number that the files hold.",
                "dataType": "sc:Enumeration",
                "key": {"@id": f"{name}/number"},
                "field": [
                    {"@type": "cr:Field", "@id": f"{name}/number", "name": f"{name}/number", "dataType": "sc:Integer"},
                    {"@type": "cr:Field", "@id": f"{name}/name", "name": f"{name}/name", "dataType": "sc:Text"},
                ],
                "data": [{f"{name}/number": number, f"{name}/name": label} for number, label in enumerate(labels)],
            }


def _record_sets(manifest: Manifest) -> Iterator[Json]:
    for _, config, split in _tables(manifest):
        name = f"{config}-{split}"
        yield {
            "@type": "cr:RecordSet",
            "@id": name,
            "name": name,
            "description": f"Config {config}, split {split}.",
            "key": {"@id": f"{name}/id"},
            "field": list(_fields(config, name)),
        }


def _fields(config: str, name: str) -> Iterator[Json]:
    from datasets import ClassLabel, List, Value

    for column, kind in features(config).items():
        field: Json = {
            "@type": "cr:Field",
            "@id": f"{name}/{column}",
            "name": f"{name}/{column}",
            "description": f"Column {column} of {config}.",
            "source": {"fileObject": {"@id": f"{name}-file"}, "extract": {"column": column}},
        }
        if isinstance(kind, ClassLabel):
            yield {
                **field,
                "dataType": "sc:Integer",
                "references": {"field": {"@id": f"{config}-labels/number"}},
            }
        elif isinstance(kind, Value):
            yield {**field, "dataType": _TYPES[kind.dtype]}
        elif isinstance(kind, List) and isinstance(kind.feature, Value):
            yield {**field, "dataType": _TYPES[kind.feature.dtype], "isArray": True, "arrayShape": "-1"}
