"""Rules and states told without a figure, beyond the plainest: "are required to", "is in breach of", "are tied".

A verb and the limits of who says it in; the claim that it makes, or none, out.  The words are
in `standings.txt` and, of polls, in `deeds.txt`.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from quotes.claims.clauses import clause_span, subject_of
from quotes.claims.deeds import is_actor, is_open
from quotes.claims.lexicon import words
from quotes.claims.phrases import noun_phrase
from quotes.claims.unfigured import Unfigured
from quotes.models import ClaimKind, Span

_PRESENT = frozenset({"VBZ", "VBP"})
LAWFUL = frozenset({"legally", "constitutionally", "under", "by", "per"})
"""One of these stands beside a verb that a law governs."""
_BEING = frozenset({"be", "remain", "stay", "become"})


@cache
def ruling_verbs() -> frozenset[str]:
    """Lemmas of all verbs that may tell a rule or a state; under a law any verb may (`LAWFUL`)."""
    return words("deeds", "race").union(
        *(words("standings", key) for key in ("makes", "bound", "proceeding")), _BEING, ("require", "tie")
    )


def rule_or_state(verb: Token, limits: Span) -> Unfigured | None:
    """The rule or state that a verb tells, if it does, inside the limits of who tells it."""
    subject = subject_of(verb)
    if subject is None or subject.pos_ not in ("NOUN", "PROPN", "PRON") or subject.idx < limits[0]:
        return None
    kind = _kind(verb, subject)
    if kind is None or (kind != "rule" and is_open(verb)):
        return None
    doc = verb.doc
    return Unfigured(kind, clause_span(doc, verb, verb, limits), noun_phrase(doc, subject, None, limits), verb, verb)


def _kind(verb: Token, subject: Token) -> ClaimKind | None:
    if _is_rule(verb, subject):
        return "rule"
    if _is_state(verb, subject):
        return "status"
    return "comparison" if _is_race(verb, subject) else None


def _is_rule(verb: Token, subject: Token) -> bool:
    lemma = verb.lemma_.lower()
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    passive = next((child for child in helpers if child.dep_ == "auxpass"), None)
    if any(child.lower_ in ("if", "whether", "unless") and child.dep_ == "mark" for child in verb.children):
        return False
    if passive is not None:
        bound = verb.tag_ == "VBN" and lemma in words("standings", "bound") and passive.tag_ in _PRESENT
        return bound and (_is_lawful(verb) or any(child.dep_ == "xcomp" for child in verb.children))
    if any(child.lower_ in ("must", "can", "may", "shall") for child in helpers):
        return _is_lawful(verb)
    if verb.tag_ not in ("VBZ", "VBP", "VBD") and not any(child.lower_ in ("does", "do", "did") for child in helpers):
        return False
    thing = next((child for child in verb.children if child.dep_ in ("dobj", "ccomp", "xcomp")), None)
    if thing is None:
        return False
    if lemma == "require" and thing.lemma_.lower() in words("standings", "needed"):
        return True
    if lemma in ("give", "grant", "let", "provide"):
        given = {below.lemma_.lower() for below in verb.subtree if below.i > verb.i}
        if not given & words("standings", "given"):
            return False
    return lemma in words("standings", "makes") and subject.lemma_.lower() in words("standings", "makers")


def _is_lawful(verb: Token) -> bool:
    """ "under federal law", "by law", "legally"."""
    if any(child.lower_ in ("legally", "constitutionally") for child in verb.children):
        return True
    return any(_holds(child, "legal") for child in verb.children if child.lower_ in LAWFUL)


def _holds(prep: Token, key: str) -> bool:
    """Whether what a preposition governs is one of the words of a key."""
    return any(child.dep_ == "pobj" and child.lemma_.lower() in words("standings", key) for child in prep.children)


def _is_state(verb: Token, subject: Token) -> bool:
    lemma = verb.lemma_.lower()
    if lemma in words("standings", "proceeding") and verb.tag_ == "VBN":
        being = verb.dep_ != "pcomp" and any(c.lower_ == "being" for c in verb.children)
        being = being and not any(c.dep_ == "prt" for c in verb.children)
        return being and is_actor(subject)
    if lemma not in _BEING or not is_actor(subject):
        return False
    stated = any(c.dep_ in ("acomp", "oprd") and c.lower_ in words("standings", "stated") for c in verb.children)
    return stated or any(_holds(child, child.lower_) for child in verb.children if child.lower_ in ("in", "on"))


def _is_race(verb: Token, subject: Token) -> bool:
    """ "Holm leads Brandt among women", "Holm and Brandt are tied in the state": who is in front in polls."""
    if subject.ent_type_ != "PERSON" and subject.lemma_.lower() not in (
        "candidate",
        "nominee",
        "democrat",
        "republican",
    ):
        return False
    lemma = verb.lemma_.lower()
    if any(child.dep_ in ("prt", "auxpass") or child.lower_ in ("up", "astray") for child in verb.children):
        return lemma == "tie" and verb.tag_ == "VBN"
    if lemma in words("deeds", "race"):
        rival = next((child for child in verb.children if child.dep_ == "dobj"), None)
        if rival is None:
            return _polled(verb)
        return rival.ent_type_ == "PERSON" or rival.lemma_.lower() in ("candidate", "nominee", "rival", "field")
    if lemma == "tie" and verb.tag_ == "VBN":
        return True
    if lemma != "be":
        return False
    near = {t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 4]}
    return bool(near & words("deeds", "standing")) and (_polled(verb) or "tied" in near)


def _polled(verb: Token) -> bool:
    return any(token.lemma_.lower() in words("deeds", "polled") for token in verb.sent)
