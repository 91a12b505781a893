"""What claims answer, and how two answers relate: plain values in, questions and relations out.

Two claims answer the same question when they measure the same thing in the same unit, about the same event
and place, as the same kind of figure; never because their value, time or speaker agree.  Values are then
compared as intervals, widened by the rounding of what was printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from quotes.claims.events import event_names
from quotes.claims.lexicon import words
from quotes.models import Comparator, Direction, Role, make_id

RelationKind = Literal["same", "compatible", "refines", "updates", "conflicts", "incomparable"]

_APPROXIMATE = 0.1
_LEVEL_DAYS = 20
_TOO_FAR = 10
_FLUCTUATING = frozenset({"percent", "percentage_point", "basis_point", "degree", "celsius", "fahrenheit"})
_MONTHS = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December|(?:19|20)\d\d"
    r"|first quarter|second quarter|third quarter|fourth quarter)\b"
)
_PEOPLE = "person"


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """What is compared of a claim; `terms` as `quotes.claims.terms` makes them, capitalised ones are names."""

    claim_id: str
    document_id: str
    outlet: str | None
    published: str | None
    text: str
    measured: str | None
    terms: tuple[str, ...]
    unit: str | None
    kind: str
    direction: Direction | None
    role: Role | None
    value_min: float | None
    value_max: float | None
    comparator: Comparator | None
    asserted_by: str
    denied: bool
    rate: str | None = None

    @property
    def content(self) -> frozenset[str]:
        """Lemmas of the thing measured, without events."""
        return frozenset(term for term in self.terms if term[:1].islower()) - event_names()

    @property
    def events(self) -> frozenset[str]:
        return frozenset(self.terms) & event_names()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(term for term in self.terms if term[:1].isupper())

    @property
    def has_value(self) -> bool:
        return self.value_min is not None or self.value_max is not None


@dataclass(frozen=True, slots=True)
class Question:
    """What claims answer; `id` hashes the normalised key."""

    id: str
    label: str
    unit: str | None
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """How one answer stands to another, 0..1 how sure, and why in a sentence.

    `drift`: precision was added by reprinting.
    """

    kind: RelationKind
    score: float
    why: str
    drift: bool = False


def question_of(facts: ClaimFacts) -> Question:
    """The question one claim answers; its id is equal for claims with the same key."""
    family = _unit_family(facts)
    key = (family, _figure_class(facts), *sorted(facts.events), *sorted(facts.content), *sorted(facts.names))
    subject = facts.measured or (facts.unit or "figure").replace("_", " ")
    event = next((e for e in sorted(facts.events) if e != "change"), None)
    detail = ", ".join(part for part in (event, _unit_words(facts), _figure_class(facts)) if part)
    return Question(make_id("q", *key), f"{subject} ({detail})" if detail else subject, facts.unit, facts.terms)


def group_questions(claims: Iterable[ClaimFacts]) -> dict[str, Question]:
    """Claim id → question: each claim joins the oldest question whose first claim asks the same."""
    founders: list[tuple[ClaimFacts, Question]] = []
    found: dict[str, Question] = {}
    for facts in sorted(claims, key=lambda f: (f.published or "9", f.document_id, f.claim_id)):
        question = next((q for founder, q in founders if same_question(founder, facts)), None)
        if question is None:
            question = question_of(facts)
            founders.append((facts, question))
        found[facts.claim_id] = question
    return found


def same_question(a: ClaimFacts, b: ClaimFacts) -> bool:
    """Whether two claims answer the same question: unit, kind of figure, event, thing and place agree."""
    if not (a.has_value and b.has_value) or a.rate != b.rate:
        return False
    if _unit_family(a) != _unit_family(b) or _figure_class(a) != _figure_class(b):
        return False
    if (a.events or b.events) and not a.events & b.events:
        return False
    return _same_thing(a, b) and (a.document_id == b.document_id or _same_place(a, b))


def _unit_family(facts: ClaimFacts) -> str:
    """One family for human beings where an event says what happened to them: 35 people killed, 35 deaths."""
    unit = facts.unit or ""
    human = unit in words("people", "human") or unit in words("people", "countable")
    return _PEOPLE if human and facts.events - {"change"} and not _kind_of_people(facts) else unit


def _kind_of_people(facts: ClaimFacts) -> bool:
    """Children among the dead are another question than the dead."""
    plain = {
        _PEOPLE,
        "death",
        "fatality",
        "victim",
        "casualty",
        "arrest",
        "injury",
        "resident",
        "case",
        "detention",
        "life",
    }
    return (facts.unit or "") not in plain


def _figure_class(facts: ClaimFacts) -> str:
    return facts.role if facts.role in ("delta", "share") else "level"


def _same_thing(a: ClaimFacts, b: ClaimFacts) -> bool:
    one, two = a.content - _loose(a), b.content - _loose(b)
    if not one or not two:
        strong = (a.events & b.events) - {"change"}
        return (bool(strong) and one == two) or (bool(strong) and _unit_family(a) == _PEOPLE)
    shared = len(one & two)
    return shared >= 1 and shared / min(len(one), len(two)) >= 0.5 and shared / max(len(one), len(two)) >= 0.34


def _loose(facts: ClaimFacts) -> frozenset[str]:
    """Names printed in the measured thing are compared as names."""
    return frozenset(name.lower() for name in facts.names)


def _same_place(a: ClaimFacts, b: ClaimFacts) -> bool:
    return not a.names or not b.names or bool(a.names & b.names)


def _unit_words(facts: ClaimFacts) -> str:
    unit = (facts.unit or "").replace("_", " ")
    return f"{unit} per {facts.rate}" if facts.rate else unit


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
    if a.unit != b.unit and _unit_family(a) != _unit_family(b):
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
        return Relation("refines", 0.9, f"precision drift: {shown(a)} is reprinted as {shown(b)}", drift=True)
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


def shown(facts: ClaimFacts) -> str:
    """A figure in words: ">= 35", "about 40", "2.5e9 to 3e9"."""
    low, high, unit = facts.value_min, facts.value_max, _unit_words(facts)
    if low is not None and high is not None and low != high:
        printed = f"{_number(low)} to {_number(high)}"
    else:
        printed = _number(low if low is not None else high if high is not None else 0.0)
    sign = {"~": "about ", ">": "more than ", ">=": "at least ", "<": "less than ", "<=": "up to "}
    return f"{sign.get(facts.comparator or '=', '')}{printed}{' ' + unit if unit else ''}"


def _number(value: float) -> str:
    return f"{value:,.10g}" if abs(value) < 1e15 else f"{value:g}"


def rounding(value: float) -> float:
    """Half of the last place a value was printed to: 0.05 for 8.1, 50 for 1,200, 0.5 for 35."""
    if value != int(value):
        decimals = len(f"{value:.10g}".partition(".")[2])
        return float(0.5 * 10.0**-decimals)
    if abs(value) < 1000:
        return 0.5
    digits = f"{abs(int(value))}"
    return 0.5 * 10.0 ** (len(digits) - len(digits.rstrip("0")))


def widened(facts: ClaimFacts) -> tuple[float, float]:
    """The interval of values a figure leaves open, its rounding included."""
    low, high = facts.value_min, facts.value_max
    slack = _APPROXIMATE if facts.comparator == "~" else 0.0
    return (
        float("-inf") if low is None else low - max(rounding(low), slack * abs(low)) * (low != 0),
        float("inf") if high is None else high + max(rounding(high), slack * abs(high)) * (high != 0),
    )


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
