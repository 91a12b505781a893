"""Joining the names of one document: which names are one person, one organisation, one group.

In: `NameMention`s in text order.  Out: `Entity` values, and for every mention the entity it names
(None where two could be meant).  Every mention belongs to one entity at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from quotes.models import SpeakerType
from quotes.speakers import lexicon
from quotes.speakers.lexicon import Gender
from quotes.speakers.mentions import NameMention
from quotes.speakers.names import PersonName, Words, parse_name, same_person, short_forms
from quotes.speakers.roles import Role, fits

_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to"})
_OF = frozenset({"of", "on", "for"})
_GENERIC = frozenset({"group", "company", "firm", "office", "house", "service"})
"""In a name these say little: UnitedHealth Group is not "the group"."""
_PUBLIC = frozenset({"office", "service"})
_NO_SHORT_NAME = frozenset({("house",), ("party",), ("state",), ("states",)})
"""Last words that mean something else alone: the House is not the White House."""


@dataclass(slots=True)
class Entity:
    """Somebody or something a document names; grows while mentions are joined to it."""

    kind: SpeakerType
    mentions: list[NameMention] = field(default_factory=list)
    methods: dict[int, str] = field(default_factory=dict)
    """Start of a mention → how it was joined."""
    name: PersonName | None = None
    gender: Gender | None = None
    roles: list[Role] = field(default_factory=list)
    known_roles: list[Role] = field(default_factory=list)
    """Roles that a roster tells, which the document need not print."""

    def add(self, mention: NameMention, method: str) -> None:
        """Take a mention in, with the roles and the gender it tells."""
        self.mentions.append(mention)
        self.methods[mention.start] = method
        self.roles += mention.roles
        # A woman can be called spokesman or chairman: a given name tells more than a role.
        self.gender = self.gender or mention.gender

    def all_roles(self) -> list[Role]:
        """The roles that the document or a roster tells."""
        return self.roles + self.known_roles

    def body_words(self, *, agency: bool = False) -> set[str]:
        """The nouns that say what bodies its names are: the last word, or the one before "of" or "on".

        Where an agency is meant, an office and a service are bodies too: the Federal Budget Office is "the agency".
        """
        words: set[str] = set()
        for mention in self.mentions:
            key = mention.key
            cut = next((n for n, word in enumerate(key) if n and word in _OF), len(key))
            words.add(key[cut - 1])
        return words - (_GENERIC - _PUBLIC if agency else _GENERIC)


def join_names(doc: Doc, mentions: Sequence[NameMention]) -> list[Entity]:
    """Entities in the order of their first full name; unclear surnames belong to none."""
    full, single, others = [], [], []
    for mention in mentions:
        name = parse_name(mention.words) if mention.kind == "person" else None
        if name is None:
            others.append(mention)
        elif name.given:
            full.append((mention, name))
        else:
            single.append(mention)
    people = _join_full_names(full)
    _join_short_names(doc, people, single)
    return people + _join_collectives(others)


def _join_full_names(named: list[tuple[NameMention, PersonName]]) -> list[Entity]:
    people: list[Entity] = []
    by_surname: defaultdict[str, list[Entity]] = defaultdict(list)
    for mention, name in named:
        known = by_surname[name.surname[-1]]
        entity = next((e for e in known if e.name and same_person(name, e.name)), None)
        if entity is None:
            entity = Entity("person", name=name, gender=lexicon.given_gender(name.given[0]))
            people.append(entity)
            known.append(entity)
        elif entity.name and len(name.given) > len(entity.name.given):
            entity.name = name
        entity.add(mention, "name")
    return people


def _join_short_names(doc: Doc, people: list[Entity], mentions: list[NameMention]) -> None:
    """Join surnames and given names standing alone; what fits nobody is somebody new."""
    by_surname: defaultdict[str, list[Entity]] = defaultdict(list)
    by_given: defaultdict[str, list[Entity]] = defaultdict(list)
    for entity in people:
        assert entity.name is not None  # noqa: S101 - people come from full names
        surnames, given = short_forms(entity.name)
        for word in surnames:
            by_surname[word].append(entity)
        for word in given:
            by_given[word].append(entity)
    for mention in mentions:
        key = " ".join(mention.key)
        candidates, method = by_surname[key], "surname"
        if not candidates:
            candidates, method = by_given[key], "given name"
        if not candidates:
            newcomer = Entity("person", name=parse_name(mention.words), gender=lexicon.given_gender(key))
            people.append(newcomer)
            by_surname[key].append(newcomer)
            candidates, method = [newcomer], "name"
        chosen = _choose(doc, mention, candidates)
        if chosen:
            chosen.add(mention, method)


def _choose(doc: Doc, mention: NameMention, candidates: list[Entity]) -> Entity | None:
    """The one person a short name can mean here: by title, else the last mentioned, else nobody."""
    fit = [e for e in candidates if not (mention.gender and e.gender) or mention.gender == e.gender]
    titled = [e for e in fit if any(fits(told, role) for told in mention.roles for role in e.roles)]
    fit = titled or fit
    if len(fit) == 1:
        return fit[0]
    return _last_mentioned(doc, mention.start, fit)


def _last_mentioned(doc: Doc, start: int, people: list[Entity]) -> Entity | None:
    """Of people of one surname the last mentioned; nobody where two of them share that sentence.

    Who the paper has called by the bare surname before stays its owner while the other is only kin, or
    only mentioned in passing.
    """
    last = {id(e): max((m.start for m in e.mentions if m.start < start), default=-1) for e in people}
    before = sorted((e for e in people if last[id(e)] >= 0), key=lambda e: -last[id(e)])
    if not before:
        return None
    latest = before[0]
    owner = min(before, key=lambda e: min((s for s, how in e.methods.items() if how == "surname"), default=len(doc)))
    is_owned = "surname" in owner.methods.values()
    if latest is not owner and is_owned and (_is_kin(latest) or not _is_subject(doc, last[id(latest)])):
        return owner
    if not is_owned and _is_kin(latest):
        return next((e for e in before if not _is_kin(e)), latest)
    if len(before) > 1 and _same_sentence(doc, last[id(latest)], last[id(before[1])]):
        return None
    return latest


def _is_kin(entity: Entity) -> bool:
    return any(role.head[-1] in lexicon.kin() for role in entity.roles)


def _is_subject(doc: Doc, start: int) -> bool:
    """Whether the name that starts here is the subject of its clause."""
    token = doc[start]
    while token.dep_ in {"compound", "flat", "nmod"} and token.head.i > token.i:
        token = token.head
    return token.dep_ in {"nsubj", "nsubjpass"}


def _same_sentence(doc: Doc, one: int, other: int) -> bool:
    return bool(doc[one].sent.start == doc[other].sent.start)


def _join_collectives(mentions: list[NameMention]) -> list[Entity]:
    by_key: dict[Words, Entity] = {}
    for mention in sorted(mentions, key=lambda m: (-len(m.key), m.start)):
        entity, method = by_key.get(mention.key), "name"
        if entity is None and mention.kind == "organisation":
            entity, method = _abbreviated(mention.key, by_key, is_place=mention.label in {"GPE", "LOC"})
        if entity is None:
            entity = Entity(mention.kind)
        by_key.setdefault(mention.key, entity)
        entity.add(mention, method)
    entities = {id(entity): entity for entity in by_key.values()}
    for entity in entities.values():
        entity.mentions.sort(key=lambda mention: mention.start)
    return list(entities.values())


def _abbreviated(key: Words, known: dict[Words, Entity], *, is_place: bool) -> tuple[Entity | None, str]:
    """The one longer name that initials ("WHO") or last words ("the Post") stand for."""
    initials = {
        id(entity): entity
        for longer, entity in known.items()
        if len(key) == 1 and len(longer) > 1 and key[0] in (_initials(longer), "".join(w[0] for w in longer))
    }
    if len(initials) == 1:
        return next(iter(initials.values())), "acronym"
    if key in _NO_SHORT_NAME or is_place:  # Panama is not Air Panama
        return None, "name"
    tails = {id(e): e for longer, e in known.items() if len(longer) > len(key) and longer[-len(key) :] == key}
    return (next(iter(tails.values())), "short name") if len(tails) == 1 else (None, "name")


def _initials(words: Words) -> str:
    return "".join(word[0] for word in words if word not in _SMALL)
