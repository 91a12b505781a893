"""Roles compared: do they make it likely that two are one, or impossible?

In: the roles of two profiles with their dates.  Out: how they stand to each other, and why, in words.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal

from quotes.identity.spelling import lines
from quotes.identity.values import DatedRole, Profile
from quotes.speakers import lexicon

Relation = Literal["same", "office", "field", "unknown", "strange", "against"]
"""One office in one place; one office; one field of life; nothing to compare; two fields, or far apart; two holders
of offices that exclude each other."""

_STEM = 4
_GENERIC = lines("generic_roles.txt")
"""Roles that people of every field have."""
_UNTELLING = frozenset(word for line in lines("untelling.txt") for word in line.split())
"""Words beside a role that don't tell two holders apart."""
_TERRITORIAL = lines("territorial_roles.txt")
"""Offices of one place each: nobody holds them in two."""
_RELATED = tuple(
    map(
        frozenset,
        (
            ("politics", "law"),
            ("politics", "business"),
            ("politics", "military"),
            ("medicine", "science"),
            ("school", "science"),
        ),
    )
)
"""Fields that one life often joins."""
_SLACK_MONTHS = 4
"""So long after its end papers go on calling somebody by an office."""
_MONTHS_APART = 3
"""Who changes from one office into another is rarely printed with both within so many months."""


@cache
def _fields() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in lines("fields.txt"):
        field, _, words = line.partition(":")
        for word in words.split():
            found.setdefault(word, set()).add(field)
    return {word: frozenset(fields) for word, fields in found.items()}


def fields_of(words: Iterable[str]) -> dict[str, int]:
    """How many different words speak of each field of life."""
    counts: dict[str, int] = {}
    for word in set(words):
        for field in _fields().get(word, ()):
            counts[field] = counts.get(field, 0) + 1
    return counts


@cache
def _regions() -> dict[str, str]:
    return {word: line.split()[0] for line in lines("regions.txt") for word in line.split()}


def region_of(word: str) -> str | None:
    """The state or country that a folded word, or two joined by an underscore, is of."""
    return _regions().get(word)


def role_fields(roles: Iterable[DatedRole]) -> frozenset[str]:
    """The fields of life that roles belong to; "fire chief" is told by what stands before the chief."""
    found: set[str] = set()
    for dated in roles:
        head = dated.role.head
        if _is_kin(dated):
            continue
        words = (head, *dated.role.modifiers) if head in _GENERIC else head.split()
        found.update(field for word in words for field in _fields().get(word, ()))
    return frozenset(found)


def relate_roles(local: Profile, candidate: Profile) -> tuple[Relation, str]:
    """How the roles of a document's speaker stand to those of a candidate."""
    ours = [role for role in local.roles if not _is_kin(role)]
    theirs = [role for role in candidate.roles if not _is_kin(role)]
    found = [_relate(one, other, local) for one in ours for other in theirs]
    for relation, why in sorted(found, key=lambda pair: pair[0] != "same"):
        if relation in ("same", "against"):
            return ("same" if relation == "same" else "against"), why
    elsewhere = [why for relation, why in found if relation == "elsewhere"]
    if elsewhere:
        return "strange", elsewhere[0]
    office = [why for relation, why in found if relation == "office"]
    if office and _holds(local, candidate):
        return "office", office[0]
    territorial = any(dated.role.head in _TERRITORIAL for dated in ours)
    if office and territorial and far_apart(local, candidate):
        return "strange", f"{office[0]}, of {min(local.regions)} and of {min(candidate.regions)}"
    if office and (not territorial or local.regions & candidate.regions):
        return "office", office[0]
    if office:
        return "unknown", ""
    body = [why for relation, why in found if relation == "body"]
    return ("office", body[0]) if body else _by_field(local, candidate)


def _holds(local: Profile, candidate: Profile) -> bool:
    """Whether a roster says that a candidate held an office of the document's speaker at the time."""
    heads = {dated.role.head for dated in local.roles}
    return any(d.is_known and d.role.head in heads and in_office(d, local.last_seen) for d in candidate.roles)


def far_apart(local: Profile, candidate: Profile) -> bool:
    """Whether two are printed beside states or countries that are not the same."""
    return bool(local.regions and candidate.regions and not local.regions & candidate.regions)


def _by_field(local: Profile, candidate: Profile) -> tuple[Relation, str]:
    now = [role for role in local.roles if not role.role.is_past]
    ours, theirs = role_fields(now), role_fields(candidate.roles)
    if ours and theirs:
        if ours & theirs:
            return "field", f"both of {min(ours & theirs)}"
        if any(pair <= ours | theirs and pair & ours and pair & theirs for pair in _RELATED):
            return "unknown", ""
        return "strange", f"{_listed(local)} and {_listed(candidate)}"
    topics, others = ours or set(local.topics), theirs or set(candidate.topics)
    if topics and others:
        if topics & others:
            return "field", f"both of {min(topics & others)}"
        if (ours or theirs) and not any(pair & topics and pair & others for pair in _RELATED):
            return "strange", f"one of {min(topics)}, the other of {min(others)}"
    return "unknown", ""


def _relate(one: DatedRole, other: DatedRole, local: Profile) -> tuple[Relation | Literal["body", "elsewhere"], str]:
    a, b = one.role, other.role
    ours, theirs = _telling(one), _telling(other)
    if a.head != b.head and {word for word in ours & theirs if len(word) > 1 and not region_of(word)}:
        return "body", f"{a} and {b}"
    if _at_once(one, other):
        return "elsewhere", f"{a} and {b} at one time"
    if a.head != b.head:
        both = a.head in _TERRITORIAL and b.head in _TERRITORIAL and ours and theirs
        return ("against", f"{a} and {b}") if both and not _share(ours, theirs) else ("unknown", "")
    if ours and theirs:
        if _share(ours, theirs):
            return "same", f"both {b}"
        if a.head in _TERRITORIAL:
            return "against", f"{a} and {b}"
        return "unknown", ""
    if other.is_known and not in_office(other, local.last_seen) and not a.is_past:
        return "unknown", ""
    if a.head in _GENERIC and not (a.head == "president" and not ours and not theirs):
        return "unknown", ""
    return "office", f"both {a.head}"


def _at_once(one: DatedRole, other: DatedRole) -> bool:
    """Whether two offices that one person does not hold together were held within months of each other."""
    if one.role.head == other.role.head or one.role.is_past or other.role.is_past:
        return False
    if one.role.head not in _TERRITORIAL or other.role.head not in _TERRITORIAL or one.is_known or other.is_known:
        return False
    if not (one.last and other.first and other.last):
        return False
    return _later(other.first, -_MONTHS_APART) <= one.last[:7] <= _later(other.last, _MONTHS_APART)


def in_office(known: DatedRole, date: str | None) -> bool:
    """Whether an office of a roster was held at a date, as far as both are known; with some slack after its end."""
    if date is None:
        return True
    day = date[:10]
    begins, ends = (known.first or "")[: len(day)], known.last or "9999"
    return begins <= day and day[:7] <= _later(ends, _SLACK_MONTHS)


def _later(date: str, months: int) -> str:
    """So many months on, to the month."""
    year, month = int(date[:4]), int(date[5:7] or 12)
    month += months
    return f"{year + (month - 1) // 12:04}-{(month - 1) % 12 + 1:02}"


def _telling(dated: DatedRole) -> frozenset[str]:
    return frozenset(word for word in dated.role.modifiers if word not in _UNTELLING)


def _share(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(a == b or (min(len(a), len(b)) >= _STEM and a[:_STEM] == b[:_STEM]) for a in one for b in other)


def nothing_in_common(local: Profile, candidate: Profile) -> bool:
    """Whether it is known what both are, and no role of one is a role of the other."""
    ours, theirs = ({d.role.head for d in profile.roles if not _is_kin(d)} for profile in (local, candidate))
    return bool(ours and theirs and not ours & theirs) and any(head not in _GENERIC for head in ours | theirs)


def shares_office(local: Profile, candidate: Profile) -> bool:
    """Whether a role of one is a role of the other, and one that not everybody has."""
    ours, theirs = ({d.role.head for d in profile.roles if not _is_kin(d)} for profile in (local, candidate))
    return any(head not in _GENERIC for head in ours & theirs)


def _is_kin(dated: DatedRole) -> bool:
    return dated.role.head in lexicon.kin() or dated.role.head in {"man", "woman", "boy", "girl"}


def _listed(profile: Profile) -> str:
    return next((str(dated.role) for dated in profile.roles), profile.name)
