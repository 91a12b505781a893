"""Quantities of a parsed text: a Doc in, `Quantity` values out, each with its tokens, unit and comparator.

Every quantity a reader would see is returned; `passing` marks those that are no figure of a claim by
themselves (ages, "a 90-day freeze", durations nobody measures, "the two leaders").  Invariants: in text
order, token-aligned, `low` ≤ `high` unless `first` tells of a change from one to the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from quotes.claims.amounts import Amount, find_amounts
from quotes.claims.comparators import comparator_of
from quotes.claims.context import with_context
from quotes.claims.exclusions import excluded_spans, is_name, is_year
from quotes.claims.governors import governor_of
from quotes.claims.lexicon import words, words_by_key
from quotes.claims.nouns import Counted, counted_noun, unit_of
from quotes.claims.passing import is_passing, kind_or_age
from quotes.claims.printed import text_of
from quotes.claims.quantities import Quantity, outermost
from quotes.claims.units import Kind, rate_behind
from quotes.models import Comparator

_MAYBE = re.compile(r"\d|[½¼¾⅓⅔]")
_DIGITS = re.compile(r"[\s-]digits?\b", re.IGNORECASE)
""""double digits" tells how many digits, and is no factor."""
_DETERMINERS = frozenset({"DT", "PRP$"})
_SCORING = frozenset(
    {"vote", "pass", "approve", "win", "lose", "beat", "defeat", "reject", "lead", "tie", "draw", "split", "clear"}
)


def find_quantities(doc: Doc) -> list[Quantity]:
    """All quantities of a Doc in text order, those in passing marked."""
    text = text_of(doc)
    found: list[Quantity] = []
    for amount in find_amounts(text, excluded_spans(text)):
        found += _quantities(doc, amount)
    found += _nones(doc)
    return with_context(doc, sorted(found, key=lambda quantity: quantity.start))


def _quantities(doc: Doc, amount: Amount) -> Iterator[Quantity]:
    span = _tokens(doc, amount)
    if _is_no_figure(doc, amount, span[0], span[-1]):
        return
    ends = _ends_of_change(doc, amount)
    if ends:
        for part, name in zip(ends, ("from", "to"), strict=True):
            tokens = _tokens(doc, part)
            yield replace(_quantity(doc, part, tokens[0], tokens[-1]), end_of=name)
    elif _is_score(amount, span[0]) and amount.first:
        yield from _score(doc, amount)
    else:
        yield _quantity(doc, amount, span[0], span[-1])


def _tokens(doc: Doc, amount: Amount) -> DocSpan:
    """The tokens an amount touches; amounts come from the Doc's own text, so there are some."""
    span = doc.char_span(amount.start, amount.end, alignment_mode="expand")
    if span is None:
        raise ValueError(f"[{amount.start}, {amount.end}) lies outside the text")
    return span


def _is_no_figure(doc: Doc, amount: Amount, first: Token, last: Token) -> bool:
    printed = text_of(doc)[amount.number.start : amount.number.end]
    before = text_of(doc)[max(0, amount.start - 12) : amount.start].lower()
    if (
        amount.unit is None
        and amount.first is None
        and (is_year(amount.number, first, printed) or is_name(first, last, printed))
    ):
        return True
    if re.search(r"\b(?:per|for every|of the)\s$", before) and before.rstrip().endswith(("per", "every")):
        return True
    if amount.number.printed == "vague" and not amount.unit:
        return not re.match(r"\s+(?:of\b|[a-z])", text_of(doc)[amount.end : amount.end + 4])
    if amount.number.printed == "factor" and _DIGITS.match(text_of(doc), amount.end):
        return True
    if amount.number.printed == "factor" and not printed.lower().endswith("fold"):
        return first.pos_ not in ("VERB", "ADV", "AUX") and first.dep_ not in (
            "npadvmod",
            "advmod",
            "amod",
            "predet",
            "pobj",
            "nummod",
        )
    if printed.lower() == "one" and amount.unit is None:
        return not _one_counts(doc, first, last)
    return amount.kind == "share" and amount.number.printed == "part" and _half_of_time(doc, amount)


def _one_counts(doc: Doc, first: Token, last: Token) -> bool:
    following = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if following is None or first.tag_ != "CD" or following.text[:1].isdigit():
        return False
    return following.tag_ in ("NN", "JJ", "NNP", "NNS", "CD") or following.lower_ in ("of", "per", "percent", "-")


def _half_of_time(doc: Doc, amount: Amount) -> bool:
    """ "the first half", "a half-hour", "half past", the "1/3" of a page number: no share."""
    text = text_of(doc)
    if "/" in text[amount.start : amount.end] and not re.match(r"\s+[a-z]|-", text[amount.end : amount.end + 3]):
        return True
    before = text[max(0, amount.start - 10) : amount.start].lower()
    behind = text[amount.end : amount.end + 12].lower()
    if re.search(r"\b(?:first|second|other|better|this|that|and)\s$", before) or re.match(
        r"-|\s*(?:past|an hour|time)\b", behind
    ):
        return True
    if "quarter" in text[amount.start : amount.end] and not re.match(r"\s+of\b", behind):
        return not re.search(r"\b(?:by|about|roughly|nearly|almost)\s$", before)
    return not re.match(r"\s+(?:of|the|its|their|his|her|all|as|those|[a-z]+)\b|[,.;]|\s*$", behind)


def _ends_of_change(doc: Doc, amount: Amount) -> tuple[Amount, Amount] | None:
    """The two ends of "from A to B" under a word of change."""
    if amount.first is None or amount.opening != "from" or amount.join != "to":
        return None
    first = amount.first
    tokens = _tokens(doc, first)
    governor = governor_of(outermost(doc, tokens[0].i, tokens[-1].i)) if tokens else None
    if governor is None or governor.moves in ("other", "level"):
        return None
    unit = first.unit or amount.unit
    second = replace(amount, first=None, opening=None, start=_second_start(text_of(doc), amount))
    return replace(first, unit=unit), second


def _second_start(text: str, amount: Amount) -> int:
    sign = re.search(
        r"[^\s\w,.]+\s?$|(?<=\s)[A-Z]{2,3}\s?\$?$", text[amount.first.end if amount.first else 0 : amount.number.start]
    )
    return amount.number.start - (len(sign[0]) if sign and amount.unit and amount.unit.kind == "money" else 0)


def _is_score(amount: Amount, first: Token) -> bool:
    """ "voted 52-48": two counts, not a range; a falling pair with a dash can be nothing else."""
    if amount.first is None or amount.unit or amount.join not in ("-", "–", "—", "to"):
        return False
    governor = governor_of(first)
    voted = governor is not None and governor.token.lemma_.lower() in _SCORING
    return amount.join != "to" and amount.first.low >= amount.high if not voted else True


def _score(doc: Doc, amount: Amount) -> Iterator[Quantity]:
    governor = governor_of(_tokens(doc, amount)[0])
    is_vote = governor is not None and governor.token.lemma_.lower() in (
        "vote",
        "pass",
        "approve",
        "reject",
        "clear",
        "split",
    )
    following = doc[_tokens(doc, amount)[-1].i + 1 :][:1].text.lower()
    is_vote = is_vote or following in ("vote", "votes", "decision", "ruling")
    for part in (amount.first, replace(amount, first=None, start=amount.number.start)):
        if part is not None:
            tokens = _tokens(doc, part)
            made = _quantity(doc, part, tokens[0], tokens[-1])
            yield replace(made, kind="score", unit="vote" if is_vote else "point", passing=False)


def _quantity(doc: Doc, amount: Amount, first: Token, last: Token) -> Quantity:
    kind, unit = amount.kind, amount.unit.name if amount.unit else None
    counted = None
    if kind in ("count", "share"):
        vague = amount.number.printed in ("vague", "part", "ratio", "words")
        counted = counted_noun(doc, last.i + 1, may_skip_of=vague)
        if counted is None and amount.number.printed == "part" and last.i + 2 < len(doc):
            # "half the condos"
            counted = counted_noun(doc, last.i + 2, may_skip_of=False) if doc[last.i + 1].tag_ in _DETERMINERS else None
        unit = unit_of(doc[counted.head]) if counted and not _is_mass(doc[counted.head]) else None
        kind = _kind_of_noun(kind, unit, counted)
    elif kind == "factor":
        unit = "times"
    noun_end = doc[counted.head].idx + len(doc[counted.head]) if counted else None
    rate = amount.rate or (rate_behind(text_of(doc), noun_end) if noun_end else None)
    comparator, outer, _ = comparator_of(text_of(doc), amount.start, amount.end, noun_end)
    low, high, comparator = _interval(amount, comparator)
    made = Quantity(
        start=first.idx, end=last.idx + len(last), low=low, high=high, comparator=comparator, kind=kind, unit=unit,
        left=first.i, right=last.i, step=amount.number.step, printed=amount.number.printed,
        outer_start=min(outer, first.idx), counted=counted, rate=rate, join=amount.join,
    )  # fmt: skip
    return replace(made, kind=kind_or_age(doc, made), passing=is_passing(doc, made))


def _is_mass(noun: Token) -> bool:
    """ "half the money": a part of what nobody counts."""
    return noun.lemma_.lower() in words("people", "mass")


def _kind_of_noun(kind: Kind, unit: str | None, counted: Counted | None) -> Kind:
    return "duration" if counted and unit in words_by_key("durations") and kind == "count" else kind


def _interval(amount: Amount, comparator: Comparator) -> tuple[float | None, float | None, Comparator]:
    low, high = amount.low, amount.high
    if amount.first is not None:
        low, high = min(low, high), max(low, high)
        return low, high, "~" if comparator == "~" else "range"
    if comparator in (">", ">="):
        return low, None, comparator
    if comparator in ("<", "<="):
        return None, high, comparator
    if low != high or amount.number.printed == "vague":
        comparator = "~"
    return low, high, comparator


def _nones(doc: Doc) -> Iterator[Quantity]:
    """ "no deaths", "no passengers were hurt": a figure of zero."""
    for token in doc:
        if token.lower_ != "no" or token.i + 1 >= len(doc) or token.dep_ == "intj":
            continue
        counted = counted_noun(doc, token.i + 1, may_skip_of=False)
        if counted is not None and doc[counted.head].tag_ == "NNS" and _can_be_none(doc[counted.head]):
            yield Quantity(
                token.idx, token.idx + len(token), 0.0, 0.0, "=", "count", unit_of(doc[counted.head]),
                token.i, token.i, 1.0, "words", token.idx, counted,
            )  # fmt: skip


def _can_be_none(noun: Token) -> bool:
    """Whether "no" counts this noun: one that news counts, or what could have been found or harmed."""
    lemma, verb = noun.lemma_.lower(), noun.head.lemma_.lower()
    if lemma in words("people", "countable"):
        return True
    if lemma in words("people", "never_counted"):
        return False
    return (noun.dep_ == "nsubjpass" and verb in words("people", "harming") | words("people", "finding")) or (
        noun.dep_ == "dobj" and verb in words("people", "finding")
    )
