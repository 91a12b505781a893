"""Deeds on record, told without a figure: "the governor vetoed the bill", "refused to release her tax returns".

A verb and the limits of who says it in; the claim that it makes, or none, out.  A deed counts
where a name or an office does, in the past tense, what official records show: an act by its verb, or something done
to a matter of record.  What may be, was planned or is asked is none.  The words are in `deeds.txt`.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from quotes.claims.clauses import clause_span, subject_of
from quotes.claims.governors import verb_class
from quotes.claims.lexicon import key_of, words
from quotes.claims.phrases import noun_phrase
from quotes.claims.unfigured import Unfigured
from quotes.models import ClaimKind, Span

NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_RECORDED = NAMES | {"LAW", "FAC", "LOC"}
_OPEN = frozenset({"can", "could", "may", "might", "should", "would", "must", "will", "'ll", "wo", "shall", "'d"})
_HAVING = frozenset({"have", "has", "had", "'ve", "’ve", "'s", "’s"})
_DOING = frozenset({"did", "does", "do"})
_RELATIVE = frozenset({"WP", "WDT"})
_OPENING = frozenset({"if", "whether", "unless", "lest", "why", "how"})
_TAKEN = frozenset({"dobj", "xcomp", "ccomp", "oprd"})
_OTHERS = frozenset({"he", "she", "they"})


def deed(verb: Token, limits: Span) -> Unfigured | None:
    """The deed on record that a verb tells, if it does, inside the limits of who tells it."""
    lemma = verb.lemma_.lower()
    if not _may_tell(verb, lemma):
        return None
    actor = actor_of(verb)
    thing = _done_to(verb, lemma, actor) if actor is not None else None
    if actor is None or thing is None or not limits[0] <= thing.idx < limits[1] or is_open(verb):
        return None
    about = actor if thing.i == verb.i else thing
    doc = verb.doc
    return Unfigured(
        _kind(verb), clause_span(doc, verb, verb, limits), noun_phrase(doc, about, None, limits), verb, verb
    )


def position(verb: Token, limits: Span) -> Unfigured | None:
    """The position that somebody took, as another tells: "she called the pact a gold standard", he said."""
    if not is_told(verb) or any(child.dep_ == "auxpass" for child in verb.children):
        return None
    actor = actor_of(verb)
    if actor is None or not limits[0] <= actor.idx < limits[1] or is_open(verb) or actor.i > verb.i:
        return None
    if any(child.tag_ == "WP" and child.dep_ not in ("nsubj", "nsubjpass") for child in verb.children):
        return None
    objects = ("oprd", "ccomp") if verb.lemma_.lower() == "call" else _TAKEN
    taken = next((c for c in verb.children if c.dep_ in objects and c.i > verb.i and c.tag_ != "PRP"), None)
    if taken is None or not limits[0] <= taken.idx < limits[1]:
        return None
    doc = verb.doc
    clause = clause_span(doc, verb, verb, limits)
    return Unfigured("status", clause, noun_phrase(doc, actor, None, limits), verb, verb)


def is_repeated(verb: Token) -> bool:
    """Whether a verb says how often, or that it was before: "has repeatedly called"."""
    return any(child.lower_ in words("deeds", "often") for child in verb.children)


def _may_tell(verb: Token, lemma: str) -> bool:
    """Whether a verb is one of deeds, in a tense that tells."""
    if lemma in words("deeds", "hold") and verb.tag_ in ("VBZ", "VBP"):
        return True
    return (lemma in deed_verbs() or _is_never(verb)) and is_told(verb)


@cache
def deed_verbs() -> frozenset[str]:
    """Lemmas of all verbs that may tell a deed; "never" makes any verb one."""
    led = frozenset(pair.split("_")[0] for pair in words("deeds", "led"))
    return led.union(*(words("deeds", key) for key in ("act", "do", "refuse", "light", "hold")))


def is_told(verb: Token) -> bool:
    """Whether a verb tells of the past: "signed", "has signed", "was signed", "did not sign"."""
    if verb.tag_ == "VBD":
        return True
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if verb.tag_ == "VBN":
        return bool(helpers & _HAVING) or bool(helpers & {"was", "were"})
    return verb.tag_ == "VB" and "did" in helpers


def is_open(verb: Token) -> bool:
    """Whether a verb, or one that it hangs on, is left open: may, would, if, a question."""
    for token in (verb, *verb.ancestors):
        if token.pos_ not in ("VERB", "AUX"):
            continue
        if token.i != verb.i and token.lemma_.lower() in words("deeds", "wishing"):
            return True
        for child in token.children:
            if child.dep_ == "aux" and child.lower_ in _OPEN and (token.i == verb.i or token.dep_ != "ROOT"):
                return True
            if child.dep_ in ("mark", "advmod") and child.lower_ in _OPENING:
                return True
    if any(
        child.dep_ == "neg" and child.nbor(1).lower_ in ("just", "only", "merely", "simply") for child in verb.children
    ):
        return True
    return _is_inverted(verb) or any(token.text == "?" for token in verb.sent[-3:])


def _is_inverted(verb: Token) -> bool:
    """ "had she signed it": an auxiliary before the subject."""
    subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    aux = next((child for child in verb.children if child.dep_ == "aux"), None)
    return subject is not None and aux is not None and aux.i < subject.i and aux.lower_ in ("had", "did", "were")


def actor_of(verb: Token) -> Token | None:
    """Who did it: a name, an office, or a third person; of a relative clause the noun in front of it."""
    subject = subject_of(verb)
    if subject is None or verb.dep_ == "acl":
        return None
    if subject.tag_ in _RELATIVE or (subject.lower_ == "that" and verb.dep_ == "relcl"):
        subject = verb.head
        while subject.dep_ == "relcl":
            subject = subject.head
    return subject if is_actor(subject) or _done_by(verb) else None


def is_actor(noun: Token) -> bool:
    """Whether a subject is somebody whose deeds are of record."""
    if noun.lower_ in _OTHERS or noun.ent_type_ in NAMES:
        return True
    lemma = noun.lemma_.lower()
    if noun.pos_ not in ("NOUN", "PROPN") or (lemma == "voter" and noun.tag_ == "NN"):
        return False
    listed = (
        words("deeds", "actor"),
        words("opinions", "power"),
        words("reasons", "other"),
        words("standings", "bodies"),
    )
    return any(lemma in each for each in listed)


def _done_to(verb: Token, lemma: str, actor: Token) -> Token | None:
    """The thing a deed was done to, or the verb itself where the deed needs none; None for no deed of record."""
    if any(child.dep_ == "auxpass" for child in verb.children):
        return verb if _is_done(verb, lemma, actor) else None
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if _is_never(verb) and lemma not in words("deeds", "telling"):
        recorded = lemma in words("deeds", "never") or (thing is not None and is_matter(thing))
        if recorded:
            return verb
    if lemma in words("deeds", "refuse"):
        return _refused(verb)
    if lemma in words("deeds", "act"):
        return verb if thing is not None and thing.pos_ in ("NOUN", "PROPN") else None
    if _means_another(verb, lemma):
        return None
    led = _led(verb, lemma)
    if led is not None and is_matter(led) and not _is_own_vote(lemma, actor, led):
        return led
    return thing if thing is not None and _is_deed(lemma, actor, thing) else None


def _is_done(verb: Token, lemma: str, actor: Token) -> bool:
    """ "was indicted"; "was declared by the president" where the verb alone says too little."""
    if lemma in words("deeds", "act") or (_is_never(verb) and lemma in words("deeds", "never")):
        return True
    if not _done_by(verb):
        return False
    led = _led(verb, lemma)
    listed = lemma in words("deeds", "person" if _is_person(actor) else "do")
    return listed or (led is not None and is_matter(led))


def _is_deed(lemma: str, actor: Token, thing: Token) -> bool:
    """Whether what a verb did to its object is a deed of record."""
    if lemma == "pay" and thing.lower_ in ("nothing", "anything", "none"):
        return True
    if lemma in words("deeds", "light") and thing.lemma_.lower() in words("deeds", "deed"):
        # "made an attack on the plan" is a way of speaking.
        return lemma != "make" or thing.lemma_.lower() not in ("attack", "strike")
    if lemma == "receive" and any(child.tag_ == "PRP$" for child in thing.children):
        return False
    if lemma in words("deeds", "by_hand") and thing.lemma_.lower() in words("deeds", "solid"):
        return False
    listed = lemma in words("deeds", "do") or lemma in words("deeds", "hold")
    return listed and is_matter(thing) and not _is_own_vote(lemma, actor, thing)


def _means_another(verb: Token, lemma: str) -> bool:
    """ "held up the plan", "called off": a particle makes another verb of it; "carried out" it does not."""
    particles = {child.lower_ for child in verb.children if child.dep_ == "prt"}
    return bool(particles) and lemma in ("order", "hold", "carry", "call", "take") and particles != {"out"}


def _is_person(actor: Token) -> bool:
    return actor.ent_type_ == "PERSON" or actor.lower_ in _OTHERS


def _is_own_vote(lemma: str, actor: Token, target: Token) -> bool:
    """How one voter, or somebody brought in with an age, voted is nobody else's business."""
    aged = any(child.like_num for child in actor.children)
    if aged:
        return lemma in ("vote", "support", "back", "endorse")
    return lemma == "vote" and target.ent_type_ == "PERSON" and actor.tag_ not in ("NNS", "NNPS")


def _is_never(verb: Token) -> bool:
    return any(child.lower_ == "never" and child.dep_ in ("neg", "advmod") for child in verb.children)


def _done_by(verb: Token) -> bool:
    """ "was declared by the president": a passive says who did it."""
    for child in verb.children:
        if child.dep_ == "agent":
            return any(is_actor(by) for by in child.children if by.dep_ == "pobj")
    return False


def _refused(verb: Token) -> Token | None:
    """What was not done: "refused to sign"."""
    for child in verb.children:
        if child.dep_ == "xcomp" and child.lemma_.lower() not in words("deeds", "telling"):
            thing = next((c for c in child.children if c.dep_ == "dobj"), None)
            return thing if thing is not None and is_matter(thing) else None
    return None


def _led(verb: Token, lemma: str) -> Token | None:
    for child in verb.children:
        if child.dep_ in ("prep", "prt", "dative") and f"{lemma}_{child.lower_}" in words("deeds", "led"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
        if child.dep_ == "xcomp" and f"{lemma}_to" in words("deeds", "led"):
            return next((c for c in child.children if c.dep_ == "dobj"), None)
    return None


def is_matter(noun: Token) -> bool:
    """Whether what a deed is done to is a matter of record: by a name, a topic of statistics, a measure."""
    if noun.pos_ not in ("NOUN", "PROPN") or noun.lemma_.lower() in words("deeds", "passing"):
        return False
    if noun.ent_type_ in _RECORDED:
        return True
    parts = [noun, *(c for c in noun.children if c.dep_ in ("compound", "amod", "conj"))]
    if any(c.tag_ == "PRP$" for c in noun.children) and noun.lemma_.lower() in key_of("change_nouns"):
        return False
    parts += [c for prep in noun.children if prep.lower_ == "of" for c in prep.children if c.dep_ == "pobj"]
    return any(_is_listed(part.lemma_.lower()) for part in parts)


def _is_listed(lemma: str) -> bool:
    change = key_of("change_nouns").get(lemma)
    return (
        change is not None
        or lemma in key_of("topics")
        or lemma in words("deeds", "matter")
        or lemma in words("standings", "measures")
    )


def _kind(verb: Token) -> ClaimKind:
    if verb.lemma_.lower() == "vote":
        return "vote"
    direction, moves = verb_class(verb)
    if verb.lemma_.lower() in ("lose", "gain", "extend"):
        return "status"
    return "change" if direction and moves in ("object", "either") else "status"
