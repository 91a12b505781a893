"""Against what, when and where a claim holds: its clause in, the spans of base, time scope and place out.

Each is given as printed, with its preposition: "since 2008", "than a year ago", "of voters"; "last year",
"in May"; "in the Tessen valley".  None where the clause says nothing of the kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from quotes.models import ClaimKind, Figure, Span

_TIMES = frozenset({"DATE", "TIME"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_TIME_PREPS = frozenset(
    {"in", "on", "during", "since", "by", "over", "for", "between", "from", "until", "through", "throughout", "within"}
    | {"at", "of", "after", "before", "as"}
)
_PLACE_PREPS = frozenset({"in", "at", "across", "throughout", "near", "outside", "around", "inside", "within", "over"})
_EARLIER = frozenset({"earlier", "before", "ago", "previously", "last", "previous", "year", "month", "quarter", "week"})
_RATES = frozenset({"a", "an", "per", "each", "every"})
_PERIODS = frozenset(
    {"day", "week", "month", "quarter", "year", "hour", "night", "daily", "weekly", "monthly", "yearly"}
)
_ENDS = frozenset({"relcl", "acl", "advcl", "punct", "cc", "conj", "appos", "parataxis"})
_CHANGING: frozenset[ClaimKind] = frozenset({"change", "rank", "comparison"})


@dataclass(frozen=True, slots=True)
class Scopes:
    """What bounds a claim, each a span of its clause or None."""

    base: Span | None = None
    time_scope: Span | None = None
    place: Span | None = None


def scopes_of(doc: Doc, clause: Span, figures: Sequence[Figure], kind: ClaimKind) -> Scopes:
    """Read base, time scope and place of the claim at `clause`."""
    tokens = doc.char_span(*clause, alignment_mode="expand")
    if tokens is None:
        return Scopes()
    base = _base(doc, tokens, figures, kind)
    return Scopes(base, _time(tokens, base, figures), _place(tokens))


def _base(doc: Doc, tokens: DocSpan, figures: Sequence[Figure], kind: ClaimKind) -> Span | None:
    for figure in figures:
        if figure.role == "share" and (found := _whole_of(doc, tokens, figure)):
            return found
    for token in tokens:
        lower = token.lower_
        if any(figure.start <= token.idx < figure.end for figure in figures):
            continue
        if lower in ("compared", "relative") and token.i + 1 < tokens.end:
            behind = token.nbor(1)
            if behind.lower_ in ("with", "to"):
                return _phrase(token, behind, tokens)
        if kind not in _CHANGING:
            continue
        if lower == "since" and token.dep_ in ("prep", "mark"):
            return _phrase(token, token.head if token.dep_ == "mark" else token, tokens)
        if lower == "in" and kind == "rank" and token.i + 1 < tokens.end and token.nbor(1).ent_type_ == "DATE":
            return _phrase(token, token, tokens)
        if lower == "than" and token.dep_ in ("prep", "mark") and not _bounds(token, figures):
            return _phrase(token, token, tokens)
        if lower in ("from", "on", "over") and _is_earlier(token, tokens):
            return _phrase(token, token, tokens)
    return None


def _whole_of(doc: Doc, tokens: DocSpan, figure: Figure) -> Span | None:
    """ "40% of voters in the north": what a share is a share of."""
    printed = doc.char_span(figure.start, figure.end, alignment_mode="expand")
    if printed is None or printed.end >= tokens.end or doc[printed.end].lower_ != "of":
        return None
    return _phrase(doc[printed.end], doc[printed.end], tokens)


def _phrase(first: Token, head: Token, tokens: DocSpan) -> Span | None:
    """From `first` to the end of what hangs on `head`, without clauses and what is joined on."""
    right = first.i
    for token in tokens.doc[first.i + 1 : min(head.right_edge.i + 1, tokens.end)]:
        if token.dep_ in _ENDS and token.i > first.i + 1 and not _joins_nouns(token):
            break
        right = token.i
    if right == first.i:
        return None
    last = tokens.doc[right]
    return first.idx, last.idx + len(last)


def _joins_nouns(token: Token) -> bool:
    """ "voters in Ghent and Bruges", "a year-old law"."""
    if token.dep_ == "punct":
        return token.text in ("-", "'", "’") or (token.whitespace_ == "" and token.text not in (",", ".", ";", ")"))
    return token.dep_ in ("cc", "conj") and token.head.pos_ in ("PROPN", "NOUN") and token.pos_ != "VERB"


def _bounds(than: Token, figures: Sequence[Figure]) -> bool:
    """The "than" of "more than 40" belongs to the figure."""
    behind = than.idx + len(than) + 1
    return any(0 <= figure.start - behind <= 3 for figure in figures)


def _is_earlier(prep: Token, tokens: DocSpan) -> bool:
    """ "from a year earlier", "from 2019", "on the year before"."""
    if prep.i + 1 >= tokens.end or prep.nbor(1).ent_type_ not in _TIMES:
        return False
    following = tokens.doc[prep.i + 1 : min(prep.i + 5, tokens.end)]
    words = {t.lower_ for t in following if t.ent_type_ in _TIMES}
    return bool(words & _EARLIER) if prep.lower_ == "from" else bool(words & {"earlier", "before"})


def _time(tokens: DocSpan, base: Span | None, figures: Sequence[Figure]) -> Span | None:
    """The first date of the clause that is no base, no figure and no rate."""
    for run in _entities(tokens, _TIMES):
        start, end = run[0].idx, run[-1].idx + len(run[-1])
        if base and base[0] <= start < base[1] and not tokens.text[base[0] - tokens.start_char :].startswith("since"):
            continue
        if any(figure.start < end and start < figure.end for figure in figures) or _is_rate(run):
            continue
        before = run[0].nbor(-1) if run[0].i > tokens.start else None
        if before is not None and before.lower_ in ("the", "a", "an") and before.i > tokens.start:
            before = before.nbor(-1)
        if before is not None and before.dep_ == "prep" and before.lower_ in _TIME_PREPS:
            start = before.idx
        return start, end
    return None


def _is_rate(run: Sequence[Token]) -> bool:
    """ "a year" in "$3 billion a year", "10-year-old", "weekly"."""
    words = [token.lower_ for token in run]
    rate = words[-1] in _PERIODS and (len(words) == 1 or (len(words) == 2 and words[0] in _RATES))
    return rate or any(word in ("old", "aged") for word in words)


def _place(tokens: DocSpan) -> Span | None:
    """The first phrase of place: "in" and the like before a name of a place."""
    for run in _entities(tokens, _PLACES):
        first = run[0]
        while first.i > tokens.start and first.nbor(-1).dep_ in ("det", "amod", "compound", "nummod"):
            first = first.nbor(-1)
        if first.i == tokens.start:
            continue
        prep = first.nbor(-1)
        head = run[-1]
        if prep.dep_ == "prep" and prep.lower_ in _PLACE_PREPS and head.dep_ in ("pobj", "conj", "appos"):
            return prep.idx, head.idx + len(head)
    return None


def _entities(tokens: DocSpan, labels: frozenset[str]) -> Iterator[list[Token]]:
    run: list[Token] = []
    for token in tokens:
        if run and (token.ent_iob_ != "I" or token.ent_type_ not in labels):
            yield run
            run = []
        if token.ent_type_ in labels:
            run.append(token)
    if run:
        yield run
