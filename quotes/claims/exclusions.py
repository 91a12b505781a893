"""Numbers that are no figures: dates, times of day, telephone and section numbers, names with a number in them.

Text (and tokens) in; spans, or yes/no for one number, out.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from quotes.claims.number_runs import Number
from quotes.models import Span

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_SPANS = re.compile(
    rf"""
      \b{_MONTH}\s+{_DAY}(?:\s*(?:-|–|to|and|or)\s*{_DAY})?(?!\d|[,.]\d|\s?%)(?:,?\s+\d{{4}}\b)?
    | \b{_DAY}(?:\s*(?:-|–|to|and)\s*{_DAY})?\s+(?:of\s+)?{_MONTH}\b(?:,?\s+\d{{4}}\b)?
    | \b{_MONTH},?\s+(?:of\s+)?\d{{4}}\b
    | \b\d{{4}}-\d{{2}}-\d{{2}}\b | \b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b | \b\d{{1,2}}\.\d{{1,2}}\.\d{{4}}\b
    | \b(?:19|20)\d\d\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d)\b(?!\s?%)
    | \b\d{{1,2}}(?::\d{{2}}){{1,2}}(?:\s?[ap]\.?m\b\.?)?(?:\s(?:GMT|EST|EDT|ET|PT|PST|PDT|CET|UTC|BST)\b)?
    | \b\d{{1,2}}(?:\.\d\d)?\s?[ap]\.?m\b\.? | \(\d{{4}}\sGMT\) | \b\d{{4}}\sGMT\b
    | \b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+o['’]clock
    | \+?\d[\d() ]*\d{{2,4}}[-. ]\d{{3,4}}[-.]\d{{3,4}}\b | \b\d{{3}}-\d{{4}}\b | \b\d+\.\d+\.\d+(?:\.\d+)*\b
    | \b(?:1\d|20)?\d0['’]?s\b | ['’]\d0s\b | \b\d+(?:st|nd|rd|th)\b
    | \b(?:[Nn]o\.|[Nn]os\.|Number|[Nn]umber|№|\#)\s?\d+(?!\d|[,.]\d)
    | \b(?:Section|Sections|Article|Articles|Chapter|Flight|Route|Highway|Interstate
        |Page|Room|Act|Phase|Level|Type|Category
          |Class|Group|Title|Proposition|Resolution|Order|Rule|Bill|Form|Part|Game|Week|Day|Stage|Figure|Table|Channel|Gate|Platform
          |Unit|Ward|District|Precinct|Zone|Line|Pier|Terminal|Square|Street|Area|Camp|Episode|Season|Appendix|Schedule|Amendment
          |Psalm|Verse|Mark|Model|Series|Round|Lot|Formula|Premier|Covid|COVID|Apollo|Vision|Agenda|Boeing|Airbus)
      [\s-]\d+(?:\.\d+)?[A-Z]?(?!\w|[,.]\d|\s?%)
    | \b[sS]ection\s\d+ | \b[aA]rticle\s\d+ | \b[pP]age\s\d+ | \b[cC]hapter\s\d+ | \b[pP]aragraph\s\d+
    | \b(?:iPhone|iPad|iOS|macOS|Galaxy|Pixel|Windows|Xbox|PlayStation|Android|Planet)\s(?:[A-Z][a-z]?\s)?\d{{1,4}}
        (?!\w|[,.]\d|\s?%)
    | \b(?:Nasdaq|S&P|FTSE|Nikkei|CAC|DAX|IBEX|ASX|TA|TOPIX|Russell|Stoxx|STOXX|Fortune|Forbes|CSI)[\s-]\d{{2,4}}
        (?!\w|[,.]\d|\s?%|\s(?:per|points?|basis)\b)
    | (?<=\s)\d{{1,2}}\s(?:Pro|Max|Mini|Ultra|Plus)\b(?:\sMax\b)?
    | \b(?:Xbox|Formula|Air\sForce|Phase|Chapter|Part|Division|Level|Big|World\sWar|Champions)\s
        (?:One|Two|Three|Four|Five|Six|Seven|Ten)\b(?!\s(?:hundred|thousand|million|percent|per\scent)\b)
    | \bA\.?D\.?\s\d{{1,4}}\b(?:\s?(?:and|to|-|–)\s?\d{{1,4}}\b)?
    | \b(?:\d{{1,4}}\s?(?:and|to|-|–)\s?)?\d{{1,5}}\s(?:B\.?C\.?(?:E\.?)?|A\.D\.)(?!\w)
    | https?://\S+ | \bwww\.\S+ | \S+@\S+\.\S+ | @\w+
    | \b(?:COVID|Covid|CoV|SARS)\s?-\s?\d+ | \b24/7\b | \b9/11\b
    | \b(?:[oO]ne)\s(?:another|day|by\sone|thing|way|such|else|who|that|can|could|of\sthe\sways)\b
    | \b(?:no|No|any|every|some|this|that|the|which|each)\s?one\b(?!\s[a-z]+s?\sof)
    """,
    re.VERBOSE,
)
_NAMES = frozenset({"PRODUCT", "LAW", "WORK_OF_ART", "FAC", "EVENT"})
_BEFORE_YEAR = frozenset(
    [
        "in",
        "since",
        "by",
        "of",
        "from",
        "until",
        "till",
        "before",
        "after",
        "during",
        "the",
        "early",
        "late",
        "mid",
        "through",
        "than",
        "for",
        "last",
        "a",
        "circa",
        "between",
        "to",
        "and",
        "–",
    ]
)


_TOTALS = frozenset(
    {"average", "total", "sum", "maximum", "minimum", "median", "rise", "increase", "fall", "drop", "cut", "loss"}
)


def excluded_spans(text: str) -> list[Span]:
    """Dates, times, numbered things, addresses: in text order."""
    return [match.span() for match in _SPANS.finditer(text)]


def is_year(number: Number, first: Token, printed: str) -> bool:
    """Whether four bare digits are a year: "in 2019", not "2019 people" at the end of a verb."""
    if not (len(printed) == 4 and printed.isdigit() and 1400 <= number.low <= 2200):
        return False
    before = first.nbor(-1).lower_ if first.i else ""
    after = first.nbor(1) if first.i + 1 < len(first.doc) else None
    counted = after is not None and after.tag_ == "NNS" and first.dep_ == "nummod"
    if before in ("above", "below", "over", "under", "exceeding") and not counted:
        return False
    if before == "of" and first.i >= 2 and first.nbor(-2).lower_ in _TOTALS:
        return False
    owned = first.i > 0 and first.nbor(-1).tag_ in ("NNP", "NNPS", "POS", "PRP$")
    if counted and before not in _BEFORE_YEAR and first.ent_type_ != "DATE" and not owned:
        return False
    return not (counted and number.low < 1900)


def is_name(first: Token, last: Token, printed: str) -> bool:
    """Whether a bare number belongs to a name in front of it: "Boeing 737", "Group of Seven", "iPhone 11"."""
    doc: Doc = first.doc
    if not first.i or not printed.replace(".", "").isalnum():
        return False
    before = doc[first.i - 1]
    if first.ent_type_ in _NAMES or (first.ent_type_ in ("ORG", "PERSON", "GPE") and first.ent_iob_ == "I"):
        return not (last.i + 1 < len(doc) and doc[last.i + 1].tag_ == "NNS" and first.dep_ == "nummod")
    adjoins = before.tag_ in ("NNP", "NNPS") and before.sent == first.sent and before.whitespace_ == " "
    if not adjoins or not printed.isdigit() or len(printed) > 4:
        return False
    after = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if after is not None and after.tag_ == "NNP" and after.text[:1].isupper() and before.whitespace_:
        return True
    counts = (
        after is not None and after.tag_ in ("NNS", "NN", "JJ") and after.whitespace_ != "-" and first.head.i > first.i
    )
    return not counts
