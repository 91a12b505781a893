"""A question in words, from one of its answers: "How many people died? (Tessen, Calderra)"."""

from __future__ import annotations

from quotes.claims.answers import ClaimFacts, unit_words

_HAPPENED = {
    "die": "died", "injure": "were injured", "arrest": "were arrested", "deport": "were deported",
    "displace": "were displaced", "miss": "are missing", "infect": "were infected", "layoff": "are laid off",
}  # fmt: skip
_MADE = {
    "create": " were created", "build": " were built", "open": " were opened", "close": " were closed",
    "sell": " were sold", "buy": " were bought", "add": " were added", "hire": " were hired", "cut": " were cut",
    "lose": " were lost", "destroy": " were destroyed", "damage": " were damaged", "flood": " were flooded",
    "plant": " were planted",
}  # fmt: skip
_MEASURES = frozenset({"percent", "percentage_point", "basis_point", "celsius", "fahrenheit", "degree", "times"})
_MOST_NAMES = 3


def label_of(facts: ClaimFacts) -> str:
    """The question that a claim answers, in words."""
    asked = _asked(facts)
    forecast = "Forecast: " if facts.scope.is_forecast else ""
    names = _names(facts, asked)
    return f"{forecast}{asked}{f' ({names})' if names else ''}"


def _asked(facts: ClaimFacts) -> str:
    unit, thing = facts.unit or "", " ".join((facts.measured or "").split())
    event = next((_HAPPENED[each] for each in sorted(facts.events) if each in _HAPPENED), None)
    if facts.role == "delta":
        return f"By how much did {thing or 'it'} change ({unit_words(facts) or 'number'})?"
    if facts.role == "share":
        return f"What share of {thing or 'the whole'}?"
    if event and unit not in _MEASURES and not unit.isupper():
        counted = thing if thing and facts.content and unit not in ("death", "arrest") else "people"
        return f"How many {'people' if 'toll' in counted else counted} {event}?"
    if unit in _MEASURES or not unit:
        article = "" if "’s " in thing or "'s " in thing else "the "
        return f"What is {article}{thing or 'figure'} ({unit_words(facts) or 'number'})?"
    if unit.isupper():
        return f"How much is it: {thing or 'money'} ({unit_words(facts)})?"
    verb = next((term[1:] for term in facts.terms if term.startswith(".")), "")
    made = _MADE.get(verb, f" ({verb})" if verb and verb != "change" else "")
    return f"How many {thing or unit_words(facts)}{made}?"


def _names(facts: ClaimFacts, asked: str) -> str:
    found = [term.lstrip("^") for term in facts.terms if term.lstrip("^")[:1].isupper()]
    return ", ".join([name for name in dict.fromkeys(found) if name not in asked][:_MOST_NAMES])
