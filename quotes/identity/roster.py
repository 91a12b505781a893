"""A roster: speakers known beforehand, from a YAML file (see docs/roster.md).

In: the file's text.  Out: `Known` values, or an InputError that names the entry and the mend.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import yaml

from quotes.errors import InputError
from quotes.identity.ids import slug
from quotes.identity.values import DatedRole
from quotes.models import KnownSpeaker, Office, SpeakerRole, SpeakerType
from quotes.speakers.lexicon import fold

_FIELDS = frozenset({"id", "name", "type", "also", "wikidata", "roles", "gender"})
_ROLE_FIELDS = frozenset({"role", "place", "from", "to"})
_TYPES = ("person", "organisation", "group")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ITEM = re.compile(r"Q[1-9][0-9]*")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Known:
    """A speaker of a roster."""

    id: str
    name: str
    type: SpeakerType
    also: tuple[str, ...] = ()
    wikidata: str | None = None
    roles: tuple[DatedRole, ...] = ()
    gender: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The name and all others, each once."""
        return tuple(dict.fromkeys((self.name, *self.also)))

    def told(self) -> KnownSpeaker:
        """What extraction has to know of this speaker."""
        offices = tuple(Office(dated.role, dated.first, dated.last) for dated in self.roles)
        return KnownSpeaker(self.names, self.type, self.gender, offices)


def read_roster(name: str, text: str) -> tuple[Known, ...]:
    """The entries of a roster; InputError names the first that is not as it should be."""
    try:
        rows = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}" if mark else ""
        raise InputError(f"{name}{where}", "is no YAML: write a list of entries, see docs/roster.md") from error
    if not isinstance(rows, list):
        raise InputError(name, "is no list: begin each speaker with '- name: …', see docs/roster.md")
    found: dict[str, Known] = {}
    for number, row in enumerate(rows, start=1):
        known = _entry(name, number, row)
        if known.id in found:
            raise InputError(name, f"entry {number} ({known.name}): id {known.id} is taken: give it another with id:")
        found[known.id] = known
    return tuple(found.values())


def _entry(name: str, number: int, row: object) -> Known:
    if not isinstance(row, dict) or not isinstance(row.get("name"), str) or not row["name"].strip():
        raise InputError(name, f"entry {number}: has no name: write '- name: Ana Sol'")
    full = " ".join(row["name"].split())

    def refuse(problem: str) -> InputError:
        return InputError(name, f"entry {number} ({full}): {problem}")

    unknown = sorted(str(key) for key in row.keys() - _FIELDS)
    if unknown:
        raise refuse(f"has {unknown[0]!r}, which means nothing here: use {', '.join(sorted(_FIELDS))}")
    kind, id_, item, gender = (
        row.get("type", "person"),
        row.get("id", slug(full)),
        row.get("wikidata"),
        row.get("gender"),
    )
    if kind not in _TYPES:
        raise refuse(f"type {kind!r} is none of {', '.join(_TYPES)}: use one of them")
    if not isinstance(id_, str) or not _ID.fullmatch(id_):
        raise refuse(f"id {id_!r} is not of small letters, digits and hyphens: write it like ana-sol")
    if item is not None and not (isinstance(item, str) and _ITEM.fullmatch(item)):
        raise refuse(f"wikidata {item!r} is no item: write it like Q42, or leave it out")
    if gender not in (None, "female", "male"):
        raise refuse(f"gender {gender!r} is not female or male: use one of them, or leave it out")
    also = row.get("also") or []
    if not isinstance(also, list) or not all(isinstance(other, str) and other.strip() for other in also):
        raise refuse("also is no list of names: write also: [A. Sol, Sol]")
    roles = row.get("roles") or []
    if not isinstance(roles, list):
        raise refuse("roles is no list: write '- role: mayor' under it")
    held = tuple(_role(role, refuse) for role in roles)
    return Known(id_, full, cast(SpeakerType, kind), tuple(" ".join(o.split()) for o in also), item, held, gender)


def _role(row: object, refuse: Any) -> DatedRole:  # noqa: ANN401
    if not isinstance(row, Mapping) or not isinstance(row.get("role"), str) or not row["role"].strip():
        raise refuse("a role has no words: write '- role: mayor'")
    unknown = sorted(str(key) for key in row.keys() - _ROLE_FIELDS)
    if unknown:
        raise refuse(f"a role has {unknown[0]!r}, which means nothing here: use {', '.join(sorted(_ROLE_FIELDS))}")
    first, last = _date(row.get("from"), refuse), _date(row.get("to"), refuse)
    if first and last and last < first[: len(last)]:
        raise refuse(f"role {row['role']!r} ends ({last}) before it begins ({first}): exchange from and to")
    place = tuple(fold(word) for word in str(row.get("place") or "").replace(",", " ").split())
    role = SpeakerRole(" ".join(fold(word) for word in row["role"].split()), place)
    return DatedRole(role, first, last, is_known=True)


def _date(value: object, refuse: Any) -> str | None:  # noqa: ANN401
    if value is None:
        return None
    text = value.isoformat() if isinstance(value, datetime.date) else str(value)
    if not _DATE.fullmatch(text):
        raise refuse(f"{text!r} is no date: write 2025-01-20, 2025-01 or 2025")
    return text
