"""One claim as an answer: the plain values that are compared, its interval widened by rounding, and its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quotes.claims.events import event_names
from quotes.claims.lexicon import words
from quotes.models import Comparator, Direction, Figure, Role

_APPROXIMATE = 0.1
_PEOPLE = "person"
_ORDER = {"to": 0, "level": 1, "share": 2, "delta": 3, "from": 4}


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


def main_figure(figures: Iterable[Figure]) -> Figure | None:
    """The figure a claim is compared by: where a change ends, else its level, else by how much."""
    return min(figures, key=lambda figure: (_ORDER[figure.role], figure.start), default=None)


def unit_family(facts: ClaimFacts) -> str:
    """One family for human beings where an event says what happened to them: 35 people killed, 35 deaths."""
    unit = facts.unit or ""
    if not unit and facts.events & words("events", "cumulative"):
        return _PEOPLE
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


def unit_words(facts: ClaimFacts) -> str:
    unit = (facts.unit or "").replace("_", " ")
    return f"{unit} per {facts.rate}" if facts.rate else unit


def shown(facts: ClaimFacts) -> str:
    """A figure in words: ">= 35", "about 40", "2.5e9 to 3e9"."""
    low, high, unit = facts.value_min, facts.value_max, unit_words(facts)
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
