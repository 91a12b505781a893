"""What claims answer, and how two answers relate: plain values in, questions and relations out.

Two claims answer the same question when they measure the same thing in the same unit, about the same event
and place, as the same kind of figure; never because their value, time or speaker agree.  Values are then
compared as intervals, widened by the rounding of what was printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from quotes.claims.answers import ClaimFacts, shown, unit_family, unit_words, widened
from quotes.claims.lexicon import words
from quotes.models import make_id

__all__ = ["ClaimFacts", "Question", "Relation", "question_of", "relate", "same_question"]

RelationKind = Literal["same", "compatible", "refines", "updates", "conflicts", "incomparable"]

_LEVEL_DAYS = 20
_TOO_FAR = 10
_FLUCTUATING = frozenset({"percent", "percentage_point", "basis_point", "degree", "celsius", "fahrenheit"})
_MONTHS = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December|(?:19|20)\d\d"
    r"|first quarter|second quarter|third quarter|fourth quarter)\b"
)


@dataclass(frozen=True, slots=True)
class Question:
    """What claims answer; `id` hashes the normalised key."""

    id: str
    label: str
    unit: str | None
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """How one answer stands to another, 0..1 how sure, and why in a sentence."""

    kind: RelationKind
    score: float
    why: str


def question_of(facts: ClaimFacts) -> Question:
    """The question one claim answers; its id is equal for claims with the same key."""
    family = unit_family(facts)
    key = (family, _figure_class(facts), *sorted(_happening(facts)), *sorted(facts.content), *sorted(facts.names))
    subject = facts.measured or (facts.unit or "figure").replace("_", " ")
    event = next((e for e in sorted(facts.events) if e != "change"), None)
    detail = ", ".join(part for part in (event, unit_words(facts), _figure_class(facts)) if part)
    return Question(make_id("q", *key), f"{subject} ({detail})" if detail else subject, facts.unit, facts.terms)


def same_question(a: ClaimFacts, b: ClaimFacts) -> bool:
    """Whether two claims answer the same question: unit, kind of figure, event, thing and place agree."""
    if not (a.has_value and b.has_value) or a.rate != b.rate:
        return False
    if unit_family(a) != unit_family(b) or _figure_class(a) != _figure_class(b):
        return False
    if _happening(a) != _happening(b) and not _happening(a) & _happening(b):
        return False
    return _same_thing(a, b) and (a.document_id == b.document_id or _same_place(a, b))


def _happening(facts: ClaimFacts) -> frozenset[str]:
    """Events; that a level changed to where it is makes no other question of it."""
    return facts.events - {"change"}


def _figure_class(facts: ClaimFacts) -> str:
    return facts.role if facts.role in ("delta", "share") else "level"


def _same_thing(a: ClaimFacts, b: ClaimFacts) -> bool:
    one, two = a.content - _loose(a), b.content - _loose(b)
    if not one or not two:
        strong = (a.events & b.events) - {"change"}
        return (bool(strong) and one == two) or (bool(strong) and unit_family(a) == "person")
    shared = len(one & two)
    return shared >= 1 and shared / min(len(one), len(two)) >= 0.5 and shared / max(len(one), len(two)) >= 0.34


def _loose(facts: ClaimFacts) -> frozenset[str]:
    """Names printed in the measured thing are compared as names."""
    return frozenset(name.lower() for name in facts.names)


def _same_place(a: ClaimFacts, b: ClaimFacts) -> bool:
    """Whether names agree: one, but two where nothing but an event says what is counted ("35 people killed")."""
    if not a.names or not b.names:
        return True
    bare = unit_family(a) == "person" and not (a.content and b.content)
    return len(a.names & b.names) >= (min(2, len(a.names), len(b.names)) if bare else 1)


def relate(a: ClaimFacts, b: ClaimFacts) -> Relation:
    """How `b` stands to `a`; order them by publication, the older first."""
    if not (a.has_value and b.has_value):
        return Relation("incomparable", 0.5, "at least one claim has no figure")
    why = _incomparable(a, b)
    if why:
        return Relation("incomparable", 0.8, why)
    if a.direction and b.direction and a.direction != b.direction:
        return Relation("conflicts", 0.8, f"one says {a.direction}, the other {b.direction}")
    overlap = _overlap(a, b)
    if a.denied != b.denied and overlap:
        denier = a if a.denied else b
        return Relation(
            "conflicts", 0.8, f"{denier.asserted_by} denies what the other asserts: {shown(a)} against {shown(b)}"
        )
    return _overlapping(a, b) if overlap else _disjoint(a, b)


def _incomparable(a: ClaimFacts, b: ClaimFacts) -> str | None:
    if a.unit != b.unit and unit_family(a) != unit_family(b):
        return f"different units: {a.unit or 'none'} and {b.unit or 'none'}"
    if a.rate != b.rate:
        return f"different rates: per {a.rate or 'nothing'} and per {b.rate or 'nothing'}"
    if _figure_class(a) != _figure_class(b):
        return f"one is a {_figure_class(a)}, the other a {_figure_class(b)}"
    times = set(_MONTHS.findall(a.text)), set(_MONTHS.findall(b.text))
    if all(times) and not times[0] & times[1]:
        return f"different times: {', '.join(sorted(times[0]))} and {', '.join(sorted(times[1]))}"
    return None


def _overlapping(a: ClaimFacts, b: ClaimFacts) -> Relation:
    same_ends = a.value_min == b.value_min and a.value_max == b.value_max
    if same_ends and a.comparator == b.comparator:
        return Relation("same", 0.95, f"both say {shown(a)}")
    if _bound(a) == _bound(b) and _is_point(b) and not _is_point(a):
        return Relation("refines", 0.9, f"precision drift: {shown(a)} is reprinted as {shown(b)}")
    if _bound(a) == _bound(b) and _is_point(a) and not _is_point(b):
        return Relation("compatible", 0.85, f"{shown(a)} is given less exactly as {shown(b)}")
    if _is_closed(a) and _is_closed(b) and _width(b) < _width(a):
        return Relation("refines", 0.75, f"{shown(b)} lies within {shown(a)} and is more exact")
    return Relation("compatible", 0.8, f"{shown(a)} and {shown(b)} can both be true")


def _disjoint(a: ClaimFacts, b: ClaimFacts) -> Relation:
    both = f"{shown(a)} and {shown(b)}"
    days = _days_between(a, b)
    cumulative = bool(a.events & b.events & words("events", "cumulative"))
    grows = _floor(b) > _floor(a)
    if _floor(a) and _floor(b) and not 1 / _TOO_FAR < _floor(b) / _floor(a) < _TOO_FAR:
        return Relation("incomparable", 0.5, f"too far apart to answer one question: {both}")
    if cumulative and days and grows:
        return Relation("updates", 0.85, f"a count that only grows, {days} days later: {both}")
    if cumulative and days and not grows:
        return Relation("conflicts", 0.7, f"a count that only grows is lower {days} days later: {both}")
    if not cumulative and days >= _LEVEL_DAYS and _figure_class(a) != "delta" and (grows or a.unit in _FLUCTUATING):
        return Relation("updates", 0.6, f"published {days} days later: {both}")
    return Relation("conflicts", 0.8, f"{both} cannot both be true")


def _overlap(a: ClaimFacts, b: ClaimFacts) -> bool:
    if (a.value_min, a.value_max) == (b.value_min, b.value_max):
        return True
    (low_a, high_a), (low_b, high_b) = widened(a), widened(b)
    return low_a < high_b and low_b < high_a


def _bound(facts: ClaimFacts) -> float | None:
    return facts.value_min if facts.value_min is not None else facts.value_max


def _is_point(facts: ClaimFacts) -> bool:
    return facts.value_min == facts.value_max and facts.comparator == "="


def _is_closed(facts: ClaimFacts) -> bool:
    return facts.value_min is not None and facts.value_max is not None


def _width(facts: ClaimFacts) -> float:
    low, high = widened(facts)
    return high - low


def _floor(facts: ClaimFacts) -> float:
    bound = _bound(facts)
    return 0.0 if bound is None else bound


def _days_between(a: ClaimFacts, b: ClaimFacts) -> int:
    try:
        return (date.fromisoformat((b.published or "")[:10]) - date.fromisoformat((a.published or "")[:10])).days
    except ValueError:
        return 0
