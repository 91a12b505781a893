"""What is known of a speaker when it is decided whom a document means, and what is decided.

A document's own speaker and the stored candidates have the same shape: `Profile`.
"""

from __future__ import annotations

from dataclasses import dataclass

from quotes.models import SpeakerRole, SpeakerType


@dataclass(frozen=True, slots=True)
class DatedRole:
    """A role, and when it was held (a roster says) or seen in print."""

    role: SpeakerRole
    first: str | None = None
    last: str | None = None
    is_known: bool = False
    """From a roster: the dates are those of the office."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A speaker as identities are decided on."""

    id: str
    name: str
    type: SpeakerType
    names: tuple[str, ...] = ()
    roles: tuple[DatedRole, ...] = ()
    first_seen: str | None = None
    last_seen: str | None = None
    companions: frozenset[str] = frozenset()
    """Ids of the other speakers of the same documents."""
    outlets: frozenset[tuple[str, str]] = frozenset()
    """Who printed the name, and on which day."""
    places: frozenset[str] = frozenset()
    """Datelines, folded."""
    context: frozenset[str] = frozenset()
    """Names and telling words of the same documents; see `quotes.identity.context`."""
    regions: frozenset[str] = frozenset()
    """States and countries that the sentences around the name speak of."""
    topics: tuple[str, ...] = ()
    """Fields of life that the words around the name speak of."""
    is_known: bool = False
    """From a roster."""
    documents: int = 1


@dataclass(frozen=True, slots=True)
class Rival:
    """Another speaker that might be meant: how likely, and why."""

    id: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Whom a document's speaker is taken for: a candidate's id, or None for somebody new."""

    speaker_id: str | None
    method: str
    score: float
    why: str
    rivals: tuple[Rival, ...] = ()
    """Whom else it may be: pairs for a person to judge."""
