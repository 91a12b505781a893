"""Data flows one way: which part may import which."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "quotes"

MAY_IMPORT = {
    "models": set(),
    "errors": set(),
    "paragraphs": {"models"},
    "annotations": {"models"},
    "language": {"errors"},
    "reading": {"models", "errors"},
    "quotations": {"models", "errors", "annotations", "paragraphs"},
    "speakers": {"models", "annotations", "paragraphs", "quotations"},
    "claims": {"models", "annotations", "paragraphs", "quotations", "speakers"},
    "records": {"models"},
    "tracker": {"models", "annotations", "language", "quotations", "speakers", "claims", "__init__"},
    "schema": {"errors"},
    "identity": {"models", "errors", "speakers"},
    "store": {"models", "errors", "schema", "records", "identity"},
    "comparison": {"claims", "store"},
    "factchecks": {"errors", "store"},
    "export": {"errors", "models", "records", "schema", "store"},
    "web": {"errors", "export", "store"},
    "training": {"errors", "records", "language", "quotations", "evaluation", "__init__"},
    "evaluation": {"identity", "store", "errors", "models", "language", "quotations", "claims", "tracker"},
}


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_layers(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "quotes" else [f"quotes.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if name == "quotes":
                yield "__init__"
            elif name.startswith("quotes."):
                yield name.split(".")[1]


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_a_layer_knows_only_what_is_left_of_it(layer: str) -> None:
    files = [path for path in PACKAGE.rglob("*.py") if layer_of(path) == layer]
    assert files
    for path in files:
        assert set(imported_layers(path)) - {layer} <= MAY_IMPORT[layer], path


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("quotes.web", ("spacy", "quotes.language")),
        ("quotes.identity.deciding", ("spacy", "sqlite3")),
        ("quotes.store", ("spacy",)),
        ("quotes.factchecks.matching", ("spacy", "sqlite3")),
        ("quotes.tracker", ("sqlite_utils", "datasette", "sqlite3")),
        ("quotes.cli", ("spacy", "datasette")),
    ],
)
def test_a_module_starts_without_what_it_must_not_load(module: str, forbidden: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print([m for m in {forbidden!r} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
