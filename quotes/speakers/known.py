"""What a roster tells of those whom a document names: their gender, and the offices they held when it was published.

In: the entities of a document, the speakers of a roster, the day of publication.  Out: the same entities,
knowing more: so "the Vermont senator" and "she" find whom the article introduces by name alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from quotes.models import KnownSpeaker, Office
from quotes.speakers.joining import Entity
from quotes.speakers.lexicon import Gender, fold
from quotes.speakers.names import Words
from quotes.speakers.roles import Role


class KnownSpeakers:
    """The speakers of a roster by their full names; a name that two of them bear tells nothing."""

    def __init__(self, speakers: Iterable[KnownSpeaker] = ()) -> None:
        found: defaultdict[Words, list[KnownSpeaker]] = defaultdict(list)
        for speaker in speakers:
            for key in {tuple(fold(word) for word in name.split()) for name in speaker.names}:
                if len(key) > 1 and speaker.type == "person":
                    found[key].append(speaker)
        self._by_name = {key: speakers[0] for key, speakers in found.items() if len(speakers) == 1}

    def tell(self, entities: Iterable[Entity], day: str | None) -> None:
        """Add gender and offices to the persons that are known; `day` is ISO, None where it is not known."""
        for entity in entities if self._by_name else ():
            keys = (mention.key for mention in entity.mentions)
            known = next((self._by_name[key] for key in keys if key in self._by_name), None)
            if known and entity.kind == "person":
                entity.gender = entity.gender or _gender(known.gender)
                entity.known_roles += roles_at(known.offices, day)


def roles_at(offices: Iterable[Office], day: str | None) -> Iterator[Role]:
    """The roles that offices give on a day: those held then, and those held before as past ones.

    Dates may be a year or a month; without a day every office counts as held.
    """
    for office in offices:
        if day and office.first and day[: len(office.first)] < office.first:
            continue
        past = bool(office.role.is_past or (day and office.last and day[: len(office.last)] > office.last))
        yield Role(tuple(office.role.head.split()), office.role.modifiers, past)


def _gender(told: str | None) -> Gender | None:
    if told == "female":
        return "female"
    return "male" if told == "male" else None
