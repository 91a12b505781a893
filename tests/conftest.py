"""Fixtures shared by all tests: the real pipeline, and the corpora beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from quotes import language

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The full pipeline with the rules alone, loaded once: most tests are a specification of rules."""
    return language.load(rules=True)


@pytest.fixture(scope="session")
def tagged() -> Language:
    """The full pipeline as it ships, with the trained tagger, loaded once."""
    return language.load()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora and reference scorers beside the checkout; tests skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs the corpora in ../shared, which are not part of the repository")
    return SHARED


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The documents written for the demo."""
    return ROOT / "seeds"
