"""Reasons to check any stretch of English, whether or not a claim was found in it: a parsed Doc in, reasons out."""

from __future__ import annotations

from spacy.tokens import Doc

from quotes.claims.building import kind_of
from quotes.claims.checkworthiness import Evidence, find_reasons
from quotes.claims.figures import find_quantities
from quotes.claims.frames import frame_of
from quotes.models import Reason


def reasons_of(doc: Doc) -> tuple[Reason, ...]:
    """The reasons that hold for the whole of a parsed text, read as one sentence that nobody in particular says."""
    frames = []
    for quantity in find_quantities(doc):
        if not quantity.passing:
            sentence = doc[quantity.left].sent
            frames.append(frame_of(doc, quantity, (sentence.start_char, sentence.end_char)))
    figures = tuple(frame.figure for frame in frames)
    return find_reasons(
        Evidence(
            tokens=list(doc),
            figures=figures,
            kind=kind_of(frames, figures) if frames else None,
            compares=any(frame.compares for frame in frames),
        )
    )
