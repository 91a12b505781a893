"""Reasons that can be read from the words and the parse of any stretch of English: tokens in, codes and spans out.

Each finder answers one question that a fact-checker would ask ("does it tell of a deed of somebody else?"), and
points at the words that show it.  The words are in `reasons.txt`, `topics.txt` and `opinions.txt`, what a reason
weighs in `weights.txt`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from quotes.claims.lexicon import key_of, words
from quotes.models import Figure, Span

Found = tuple[str, Span | None]
_SHORT = 12
_COMPARATOR_REACH = 12
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_LED = _SUBJECTS | {"aux"}
_FIRST = frozenset({"i", "we"})
_THIRD = frozenset({"he", "she", "they"})
_NAMES = frozenset({"PERSON", "ORG", "NORP"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_ADVICE = frozenset({"should", "must", "ought", "shall"})
_OPEN = frozenset({"may", "might", "could"})
_FUTURE = frozenset({"will", "'ll", "’ll", "wo", "shall", "gon", "would", "'d"})
_CLAUSES = frozenset({"ROOT", "ccomp", "conj", "parataxis", "advcl", "relcl"})

_KEYS = {
    "statistic": "STATISTIC",
    "cause": "CAUSAL_CREDIT",
    "absolute": "ABSOLUTE",
    "record": "ON_RECORD",
    "value": "OPINION",
    "talk": "TALK",
    "memory": "PERSONAL_EXPERIENCE",
    "experience": "PERSONAL_EXPERIENCE",
    "greeting": "GREETING",
}
"""Key in reasons.txt → the reason its words show."""


def span_of(token: Token) -> Span:
    """Offsets of a token."""
    return token.idx, token.idx + len(token)


def name_span(token: Token) -> Span:
    """Offsets of the whole name, place or date that a token stands in, without its article."""
    doc, first, last = token.doc, token.i, token.i
    while doc[first].ent_iob_ == "I" and first > 0:
        first -= 1
    while last + 1 < len(doc) and doc[last + 1].ent_iob_ == "I":
        last += 1
    while first < last and doc[first].tag_ == "DT":
        first += 1
    return doc[first].idx, doc[last].idx + len(doc[last])


def word_reasons(tokens: Sequence[Token], figures: Sequence[Figure]) -> Iterator[Found]:
    """Reasons that single words show."""
    topics = key_of("topics")
    seen: set[str] = set()
    for token in tokens:
        lemma, lower = token.lemma_.lower(), token.lower_
        if lemma in topics and topics[lemma] not in seen:
            yield "SECOND_TOPIC" if seen else "OFFICIAL_TOPIC", span_of(token)
            seen.add(topics[lemma])
        yield from _by_lemma(token, lemma)
        if lower in words("opinions", "vague") and not figures:
            yield "VAGUE_UNIT", span_of(token)
        if (lower in words("opinions", "comparison") or token.tag_ in ("JJR", "RBR", "JJS", "RBS")) and not _bounds(
            token, figures
        ):
            yield "HAS_COMPARISON", span_of(token)
        if token.ent_type_ in _PLACES:
            yield "NAMES_PLACE", name_span(token)
        elif token.ent_type_ in _NAMES or lemma in words("reasons", "other"):
            yield "NAMES_ACTOR", name_span(token) if token.ent_type_ in _NAMES else span_of(token)
        elif token.ent_type_ == "DATE":
            yield "TIME_SCOPE", name_span(token)


def _by_lemma(token: Token, lemma: str) -> Iterator[Found]:
    for key, code in _KEYS.items():
        if lemma in words("reasons", key):
            yield code, span_of(token)
    if lemma in words("reasons", "opinion") and token.pos_ == "VERB":
        yield "OPINION", span_of(token)
    if (lemma in words("reasons", "change") and token.pos_ == "VERB") or lemma in words("reasons", "change_noun"):
        yield "IS_CHANGE", span_of(token)


def _bounds(token: Token, figures: Sequence[Figure]) -> bool:
    """The "more than" of "more than 80,000" compares nothing."""
    return any(0 < figure.start - token.idx <= _COMPARATOR_REACH for figure in figures)


def verb_reasons(tokens: Sequence[Token]) -> Iterator[Found]:
    """Reasons in who does what when: deeds and positions of others, one's own deeds, advice, forecasts."""
    for verb in tokens:
        if verb.pos_ not in ("VERB", "AUX"):
            continue
        helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
        if helpers & _FUTURE and verb.dep_ in _CLAUSES:
            yield "FORECAST", span_of(verb)
        if helpers & _OPEN:
            yield "HEDGED", span_of(verb)
        if helpers & _ADVICE or (verb.lemma_ in ("need", "want") and verb.tag_ in ("VBP", "VB")):
            yield "ADVICE", span_of(verb)
        if verb.lemma_ in ("have", "get", "go") and _leads_to(verb):
            yield "FORECAST" if verb.lemma_ == "go" else "ADVICE", span_of(verb)
        subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
        if subject is None:
            continue
        yield from _deeds(verb, subject, helpers)


def _leads_to(verb: Token) -> bool:
    """ "has to …", "got to …", "going to …"."""
    return any(child.dep_ == "xcomp" and any(mark.lower_ == "to" for mark in child.children) for child in verb.children)


def _is_past(verb: Token, helpers: Iterable[str]) -> bool:
    """Past or perfect, and not what somebody would have done."""
    held = set(helpers)
    if held & (_FUTURE | _ADVICE | {"could", "might", "may", "can"}):
        return False
    return verb.tag_ == "VBD" or (verb.tag_ == "VBN" and bool(held)) or "did" in held


def _deeds(verb: Token, subject: Token, helpers: set[str]) -> Iterator[Found]:
    lemma = verb.lemma_.lower()
    past = _is_past(verb, helpers)
    first, third = subject.lower_ in _FIRST, subject.lower_ in _THIRD
    other = third or subject.ent_type_ in (_NAMES | _PLACES) or subject.lemma_.lower() in words("reasons", "other")
    if past and verb.pos_ == "VERB" and lemma not in words("reasons", "opinion"):
        if other:
            yield ("POSITION_OF_OTHER" if lemma in words("reasons", "position") else "RECORD_OF_ACTION"), span_of(verb)
        elif first:
            yield "OWN_RECORD", span_of(verb)
        else:
            yield "PAST_EVENT", span_of(verb)
    elif past:
        yield "PAST_STATE", span_of(verb)
    elif other and not helpers & (_FUTURE | _ADVICE):
        yield "ABOUT_OTHER", span_of(subject)
    elif first:
        yield "ABOUT_SELF", span_of(subject)


def form_reasons(tokens: Sequence[Token], figures: Sequence[Figure]) -> Iterator[Found]:
    """Reasons in the form of the whole: a question, a command, a condition, next to nothing said."""
    printed = [token for token in tokens if not token.is_punct and not token.is_space]
    if not printed:
        return
    if any(token.text == "?" for token in tokens[-1].sent[-2:]):
        # The clause of a claim may end before the mark, so there is no span.
        yield "QUESTION", None
    for token in tokens:
        if token.dep_ == "ROOT" and token.tag_ == "VB" and not any(c.dep_ in _LED for c in token.children):
            yield "COMMAND", span_of(token)
        if token.lower_ in ("if", "unless") and token.dep_ == "mark":
            yield "CONDITION", span_of(token)
    if figures:
        return
    if len(printed) < _SHORT:
        yield "SHORT", None
