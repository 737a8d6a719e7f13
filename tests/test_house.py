"""The shape of the house: layers, light imports, short modules, versions that agree."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import fairweather
from fairweather.resources import resource_root

ROOT = resource_root()
LAYERS = ["corpus", "release", "data", "scoring", "leaderboard", "cli"]
SOURCES = sorted((ROOT / "src" / "fairweather").rglob("*.py"))


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_layers_import_only_from_the_left(path: Path) -> None:
    parts = path.relative_to(ROOT / "src" / "fairweather").parts
    allowed = LAYERS[: LAYERS.index(parts[0]) + 1] if parts[0] in LAYERS else []
    if path.name == "__init__.py" and len(parts) == 1:
        allowed = LAYERS  # the public names, loaded on first use
    if parts == ("__main__.py",):
        allowed = LAYERS
    for name in imports(path):
        found = re.match(r"fairweather\.(\w+)(\.|$)", name)
        if found and found[1] in LAYERS:
            assert found[1] in allowed, f"{path.name} imports {name}"


@pytest.mark.parametrize("path", sorted((ROOT / "baselines").glob("*.py")), ids=lambda path: path.stem)
def test_baselines_use_only_the_public_names(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("fairweather"):
            assert node.module == "fairweather"
            assert {name.name for name in node.names} <= set(fairweather.__all__)


def test_modules_stay_short() -> None:
    for path in SOURCES:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path.name


def modules_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_importing_fairweather_is_light() -> None:
    heavy = {"datasets", "pandas", "sklearn", "numpy", "pyarrow", "rich", "click", "jsonschema"}
    assert not heavy & modules_after("import fairweather")


def test_scoring_needs_no_datasets_pandas_or_sklearn() -> None:
    code = (
        "import fairweather\nfrom fairweather.data.gold import read_gold\n"
        "rows = [{'id': i, 'label': 'claim'} for i in read_gold('claims', 'test').ids]\n"
        "fairweather.score('claims', rows, resamples=10)"
    )
    assert not {"datasets", "pandas", "sklearn"} & modules_after(code)


def test_versions_agree() -> None:
    version = fairweather.__version__
    assert (ROOT / "dataset" / "VERSION").read_text(encoding="utf-8").strip() == version
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\n## {version} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"For Fairweather {version}." in (ROOT / "DATASHEET.md").read_text(encoding="utf-8")


def test_nothing_but_data_in_dataset_and_tasks() -> None:
    assert not list((ROOT / "dataset").rglob("*.py"))
    assert not list((ROOT / "tasks").rglob("*.py"))


def test_every_task_has_a_card() -> None:
    for folder in (ROOT / "tasks").iterdir():
        card = (folder / "README.md").read_text(encoding="utf-8")
        task = tomllib.loads((folder / "task.toml").read_text(encoding="utf-8"))
        assert task["question"] in " ".join(card.split())
        for metric in task["metrics"]:
            assert f"`{metric}`" in card, f"{folder.name}: {metric}"


def test_dependencies_are_pinned_for_make() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = {
        line.split("==")[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    wanted = project["dependencies"] + [d for group in project["optional-dependencies"].values() for d in group]
    for entry in wanted:
        name = re.split(r"[\[<>=]", entry)[0].lower().replace("_", "-")
        assert name in pinned | {"fairweather"}, name
