"""What claims answer, and how two answers relate: plain values in, questions and relations out.

Two claims answer the same question when they measure the same thing in the same unit, about the same event
and place, as the same kind of figure; never because their value, time or speaker agree.  Values are then
compared as intervals, widened by the rounding of what was printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from quotes.claims.answers import ClaimFacts, shown, unit_family, unit_words, widened
from quotes.claims.events import event_names, events
from quotes.claims.labels import label_of
from quotes.claims.lexicon import words
from quotes.claims.scope import MONTHS
from quotes.models import make_id

__all__ = ["ClaimFacts", "Question", "Relation", "question_of", "relate", "same_question"]

RelationKind = Literal["same", "compatible", "refines", "updates", "conflicts", "incomparable"]

_LEVEL_DAYS = 20
_DELTA_DAYS = 7
_ONE_EVENT_DAYS = 14
_TOO_FAR = 10
_FLUCTUATING = frozenset({"percent", "percentage_point", "basis_point", "degree", "celsius", "fahrenheit"})
TOO_FAR = "too far apart to answer one question"


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
    forecast = "forecast" if facts.scope.is_forecast else ""
    key = (
        unit_family(facts), _figure_class(facts), forecast, *sorted(_happening(facts)), *sorted(facts.content),
        "of", *sorted(facts.details), "in", *sorted(facts.names or facts.names_around),
    )  # fmt: skip
    return Question(make_id("q", *key), label_of(facts), facts.unit, facts.terms)


def same_question(a: ClaimFacts, b: ClaimFacts) -> bool:
    """Whether two claims answer the same question: unit, kind of figure, event, thing, place and scope agree."""
    if not (a.has_value and b.has_value) or a.rate != b.rate:
        return False
    if unit_family(a) != unit_family(b) or _figure_class(a) != _figure_class(b):
        return False
    if _happening(a) != _happening(b) and not _happening(a) & _happening(b):
        return False
    return _same_scope(a, b) and _same_thing(a, b) and _same_place(a, b)


def _same_scope(a: ClaimFacts, b: ClaimFacts) -> bool:
    """Whether neither is a part, a forecast, a need or one of many where the other is not; years of an event agree."""
    one, two = a.scope, b.scope
    if (one.is_forecast, one.is_each, one.is_needed, one.is_gap) != (
        two.is_forecast, two.is_each, two.is_needed, two.is_gap,
    ):  # fmt: skip
        return False
    if one.is_part != two.is_part and (a.unit or "") not in _FLUCTUATING:
        return False
    return not _counts_only_grow(a, b) or _years(a) == _years(b)


def _years(facts: ClaimFacts) -> frozenset[str]:
    """The years of an event: those named, or that of publication; the year before it is the same."""
    now = (facts.published or "")[:4]
    named = {year for year in facts.scope.years if not now or int(year) < int(now) - 1}
    return frozenset(named)


def _counts_only_grow(a: ClaimFacts, b: ClaimFacts) -> bool:
    return bool(a.events & b.events & words("events", "cumulative"))


def _happening(facts: ClaimFacts) -> frozenset[str]:
    """Events; that a level changed to where it is makes no other question of it."""
    return facts.events - {"change"}


def _figure_class(facts: ClaimFacts) -> str:
    return facts.role if facts.role in ("delta", "share") else "level"


def _same_thing(a: ClaimFacts, b: ClaimFacts) -> bool:
    """Whether the same is measured: the same words for it, and said to be or to undergo the same."""
    one, two = _thing(a), _thing(b)
    if one != two or not _details_agree(a, b):
        return False
    if (a.unit or "") in _FLUCTUATING:
        return bool(one or _happening(a) & _happening(b))
    if _tells_all(a, b):
        return True
    if not one and unit_family(a) != "person":
        return bool(a.details & b.details and _happening(a) & _happening(b))
    if a.is_about_names and not (a.unit and a.predicates & b.predicates):
        return False
    # What is counted or paid for may do many things: 9,800 jobs cut are not 15,000 jobs created.
    if not a.names & b.names and a.document_id != b.document_id:
        return False
    if a.predicates & b.predicates:
        return bool(one or a.names & b.names)
    named = bool(a.names & b.names) and _one_holds_the_other(a, b)
    return named and _may_be_any(a, b) and (len(one) > 1 or bool(a.predicates and b.predicates))


def _one_holds_the_other(a: ClaimFacts, b: ClaimFacts) -> bool:
    return a.names <= b.names or b.names <= a.names


def _tells_all(a: ClaimFacts, b: ClaimFacts) -> bool:
    """Whether one event says what is counted, whatever the verb: people die, or a toll rises."""
    return bool(_happening(a) & _happening(b) & (words("events", "cumulative") | {"layoff", "miss"}))


def _may_be_any(a: ClaimFacts, b: ClaimFacts) -> bool:
    """Whether a verb is missing, or both only bring about what is counted."""
    making = words("events", "making")
    return not a.predicates or not b.predicates or (a.predicates | b.predicates) <= making


def _thing(facts: ClaimFacts) -> frozenset[str]:
    """What is measured; human beings in general are counted by what happens to them.

    Arrests that were not registered are some of the arrests: what is done to what happened narrows it.
    """
    if unit_family(facts) == "person":
        narrower = (
            facts.predicates - event_names() - words("events", "making") if facts.unit in events() else frozenset()
        )
        return narrower | facts.content - words("people", "human") - words("people", "countable") - words(
            "people", "person"
        )
    return facts.content


def _details_agree(a: ClaimFacts, b: ClaimFacts) -> bool:
    """Whether what is said of the thing agrees; one may leave it out where a name or an event says the same."""
    one, two = a.details, b.details
    if one and two:
        return bool(one & two)
    return not (one or two) or bool(a.names & b.names or _happening(a) & _happening(b) & words("events", "cumulative"))


def _same_place(a: ClaimFacts, b: ClaimFacts) -> bool:
    """Whether the names in one claim are known to the other, or, of what happens once, nothing speaks against it."""
    if a.document_id == b.document_id:
        return not (a.names and b.names) or bool(a.names & b.names)
    if a.names and b.names:
        known = a.names <= b.names_around or b.names <= a.names_around
        return bool(a.names & b.names) or (_counts_only_grow(a, b) and known)
    around = a.names_around & b.names_around
    if around & (a.names or b.names or around) and (a.names or b.names or len(around) >= _fewest(a, b)):
        return True
    nameless = not a.names_around or not b.names_around
    return nameless and _counts_only_grow(a, b) and 0 <= abs(_days_between(a, b)) <= _ONE_EVENT_DAYS


def _fewest(a: ClaimFacts, b: ClaimFacts) -> int:
    """How many names two claims without a name must have around them: one is enough for what happens once."""
    return 1 if _counts_only_grow(a, b) else 2


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
    denier = a if a.denied else b
    if a.denied != b.denied and overlap and denier.asserted_by == "article":
        return Relation("incomparable", 0.5, f"one is told with a negation: {shown(a)} and {shown(b)}")
    if a.denied != b.denied and overlap and _is_closed(a) == _is_closed(b):
        return Relation(
            "conflicts", 0.8, f"{denier.asserted_by} denies what the other asserts: {shown(a)} against {shown(b)}"
        )
    return _overlapping(a, b) if overlap else _disjoint(a, b)


def _incomparable(a: ClaimFacts, b: ClaimFacts) -> str | None:
    if a.unit != b.unit and unit_family(a) != unit_family(b):
        return f"different units: {unit_words(a) or 'none'} and {unit_words(b) or 'none'}"
    if a.rate != b.rate:
        return f"different rates: {_rate_words(a)} and {_rate_words(b)}"
    if _figure_class(a) != _figure_class(b):
        return f"one is a {_figure_class(a)}, the other a {_figure_class(b)}"
    if (_is_polled(a) or _is_polled(b)) and (a.document_id != b.document_id or a.denied == b.denied):
        return "figures of polls: whom they asked, and when, may differ"
    times = (_months(a), _months(b)) if _counts_only_grow(a, b) else (a.scope.times, b.scope.times)
    if all(times) and not times[0] & times[1]:
        return f"different times: {', '.join(sorted(times[0]))} and {', '.join(sorted(times[1]))}"
    return None


def _rate_words(facts: ClaimFacts) -> str:
    return f"per {facts.rate}" if facts.rate else "in all"


def _is_polled(facts: ClaimFacts) -> bool:
    """Whether a figure comes from an opinion poll, or is of one vote among many."""
    about = facts.content | facts.details | facts.events
    counted = facts.unit in _FLUCTUATING or facts.unit in ("vote", "point")
    return facts.scope.is_poll or (counted and (facts.is_about_names or bool(about & words("events", "polled"))))


def _months(facts: ClaimFacts) -> frozenset[str]:
    """Of an event only months and years tell it from another: what grows is counted on many days."""
    return frozenset(time for time in facts.scope.times if time in MONTHS or time.isdigit())


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
    later = f"{days} day{'' if days == 1 else 's'} later"
    cumulative = _counts_only_grow(a, b)
    grows = _floor(b) > _floor(a)
    if _is_too_far(a, b):
        return Relation("incomparable", 0.5, f"{TOO_FAR}: {both}")
    if a.scope.is_recalled or b.scope.is_recalled:
        return Relation("incomparable", 0.6, f"one recalls an earlier figure: {both}")
    if a.document_id != b.document_id and not (a.published and b.published):
        return Relation("incomparable", 0.5, f"of dates not known: {both}")
    if cumulative and days and grows:
        return Relation("updates", 0.85, f"a count that only grows, {later}: {both}")
    if cumulative and days:
        return Relation("conflicts", 0.7, f"a count that only grows is lower {later}: {both}")
    if _figure_class(a) == "delta" and days >= _DELTA_DAYS:
        return Relation("updates", 0.6, f"a change, measured again {later}: {both}")
    if not cumulative and days >= _LEVEL_DAYS and _figure_class(a) != "delta":
        if a.unit in _FLUCTUATING and a.asserted_by != b.asserted_by:
            return Relation("incomparable", 0.5, f"a rate, {later} and by another voice: {both}")
        if grows or a.unit in _FLUCTUATING:
            return Relation("updates", 0.6, f"published {later}: {both}")
    return Relation("conflicts", 0.8, f"{both} cannot both be true")


def _is_too_far(a: ClaimFacts, b: ClaimFacts) -> bool:
    return bool(_floor(a) and _floor(b)) and not 1 / _TOO_FAR < _floor(b) / _floor(a) < _TOO_FAR


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
