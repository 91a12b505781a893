"""Ids of speakers: the slug of the name, with a readable word more where another bears it already."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from quotes.identity.bodies import is_acronym, is_generic
from quotes.identity.names import parts
from quotes.identity.values import Profile
from quotes.speakers.names import speaker_id

slug = speaker_id
"""The id a name alone would give: ASCII words joined by hyphens."""


def new_id(local: Profile, document_id: str, is_taken: Callable[[str], bool]) -> str:
    """An id for a speaker nobody has seen: a document's own where its name alone does not tell who it is."""
    plain = slug(local.name)
    choices = [] if is_open(local) and not _is_known_by_initials(local) else [plain]
    choices += [f"{plain}-{slug(word)}" for word in _qualifiers(local)]
    choices.append(f"{plain}-{hashlib.sha256(document_id.encode()).hexdigest()[:6]}")
    return next((choice for choice in choices if not is_taken(choice)), f"{choices[-1]}-{plain}")


def is_open(profile: Profile) -> bool:
    """Whether a name alone does not tell who it is: a surname, an acronym, a generic name."""
    if profile.type == "person":
        return all(parts(name).is_bare for name in profile.names)
    return all(is_acronym(name) or is_generic(name) for name in profile.names)


def _is_known_by_initials(local: Profile) -> bool:
    """FBI and NATO are their own ids; two letters are too few."""
    return local.type != "person" and is_acronym(local.name) and len(local.name) > 2


def _qualifiers(local: Profile) -> Iterator[str]:
    if is_open(local) and local.type == "person":
        return
    yield from sorted(local.places) if local.type != "person" else ()
    for dated in local.roles:
        yield from (" ".join(dated.role.modifiers), dated.role.head) if dated.role.modifiers else (dated.role.head,)
