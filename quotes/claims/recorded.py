"""Claims without figures that are kept only where they are worth checking: deeds on record, rules and states, firsts,
comparisons and effects.

A Doc, who speaks in it and the claims found before in; those in none of them, and with enough reasons to check them,
out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from quotes.claims.assertions import Voices
from quotes.claims.building import assemble
from quotes.claims.deeds import deed, deed_verbs, is_repeated, position
from quotes.claims.firsts import ALONE, first_or_only
from quotes.claims.lexicon import words
from quotes.claims.measures import COMPARING, RANKING, causing_verbs, comparison, effect, superlative
from quotes.claims.printed import text_of
from quotes.claims.rules import LAWFUL, rule_or_state, ruling_verbs
from quotes.claims.trends import MOST, moving_verbs, trend
from quotes.claims.unfigured import Unfigured
from quotes.claims.vouching import ANONYMOUS, ARTICLE
from quotes.models import Claim, Span

Finder = Callable[[Token, Span], Unfigured | None]
WORTH, WORTH_OF_DEEDS = 0.3, 0.4
"""The least check-worthiness.  Deeds start higher: that somebody did something is a reason by itself."""
_SURE = 0.6
_VERBAL = frozenset({"VERB", "AUX"})


def on_record(doc: Doc, sentences: Iterable[DocSpan], voices: Voices, before: Sequence[Claim]) -> list[Claim]:
    """The claims of these kinds that share no words with those found before."""
    kept: list[Claim] = []
    for sentence in sentences:
        offsets = sentence.start_char, sentence.end_char
        for finder, token in _asked(list(sentence)):
            found = finder(token, offsets)
            claim = _claim(doc, _without_cue(voices, found.verb), offsets, finder, token) if found else None
            if claim is None or (finder is position and not _is_told_of(claim, token)):
                continue
            if claim.forecast or _is_taken(claim, before) or _is_taken(claim, kept):
                continue
            if claim.check_worthiness >= (WORTH_OF_DEEDS if finder is deed else WORTH):
                kept.append(claim)
    return kept


def _asked(tokens: Sequence[Token]) -> Iterator[tuple[Finder, Token]]:
    """Which finder is asked about which word of a sentence; of several claims in the same words the first is kept."""
    printed = {token.lower_ for token in tokens}
    verbs = [(token, token.lemma_.lower()) for token in tokens if token.pos_ in _VERBAL]
    alone = bool(printed & ALONE)
    for token in tokens:
        tag = token.tag_
        if tag in RANKING:
            yield superlative, token
        elif tag in COMPARING or (tag in ("IN", "RB") and token.lower_ == "as"):
            yield comparison, token
        if alone and token.lower_ in ALONE:
            yield first_or_only, token
    yield from ((effect, verb) for verb, lemma in verbs if lemma in causing_verbs())
    lawful, never = bool(printed & LAWFUL), "never" in printed
    yield from ((rule_or_state, verb) for verb, lemma in verbs if lawful or lemma in ruling_verbs())
    yield from ((deed, verb) for verb, lemma in verbs if never or lemma in deed_verbs())
    yield from ((position, verb) for verb, lemma in verbs if lemma in words("deeds", "position"))
    most = bool(printed & MOST)
    yield from ((trend, verb) for verb, lemma in verbs if most or lemma in moving_verbs())


def _claim(doc: Doc, voices: Voices, sentence: Span, finder: Finder, token: Token) -> Claim | None:
    """What a finder finds, inside the limits of who says it."""
    voice = voices.of(token.idx, token.idx + len(token), sentence)
    found = finder(token, voice.limits)
    if found is None:
        return None
    return assemble(
        doc, voice, sentence, clause=found.clause, kind=found.kind, figures=(), measured=found.measured,
        path=_told_under(found.verb), compares=False, score_of_method=_SURE, method=found.kind,
    )  # fmt: skip


def _is_told_of(claim: Claim, verb: Token) -> bool:
    """Whether a position is told by another, or more than once: else it is only how the article quotes somebody."""
    if is_repeated(verb):
        return True
    whose = text_of(verb.doc)[slice(*claim.measured)].split() if claim.measured else []
    own = bool(whose) and whose[-1] in claim.asserted_by.split()
    return not own and claim.asserted_by not in (ARTICLE, ANONYMOUS)


def _told_under(verb: Token) -> list[Token]:
    """A verb and those it hangs on: "is believed to have signed"."""
    path = [verb]
    while path[-1].dep_ in ("xcomp", "ccomp") and path[-1].head.pos_ in ("VERB", "AUX"):
        path.append(path[-1].head)
    return path


def _without_cue(voices: Voices, verb: Token) -> Voices:
    """The voices but for those whose cue is the deed itself: "the senate opposed the treaty" quotes nobody."""
    others = [q for q in voices.quotations if not any(start <= verb.idx < end for start, end in q.cue)]
    if len(others) == len(voices.quotations):
        return voices
    return Voices(voices.doc, others, voices.resolution)


def _is_taken(claim: Claim, others: Iterable[Claim]) -> bool:
    """Whether one of the others shares half of the shorter of both clauses."""
    for other in others:
        common = min(claim.end, other.end) - max(claim.start, other.start)
        if 2 * common >= min(claim.end - claim.start, other.end - other.start):
            return True
    return False
