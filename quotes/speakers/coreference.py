"""Who a pronoun means: salience of the persons and bodies named so far.

In: a parsed Doc, the entities it names, and which tokens stand inside which quotation.  Out: for a
pronoun the entity it means with a confidence, or nothing.  Read in text order: every pronoun that is
resolved is itself a mention for the next.

After Lappin & Leass (1994, "An algorithm for pronominal anaphora resolution"): candidates compete by
distance in sentences and by grammatical role; agreement and binding only exclude.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from quotes.models import SpeakerType
from quotes.speakers.joining import Entity
from quotes.speakers.lexicon import Gender

GENDERS: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}
IMPERSONAL = frozenset({"it", "its"})

_DECAY = (1.0, 0.68, 0.45, 0.3, 0.2, 0.12, 0.08, 0.05)
"""Salience left after so many sentences of the narrator's; those inside quotation marks don't count."""
_SUBJECT, _EMBEDDED, _OBJECT, _OTHER, _MODIFIER = 1.0, 0.7, 0.6, 0.45, 0.25
_SPOKE = 1.3
"""Bonus of a mention that is the source of a quotation: who spoke is who goes on speaking."""
_AGREES = 1.05
"""Bonus of a gender that is known to agree against one that is unknown."""
_FLOOR, _MARGIN = 0.1, 1.05
"""The least salience of an antecedent, and by how much it has to beat the next."""
_OFFICE_MARGIN = 1.3


@dataclass(frozen=True, slots=True)
class Reference:
    """An entity a token refers to; `margin` is its salience over that of the next candidate (at most 3)."""

    entity: Entity
    margin: float


@dataclass(frozen=True, slots=True)
class Anaphor:
    """What a pronoun or noun tells of whom it takes up: the kind, a gender, or words that say what body it is."""

    kind: SpeakerType
    gender: Gender | None = None
    bodies: frozenset[str] = frozenset()
    office: bool = False
    """An office of some place ("the Vermont senator"): of somebody of whom no other role was told, and clearly so."""


@dataclass(slots=True)
class _Trace:
    """One earlier mention: where it stands and how much its grammatical role weighs."""

    token: Token
    sentence: int
    weight: float
    scope: str | None


@dataclass(slots=True)
class Coreference:
    """The pronouns of one document, resolved in one pass."""

    doc: Doc
    scopes: Sequence[str | None]
    """For every token the id of the innermost quotation in marks around it."""
    speakers: Mapping[str, Entity]
    """Quotation id → speaker, as far as names tell."""
    sources: frozenset[int]
    """Tokens that head the source of a quotation."""
    described: Mapping[int, Entity] = field(default_factory=dict)
    """Nouns for persons ("the judge", "a spokesman") → whom they mean; an entity without mentions is nobody
    we know, who still competes: the "he" after "a spokesman said" is not the last name."""
    anaphors: Mapping[int, Anaphor] = field(default_factory=dict)
    """Definite nouns that nobody was introduced by ("the businessman", "the newspaper"): they take up whom the text
    is about, as a pronoun does."""
    references: dict[int, Reference] = field(default_factory=dict)
    _traces: dict[int, list[_Trace]] = field(default_factory=dict)
    _entities: dict[int, Entity] = field(default_factory=dict)

    def resolve(self, entities: Sequence[Entity]) -> dict[int, Reference]:
        """Token index of a pronoun → whom it means, for all third person pronouns that are clear."""
        named = {self._head(m.start, m.end).i: entity for entity in entities for m in entity.mentions}
        number = 0
        for sentence in self.doc.sents:
            number += self.scopes[sentence.start] is None
            for token in sentence:
                if token.i in self.described:
                    self._trace(self.described[token.i], token, number)
                elif token.i in named:
                    self._trace(named[token.i], token, number)
                elif token.pos_ == "PRON" and (token.lower_ in GENDERS or token.lower_ in IMPERSONAL):
                    gender = GENDERS.get(token.lower_)
                    self._resolve(token, number, Anaphor("person" if gender else "organisation", gender))
                elif token.i in self.anaphors:
                    self._resolve(token, number, self.anaphors[token.i])
        return self.references

    def _head(self, start: int, end: int) -> Token:
        return self.doc[start:end].root

    def _resolve(self, pronoun: Token, sentence: int, told: Anaphor) -> None:
        ranked = sorted(self._ranked(pronoun, sentence, told), key=lambda pair: -pair[0])
        if told.bodies and not (ranked and ranked[0][0] >= _FLOOR):
            self._take_up_last(pronoun, told)
            return
        if not ranked or ranked[0][0] < _FLOOR:
            return
        second = max(_FLOOR / 2, ranked[1][0] if len(ranked) > 1 else 0.0)
        margin = min(3.0, ranked[0][0] / second)
        if margin >= (_OFFICE_MARGIN if told.office else _MARGIN):
            if ranked[0][1].mentions:
                self.references[pronoun.i] = Reference(ranked[0][1], margin)
            self._trace(ranked[0][1], pronoun, sentence)

    def _take_up_last(self, noun: Token, told: Anaphor) -> None:
        """A noun that says what body it is reaches back to the last such body, however far."""
        fitting = [(self._traces[key][-1].token.i, entity) for key, entity in self._entities.items()]
        last = max((pair for pair in fitting if _agrees(pair[1], told)), key=lambda pair: pair[0], default=None)
        if last:
            self.references[noun.i] = Reference(last[1], _MARGIN)

    def _ranked(self, pronoun: Token, sentence: int, told: Anaphor) -> Iterator[tuple[float, Entity]]:
        scope = self.scopes[pronoun.i]
        for key, entity in self._entities.items():
            if not _agrees(entity, told) or (scope and self.speakers.get(scope) is entity):
                continue
            best = max(self._salience(trace, pronoun, sentence, scope) for trace in self._traces[key])
            known = _AGREES if told.gender and entity.gender == told.gender else 1.0
            yield best * known, entity

    def _salience(self, trace: _Trace, pronoun: Token, sentence: int, scope: str | None) -> float:
        distance = sentence - trace.sentence
        if distance >= len(_DECAY) or _same_arguments(trace.token, pronoun):
            return 0.0
        if trace.scope is not None and trace.scope != scope:
            return 0.0  # what a speaker names is not what the narrator goes on about
        return trace.weight * _DECAY[distance]

    def _trace(self, entity: Entity, token: Token, sentence: int) -> None:
        weight = _role_weight(token) * (_SPOKE if token.i in self.sources else 1.0)
        self._entities[id(entity)] = entity
        self._traces.setdefault(id(entity), []).append(_Trace(token, sentence, weight, self.scopes[token.i]))


def _agrees(entity: Entity, told: Anaphor) -> bool:
    if told.kind == "organisation":
        is_body = entity.kind == told.kind and entity.mentions[0].label != "NORP"
        return is_body and (not told.bodies or bool(told.bodies & entity.body_words(agency="agency" in told.bodies)))
    if told.office and entity.all_roles():
        return False
    return entity.kind == "person" and (told.gender is None or entity.gender in (None, told.gender))


def _role_weight(token: Token) -> float:
    """How prominent a mention is by its place in its clause."""
    dep = token.dep_
    if dep in {"nsubj", "nsubjpass"}:
        return _EMBEDDED if token.head.dep_ in {"ccomp", "relcl", "advcl", "acl"} else _SUBJECT
    if dep in {"dobj", "dative"}:
        return _OBJECT
    if dep == "appos":
        return _role_weight(token.head)
    if dep == "conj":
        return _role_weight(token.head) * 0.97
    return _MODIFIER if dep in {"compound", "poss", "nmod"} else _OTHER


def _same_arguments(antecedent: Token, pronoun: Token) -> bool:
    """Subject and object of one verb are two, unless the pronoun is reflexive or possessive."""
    if pronoun.dep_ == "poss" or pronoun.lower_.endswith("self"):
        return False
    head = pronoun.head.head if pronoun.head.pos_ == "ADP" else pronoun.head
    return antecedent.head.i == head.i and antecedent.i != pronoun.i and antecedent.dep_ != "poss"
