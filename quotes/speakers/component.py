"""The spaCy component that resolves who the sources are: find (pure), set (writes the Doc), get (reads it back).

`doc.spans["speaker_mentions"]` holds a span for every mention (label: speaker type, span_id: speaker id);
its rows hold the speakers, the mentions' methods and the attributions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, cast

from spacy.language import Language
from spacy.tokens import Doc

from quotes.annotations import read_rows, write_spans
from quotes.models import Attribution, KnownSpeaker, Mention, Quotation, Speaker, SpeakerRole
from quotes.quotations.component import get_quotations
from quotes.speakers.known import KnownSpeakers
from quotes.speakers.resolver import resolve

MENTIONS = "speaker_mentions"
NOBODY = KnownSpeakers()


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who speaks in a document."""

    speakers: tuple[Speaker, ...] = ()
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    spoken_for: tuple[Attribution, ...] = ()


def find_speakers(doc: Doc, quotations: Sequence[Quotation], known: KnownSpeakers = NOBODY) -> Resolution:
    """Speakers, their mentions, and which quotation is whose."""
    return Resolution(*resolve(doc, quotations, known))


def set_speakers(doc: Doc, resolution: Resolution) -> None:
    """Write a resolution into `doc.spans`."""
    types = {speaker.id: speaker.type for speaker in resolution.speakers}
    write_spans(
        doc,
        MENTIONS,
        (((m.start, m.end), types[m.speaker_id], m.speaker_id) for m in resolution.mentions),
        {
            "speakers": [asdict(speaker) for speaker in resolution.speakers],
            "mentions": [asdict(mention) for mention in resolution.mentions],
            "attributions": [asdict(attribution) for attribution in resolution.attributions],
            "spoken_for": [asdict(attribution) for attribution in resolution.spoken_for],
        },
    )


def get_speakers(doc: Doc) -> Resolution:
    """The resolution stored in a Doc."""
    rows = read_rows(doc, MENTIONS)
    return Resolution(
        speakers=tuple(_speaker(row) for row in rows.get("speakers", ())),
        mentions=tuple(Mention(**row) for row in rows.get("mentions", ())),
        attributions=tuple(Attribution(**row) for row in rows.get("attributions", ())),
        spoken_for=tuple(Attribution(**row) for row in rows.get("spoken_for", ())),
    )


def _speaker(row: dict[str, Any]) -> Speaker:
    roles = tuple(SpeakerRole(**{**role, "modifiers": tuple(role["modifiers"])}) for role in row["roles"])
    return Speaker(**{**row, "names": tuple(row["names"]), "roles": roles})


class Speakers:
    """Callable pipeline component; `known` are the speakers of a roster."""

    def __init__(self) -> None:
        self.known = NOBODY

    def __call__(self, doc: Doc) -> Doc:
        set_speakers(doc, find_speakers(doc, get_quotations(doc), self.known))
        return doc


def introduce(nlp: Language, known: Iterable[KnownSpeaker]) -> None:
    """Tell a pipeline's speakers component of speakers known beforehand, in place of those it knew."""
    cast(Speakers, nlp.get_pipe("speakers")).known = KnownSpeakers(known)


@Language.factory("speakers", requires=["doc.ents", "doc.spans"], assigns=["doc.spans"])
def make_speakers(nlp: Language, name: str) -> Speakers:  # noqa: ARG001
    return Speakers()
