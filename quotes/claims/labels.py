"""A question in words, from one of its answers: "How many people were arrested in Belport?".

The words are those of the clause as far as they can be turned into a question: what is said of the things counted,
or who did what to them.  Where that cannot be seen without guessing, the question is shorter.
"""

from __future__ import annotations

import re

from quotes.claims.answers import ClaimFacts, unit_words
from quotes.claims.wording import Around, is_many, is_pronoun, many, participle, uncapitalised, with_article

_HAPPENED = {
    "die": "died", "injure": "were injured", "arrest": "were arrested", "deport": "were deported",
    "displace": "were displaced", "miss": "are missing", "infect": "were infected", "layoff": "were laid off",
}  # fmt: skip
_MADE = frozenset(
    {"create", "build", "open", "close", "sell", "buy", "add", "hire", "cut", "lose", "destroy", "damage", "flood",
     "plant"}
)  # fmt: skip
_MEASURES = frozenset({"percent", "percentage_point", "basis_point", "celsius", "fahrenheit", "degree"})
_RATES = re.compile(r"\b(?:rate|share|percentage|proportion|margin|number|level|turnout|target|rating|total|count)\b")
_MOVES = frozenset({"change", "increase", "decrease", "rise", "fall", "drop", "decline", "growth", "cut", "reduction"})
_AMOUNTS = re.compile(
    r"(?:percent|per cent|%)?\s*(?:more|fewer|less|higher|lower)\s+((?:[a-z-]+\s?){1,3}?)"
    r"(?=\s(?:than|from|in|after|since|by|at)\b|[,.;]|$)"
)
_SUPERLATIVE = re.compile(r"\b(?:\w+est|most|least|best|worst|first|second|third|last)\b")
_NAME = r"[A-Z][\w’'.-]*"
_WORD = r"[A-Z][\w-]+\b(?![’']s)"
_PLACE = re.compile(rf"\b(in|near|across|throughout)\s+((?:the\s+)?{_NAME}(?:\s+{_NAME})*)")
_RUN = re.compile(rf"{_WORD}(?:\s+(?:of\s+)?{_WORD})*")
_SAYS_MODE = re.compile(r"\b(?:will|would|could|may|might|should)\b")
_LONG = 7
"""A question of this many words tells itself from others; a shorter one says where, or in what news."""
_MOST_NAMES = 2


def label_of(facts: ClaimFacts) -> str:
    """The question that a claim answers, in words."""
    asked = " ".join(_asked(facts).split())
    asked = f"{asked}{_names(facts, asked)}?"
    if not facts.scope.is_forecast or _SAYS_MODE.search(asked):
        return asked
    return f"Forecast: {asked[:1].lower()}{asked[1:]}"


def _asked(facts: ClaimFacts) -> str:
    unit, thing = facts.unit or "", _thing(facts)
    if facts.kind == "vote" and unit in ("", "vote"):
        return (
            f"What was the vote on {_the(thing, facts)}"
            if thing and not thing.startswith("vote")
            else "What was the vote"
        )
    if facts.role == "delta":
        return _change(facts, thing)
    if facts.kind == "rank" and not unit and thing:
        do = "do" if is_many(thing) else "does"
        return f"Which is the {thing}" if _SUPERLATIVE.search(thing) else f"How {do} {_the(thing, facts)} rank"
    if not facts.has_value and facts.kind != "causal":
        return f"How {'do' if is_many(thing) else 'does'} {_the(thing, facts) or 'it'} compare"
    if facts.kind == "causal" and not unit:
        return f"Why did {_the(thing, facts) or 'it'} {_moved(facts)}"
    if facts.role == "share":
        return _share(facts, thing)
    if unit in _MEASURES:
        return _measure(facts, thing)
    if unit == "times":
        return "By what factor is it more or less" if not thing else f"By what factor did {_the(thing, facts)} change"
    event = next((_HAPPENED[each] for each in sorted(facts.events) if each in _HAPPENED), None)
    if event and not unit.isupper():
        return f"How many {_those(facts, thing)} {event}"
    if unit.isupper():
        return _money(facts, thing)
    if not unit and is_many(thing):
        return f"How many {thing}"
    if not unit:
        return f"What is {_the(thing, facts)}" if thing else "What is the figure"
    return _count(facts, thing)


def _thing(facts: ClaimFacts) -> str:
    thing = " ".join((facts.measured or "").split()).removeprefix("own ")
    if not thing or is_pronoun(thing) or thing.lower() in ("the", "what"):
        return ""
    # A name alone is no quantity: "Norland had 2 million people, 3% more than before"; "40 Norlanders" are counted.
    is_name = set(re.findall(r"\w+", thing)) <= _known(facts)
    is_counted = facts.unit == "vote" or (facts.unit or "%").lower() in thing.lower()
    return f"the figure for {thing}" if is_name and not is_counted else uncapitalised(thing, _known(facts))


def _known(facts: ClaimFacts) -> frozenset[str]:
    """Words of the names in the claim and around it."""
    return frozenset(term.lstrip("^") for term in facts.terms if term.lstrip("^")[:1].isupper())


def _the(thing: str, facts: ClaimFacts) -> str:
    """The thing with its article; a singular that is told by what follows it has one in a question too."""
    found = with_article(thing, facts.text)
    owned = "’s " in thing or "'s " in thing
    needs = bool(_RATES.search(thing) or re.search(r"\sof\s", thing)) and not is_many(thing) and not thing[:1].isupper()
    return (
        f"the {found}" if needs and not owned and found == thing and not re.match(r"(?:every|each)\b", thing) else found
    )


def _moved(facts: ClaimFacts) -> str:
    return {"up": "rise", "down": "fall"}.get(facts.direction or "", "change")


def _change(facts: ClaimFacts, thing: str) -> str:
    around, did = Around.of(facts.text, facts.printed), "will" if facts.scope.is_forecast else "did"
    more = _AMOUNTS.match(around.behind) if around else None
    if more and not more[1].startswith("than"):
        return f"By how much {did} {more[1].strip()} {_moved(facts)}"
    if re.match(r"(?:more|fewer)\s", thing):
        return f"How many {thing}"
    if thing.lower() in _MOVES:
        return f"How large was the {thing.lower()}"
    return f"By how much {did} {_the(thing, facts) or 'it'} {_moved(facts)}"


def _share(facts: ClaimFacts, thing: str) -> str:
    around = Around.of(facts.text, facts.printed)
    said = around.predicate(_verb(facts)) if around else ""
    if said:
        return f"What share {said}" if said.startswith("of ") else f"What share of {said}"
    whole = f"What share of {_the(thing, facts)}" if thing else "What share"
    return (_done(facts, around, whole, "was") if thing else "") or f"{whole} is it"


def _measure(facts: ClaimFacts, thing: str) -> str:
    around = Around.of(facts.text, facts.printed)
    said = around.predicate(_verb(facts)) if around else ""
    if said and facts.unit == "percent":
        return f"What percentage {said}"
    if around and around.whole and facts.unit == "percent" and around.whole.removeprefix("of ") != thing:
        return f"What percentage {around.whole} is it"
    if not thing:
        return "What is the percentage" if facts.unit == "percent" else "What is the figure"
    if _RATES.search(thing):
        return f"What is {_the(thing, facts)}"
    return f"How high {'are' if is_many(thing) else 'is'} {_the(thing, facts)}"


def _those(facts: ClaimFacts, thing: str) -> str:
    """Whom an event happened to: people, unless the claim says of whom it tells."""
    told = thing and facts.content and (facts.unit or "") not in ("", "death", "arrest") and "toll" not in thing
    return many(thing) if told else "people"


def _money(facts: ClaimFacts, thing: str) -> str:
    around, will = Around.of(facts.text, facts.printed), facts.scope.is_forecast
    if thing and re.search(rf"{re.escape(thing)}\b.*(?<!the )(?<!of )(?<!its )\bcosts?\b", facts.text, re.IGNORECASE):
        does = "will" if will else "do" if is_many(thing) else "does"
        return f"How much {does} {_the(thing, facts)} cost{_rate(facts)}"
    noun = f" {thing}" if thing and around and re.match(r"(?:in|of|worth of)\s", around.behind) else ""
    asked = _done(facts, around, f"How much{noun}", "was")
    if asked:
        return asked
    return (
        f"How much {'are' if is_many(thing) else 'is'} {_the(thing, facts)}{_rate(facts)}" if thing
        else f"How much money is it{_rate(facts)}"
    )  # fmt: skip


def _rate(facts: ClaimFacts) -> str:
    return f" per {facts.rate}" if facts.rate else ""


def _count(facts: ClaimFacts, thing: str) -> str:
    around = Around.of(facts.text, facts.printed)
    singular = facts.printed.lower() in ("one", "a", "an", "1")
    said = around.predicate(_verb(facts)) if around and not singular else ""
    if said:
        return f"How many {said}"
    counted = many(thing) if thing and _is_counted(facts, thing) else unit_words(facts)
    of = (
        f" of {thing}"
        if thing and around and re.match(rf"(?:{counted}\s)?of {re.escape(thing)}", around.behind) and counted != thing
        else ""
    )
    return _done(facts, around, f"How many {counted}{of}", "were") or f"How many {counted}{of}"


def _is_counted(facts: ClaimFacts, thing: str) -> bool:
    """Whether the measured thing is what the unit counts: jobs in jobs on the coast, not rain in millimetres."""
    stem = unit_words(facts).split(" ")[0].lower()[:4]
    return not stem or any(word.startswith(stem) for word in thing.lower().split()) or (facts.unit or "") == "person"


def _done(facts: ClaimFacts, around: Around | None, asked: str, was: str) -> str:
    """Who did what to what is asked for; by whom is left out where it is a pronoun."""
    verb = _verb(facts)
    if not around:
        return ""
    named, names = around.asked_of_subject(verb), _known(facts)
    if named and (verb not in _MADE or any(name in named for name in names)):
        aux, _, rest = named.partition(" ")
        return f"{asked} {aux} {uncapitalised(rest, names)}"
    if around.is_object_of(verb):
        return f"{asked} {was} {participle(verb)}"
    return ""


def _verb(facts: ClaimFacts) -> str:
    found = next((term[1:] for term in facts.terms if term.startswith(".")), "")
    return "" if found == "change" else found


def _names(facts: ClaimFacts, asked: str) -> str:
    """Where it is asked about, or in what news, for a question that would not tell itself from others."""
    known = _known(facts)
    if any(re.search(rf"\b{re.escape(name)}\b", asked) for name in known):
        return ""
    for text in (facts.text, facts.sentence, facts.title or ""):
        for place in _PLACE.finditer(text):
            name = re.sub(r"(?:[’']s?|[.,])$", "", place[2])
            if set(re.findall(r"\w+", name.removeprefix("the "))) <= known:
                return f" {place[1]} {name}"
        if len(asked.split()) >= _LONG:
            return ""
    runs = [_run(run[0], known) for run in _RUN.finditer(f"{facts.sentence} | {facts.title or ''}")]
    names = list(dict.fromkeys(run for run in runs if run))[:_MOST_NAMES]
    return f", in news of {' and '.join(names)}" if names else ""


def _run(printed: str, known: frozenset[str]) -> str:
    """The words of a run with capitals that are names; a place printed in capitals as it is written elsewhere."""
    words = [word for word in printed.split() if word == "of" or word.capitalize() in known]
    name = " ".join(word.capitalize() if word.isupper() and len(word) > 4 else word for word in words)
    return re.sub(r"^(?:of\b\s*)+|(?:\s+of\b)+$", "", name)
