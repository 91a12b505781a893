"""What kind of speaker a name is: where the document's reader took a person for a body, where a person typed one."""

from __future__ import annotations

from quotes.identity.bodies import is_acronym, is_generic
from quotes.identity.names import parts
from quotes.models import Speaker, SpeakerType
from quotes.speakers import lexicon
from quotes.speakers.lexicon import fold

_MOST_WORDS = 4


def told_type(speaker: Speaker) -> SpeakerType:
    """A person where a name without a body's noun has a person's role, or begins with a given name."""
    if speaker.type != "organisation" or is_acronym(speaker.name) or is_generic(speaker.name):
        return speaker.type
    words = [fold(word) for word in speaker.name.split()]
    if len(words) > _MOST_WORDS or any(word in lexicon.bodies() for word in words) or not speaker.name[0].isupper():
        return speaker.type
    has_role = any(tuple(role.head.split()) in _roles() for role in speaker.roles)
    given = len(parts(speaker.name).words) > 1 and lexicon.is_given_name(words[0])
    return "person" if has_role or given else speaker.type


def type_of_name(name: str) -> SpeakerType:
    """What a name that stands alone is of: a person, unless it is an acronym or has a body's noun."""
    words = [fold(word.strip(",.")) for word in name.split()]
    is_body = is_acronym(name) or is_generic(name) or any(word in lexicon.bodies() for word in words)
    return "organisation" if is_body else "person"


def _roles() -> frozenset[tuple[str, ...]]:
    return frozenset(lexicon.roles().values())
