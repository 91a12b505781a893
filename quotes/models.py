"""The values that flow through `quotes`, one way: document → quotations → speakers → claims.

All are frozen, all offsets are Unicode code points into `Document.text`, end exclusive, and for
every span `text[start:end]` is what was printed.  Ids are hashes of what makes a row itself (the
document, the spans, the kind), so extracting twice gives the same ids.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

Span = tuple[int, int]
"""Start and end in code points, end exclusive."""

QuotationType = Literal["direct", "indirect", "mixed"]
Act = Literal["speech", "writing", "thought"]
SpeakerType = Literal["person", "organisation", "group"]
ClaimKind = Literal["quantity", "change", "comparison", "rank", "causal", "status", "rule", "vote"]
Comparator = Literal["=", "~", ">", ">=", "<", "<=", "range"]
Direction = Literal["up", "down"]
Role = Literal["level", "delta", "from", "to", "share"]
Stance = Literal["asserts", "credits", "denies", "doubts", "estimates", "promises"]


def make_id(prefix: str, *parts: object) -> str:
    """A stable id: `prefix`, an underscore, 16 hex digits of the SHA-256 of `parts`."""
    key = "\x1f".join(str(part) for part in parts)
    return f"{prefix}_{hashlib.sha256(key.encode('utf-8')).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Document:
    """An article as read.  `text` is the input's text, unchanged; `sha256` is of the input's bytes."""

    id: str
    input: str
    """The path or address as given; for a file found in a folder, its path."""
    sha256: str
    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    """ISO date (2025-02-13) or date and time."""
    url: str | None = None
    licence: str | None = None
    dateline: str | None = None
    """The place of a dateline, as printed: SAN SALVADOR."""
    agency: str | None = None
    """The news agency of a dateline, as printed: Reuters."""
    body_start: int = 0
    """Where the article proper starts: behind a dateline or a leading date."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """One attribution in one document: content, and where printed its cue and source.

    `content`, `cue` and `source` are spans in text order; cue and source may be empty.
    """

    id: str
    type: QuotationType
    act: Act
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    method: str
    """Which rule or model found it."""
    score: float
    """0..1, how sure the method is."""


@dataclass(frozen=True, slots=True)
class SpeakerRole:
    """What a document says somebody is, folded to lower case: "former mayor (port alba)"."""

    head: str
    """The role itself: "mayor", "secretary of state"."""
    modifiers: tuple[str, ...] = ()
    """Words that tell one holder from another, as printed in order: places, bodies, parties."""
    is_past: bool = False

    def __str__(self) -> str:
        """As a reader would want it."""
        words = f"former {self.head}" if self.is_past else self.head
        return f"{words} ({' '.join(self.modifiers)})" if self.modifiers else words


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person, organisation or group; `name` is canonical, `names` all names seen, `name` included."""

    id: str
    name: str
    type: SpeakerType
    names: tuple[str, ...] = ()
    roles: tuple[SpeakerRole, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """A role of a known speaker and when it was held; dates are ISO days, months or years, None where open."""

    role: SpeakerRole
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    """A speaker known beforehand, from a roster; `names` are all of its names, `gender` is female, male or None."""

    names: tuple[str, ...]
    type: SpeakerType
    gender: str | None = None
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who a quotation's source is: the link from a quotation to a speaker, and how it was made.

    A quotation whose source is anonymous, unnamed or unsure has no attribution.
    """

    quotation_id: str
    speaker_id: str
    method: str
    """"name", "surname", "acronym", "pronoun", "description", "running" …"""
    score: float


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that refers to a speaker."""

    start: int
    end: int
    speaker_id: str
    method: str
    score: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity in a claim: always an interval.  An open side is None.

    `unit` is "percent", "percentage_point", an ISO 4217 currency, a physical unit, or the counted
    noun's lemma ("person" for people); None for a bare number.
    """

    start: int
    end: int
    value_min: float | None
    value_max: float | None
    comparator: Comparator = "="
    direction: Direction | None = None
    unit: str | None = None
    role: Role = "level"


@dataclass(frozen=True, slots=True)
class Assertion:
    """One link of the chain of who asserts a claim, outermost first.

    `speaker` is a speaker's name, "article" or "anonymous"; `speaker_id` is set when it is a speaker.
    """

    speaker: str
    stance: Stance = "asserts"
    cue: str | None = None
    speaker_id: str | None = None
    quotation_id: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One named reason for or against checking a claim, or a flag (weight 0)."""

    code: str
    weight: float
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable proposition in a document.

    `start`/`end` is the claim's clause, `sentence` the sentence it stands in.
    `asserted_by` is a speaker's name, "article" or "anonymous": the last link of `assertion`.
    """

    id: str
    start: int
    end: int
    sentence: Span
    kind: ClaimKind
    figures: tuple[Figure, ...]
    measured: Span | None
    asserted_by: str
    assertion: tuple[Assertion, ...]
    denied: bool
    hedged: bool
    check_worthiness: float
    reasons: tuple[Reason, ...]
    method: str
    score: float
    terms: tuple[str, ...] = ()
    """Content lemmas of the measured thing, the event and the entities: what questions are found by."""
    forecast: bool = False
    """Said of what has not happened yet; a forecast is hedged as well."""
    base: Span | None = None
    """Against what, since when, of what: "since 2008", "than a year ago", "of voters"."""
    time_scope: Span | None = None
    """When it holds: "in May", "last year"."""
    place: Span | None = None
    """Where it holds: "in the Tessen valley"."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one document."""

    document: Document
    quotations: tuple[Quotation, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    spoken_for: tuple[Attribution, ...] = ()
    """On whose behalf a quotation is made: the body or person that its source, named or not, speaks for."""


@dataclass(frozen=True, slots=True)
class Run:
    """One execution of the extractor: what made the rows."""

    id: str
    version: str
    model: str
    model_version: str
    settings: dict[str, str] = field(default_factory=dict)
