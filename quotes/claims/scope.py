"""What limits an answer, read off its words: a part of a whole, a forecast, something recalled, a poll, its time.

Two answers to what reads like one question are not compared where their scopes differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_PART = re.compile(
    r"\s*(?:[\w-]+\s+)?(?:(?:of|out of)\s+(?:[\w.’']+[’']s?|the|those|these|them|its|their|his|her|our|my|your|whom"
    r"|which|[\d,]+)|in\s+(?:[\d,]+|ten|five|four|three))\b",
    re.I,
)
_FORECAST = re.compile(
    r"\b(?:will|would|could|(?-i:may)|might|should|shall|won't|expect(?:s|ed|ing)?|forecasts?|forecasting|predict(?:s|ed)?"
    r"|projects|projected|plan(?:s|ned)? to|aims? to|likely to|set to|due to|to (?:reach|stay|fall|rise|cost)"
    r"|promis(?:es|ed)|vow(?:s|ed)|propos(?:es|ed|ing)|if"
    r"|by the end of (?:the|this|next))\b",
    re.I,
)
_FORESEEN = re.compile(r"\b(?:forecasts?|predicted|projected|outlook|promised|proposed|goal|target)\b", re.I)
_RECALLED = re.compile(
    r"\bhad (?:\w+ly )?(?:put|said|given|estimated|reported|counted|announced|claimed|predicted|told|been)\b"
    r"|\b(?:compared with|up from|down from|earlier|previously|originally|used to)\b",
    re.I,
)
_NEEDED = re.compile(r"\b(?:needs?|needed|requires?|required|must|enough|necessary)\b", re.I)
_GAP = re.compile(
    r"\b(?:short of|shy of|away from|ahead of|behind|more than (?:the|any|all)|fewer than the|leads?)\b", re.I
)
_POLL = re.compile(
    r"\bpoll(?:s|ed|ing|sters?)?\b|\brespondents\b|\b(?:likely|registered) voters\b|\bsurvey(?:s|ed)?\b.*\bvoters\b"
    r"|\bpercent(?:age)? points?\b.*\b(?:lead|ahead|trail)|\b(?:approv|favou?rab)\w+"
    r"|\bmargin of (?:\w+ )?error\b|\bmatch-?ups?\b",
    re.I,
)
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_TIMES = re.compile(
    rf"\b({'|'.join(MONTHS)}|(?:19|20)\d\d|(?:first|second|third|fourth) quarter"
    r"|(?:last|this|next) (?:quarter|year|month|week|night|decade)"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_EACH = re.compile(
    r"\b(?:each|every|per(?! ?cent)|apiece|an? (?:hour|day|week|month|year|shift)|average|typical|median)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What limits one answer."""

    is_part: bool
    """So many of a whole: "540 of those arrested"."""
    is_forecast: bool
    """Not yet, or only if something happens."""
    is_recalled: bool
    """Said to have been so, or said, before."""
    is_poll: bool
    """An opinion poll's: whom it asked and when differs from poll to poll."""
    is_each: bool
    """Of one of many, or on average: "five arrests per shift"."""
    is_needed: bool
    """What it takes, not what there is: "the 60 votes needed"."""
    is_gap: bool
    """How far from another figure: "40 seats short of a majority"."""
    times: frozenset[str]
    """Times named in the clause."""
    years: frozenset[str]
    """Years named in the sentence."""


@cache
def scope_of(clause: str, sentence: str, behind: str) -> Scope:
    """The scope of a figure, from its clause, its sentence, and what of the sentence stands behind the figure."""
    whole = sentence or clause
    return Scope(
        is_part=bool(_PART.match(behind)),
        is_forecast=bool(_FORECAST.search(clause) or _FORESEEN.search(whole)),
        is_recalled=bool(_RECALLED.search(clause)),
        is_poll=bool(_POLL.search(whole)),
        is_each=bool(_EACH.search(clause)),
        is_needed=bool(_NEEDED.search(clause)),
        is_gap=bool(_GAP.search(clause)),
        times=frozenset(_TIMES.findall(clause)),
        years=frozenset(_YEAR.findall(whole)),
    )
