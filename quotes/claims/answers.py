"""One claim as an answer: the plain values that are compared, its interval widened by rounding, and its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from quotes.claims.events import event_names, events
from quotes.claims.lexicon import words
from quotes.claims.scope import Scope, scope_of
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
    sentence: str = ""
    printed: str = ""
    """The figure as printed: "$1.4 million"; empty: it is written from its values."""
    behind: str = ""
    """What of the sentence stands behind the figure."""
    title: str | None = None

    @property
    def content(self) -> frozenset[str]:
        """Lemmas of the thing measured and what narrows it, names among them, without events."""
        plain = {term for term in self.terms if term[:1].isalnum() and not term[:1].isupper()}
        return frozenset(plain) - event_names()

    @property
    def details(self) -> frozenset[str]:
        """Lemmas of what is said of the thing measured behind it: "jobs on the coast"."""
        found = {term[1:] for term in self.terms if term[:1] == ":"}
        return frozenset(found) - event_names() - self._lower_names

    @property
    def predicates(self) -> frozenset[str]:
        """What is done: lemmas of verbs, "change" for all that moves a figure."""
        return frozenset(events().get(term[1:], term[1:]) for term in self.terms if term[:1] == ".")

    @property
    def events(self) -> frozenset[str]:
        return frozenset(self.terms) & event_names()

    @property
    def names(self) -> frozenset[str]:
        """Words of names in the claim, peoples and countries made one: Mexico, Mexican."""
        return frozenset(_stem(term) for term in self.terms if term[:1].isupper())

    @property
    def names_around(self) -> frozenset[str]:
        """Words of names in the claim, its sentence, the beginning of its article and its title."""
        return self.names | {_stem(term[1:]) for term in self.terms if term[:1] == "^"} | _names_of_title(self.title)

    @property
    def disputes(self) -> bool:
        """Whether the claim sets its figure against another one: "the real number"."""
        return "!dispute" in self.terms

    @property
    def scope(self) -> Scope:
        return scope_of(self.text, self.sentence, self.behind)

    @property
    def has_value(self) -> bool:
        return self.value_min is not None or self.value_max is not None

    @property
    def is_about_names(self) -> bool:
        """Whether the thing measured is a name and no more: "Ines Kahl was at 9 percent"."""
        return bool(self.content) and self.content <= self._lower_names | {each for each in self.content if "." in each}

    @property
    def _lower_names(self) -> set[str]:
        """Names printed in the measured thing are compared as names."""
        return {term.lstrip("^").lower() for term in self.terms if term.lstrip("^")[:1].isupper()}


_ENDINGS = re.compile(r"(?:ians?|eans?|ans?|ish|ese|[aeiouy]+)$")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]+\b")


def _stem(name: str) -> str:
    """A name without the ending that makes a people of a country: Mexico and Mexican → Mexic."""
    cut = _ENDINGS.sub("", name)
    return cut if len(cut) >= 4 else name


@cache
def _names_of_title(title: str | None) -> frozenset[str]:
    """Words with a capital in a title that is not written with capitals throughout."""
    printed = (title or "").split()
    capitals = [word for word in printed if word[:1].isupper()]
    if len(capitals) > max(2, len(printed) / 2):
        return frozenset()
    return frozenset(_stem(word) for each in capitals for word in _CAPITALISED.findall(each))


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
    """The unit in words, of many: "jobs", "percent", "USD per year"."""
    unit = _many((facts.unit or "").replace("_", " "))
    return f"{unit} per {facts.rate}" if facts.rate else unit


def _many(unit: str) -> str:
    """Of many: "jobs", "people", "families"."""
    if not unit or unit in _ONE_FORM or unit.isupper() or unit.endswith("s"):
        return unit
    if unit in _IRREGULAR:
        return _IRREGULAR[unit]
    if re.search(r"[^aeiou]y$", unit):
        return unit[:-1] + "ies"
    return unit + ("es" if re.search(r"(?:s|x|ch|sh)$", unit) else "s")


_ONE_FORM = frozenset({"percent", "celsius", "fahrenheit"})
_IRREGULAR = {
    "person": "people", "child": "children", "man": "men", "woman": "women", "life": "lives", "wife": "wives",
    "foot": "feet", "half": "halves", "policeman": "policemen", "spokesman": "spokesmen", "crisis": "crises",
}  # fmt: skip


def shown(facts: ClaimFacts) -> str:
    """A figure as printed, with what is counted: "at least 35 people", "about $380 million", "7.5% to 8%"."""
    number = " ".join(facts.printed.split()) or _number_words(facts)
    number = number[:1].lower() + number[1:] if number[1:2].islower() else number
    number = re.sub(r" (?:and|or) ", " to ", number) if facts.comparator == "range" else number
    unit = _unit_behind(facts, number)
    if re.fullmatch(r"[a-z]+s", number):
        return f"{number} of {unit}" if unit else number
    sign = {"~": "about ", ">": "more than ", ">=": "at least ", "<": "less than ", "<=": "up to "}
    return f"{sign.get(facts.comparator or '=', '')}{number}{' ' + unit if unit else ''}"


def _unit_behind(facts: ClaimFacts, number: str) -> str:
    """The unit as it is put behind a figure: not where it was printed with it."""
    unit = facts.unit or ""
    if facts.printed and (facts.role == "share" or unit in _ONE_FORM or unit.isupper() or _says_unit(number, unit)):
        return f"per {facts.rate}" if facts.rate else ""
    if facts.value_min == facts.value_max == 1 and not facts.rate:
        return unit.replace("_", " ")
    return unit_words(facts)


def _says_unit(number: str, unit: str) -> bool:
    """Whether the printed figure has its unit: "1.4 percentage points"."""
    return bool(unit) and unit.split("_", maxsplit=1)[0][:5] in number


def _number_words(facts: ClaimFacts) -> str:
    low, high = facts.value_min, facts.value_max
    if low is not None and high is not None and low != high:
        return f"{_number(low)} to {_number(high)}"
    return _number(low if low is not None else high if high is not None else 0.0)


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
