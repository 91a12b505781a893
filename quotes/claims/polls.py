"""Whose a poll's figures are: "In a Kelton University survey, 71 percent of voters …", and the sentences after it.

In: a parsed Doc.  Out: for a figure that the article gives without saying who found it, the pollster, where a poll
with a name stands in its sentence, or in one shortly before it that the article goes on from: "Sixty-two percent of
Democrats agreed", "Torres leads Walsh by 5 points".  How a poll was made ("a margin of error of 4 points") is the
article's own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from quotes.claims.lexicon import words
from quotes.claims.quantities import Quantity
from quotes.claims.vouching import ANONYMOUS, ARTICLE, Vouching
from quotes.models import Assertion
from quotes.speakers.issuers import POLLS, issuers

_REACH = 3
"""Sentences between a poll, or the last that went on about it, and one that goes on about it."""
_KINDS = frozenset({"percent", "points", "share", "score"})


_SHOWING = frozenset({"show", "shows", "showing", "showed", "has", "had", "having", "puts", "put", "putting", "found"})
_CAMEL = re.compile(r"^[A-Z][a-z]{2,}[A-Z]")


class Poll(NamedTuple):
    """A poll as printed, and who made it; None where nobody is named."""

    token: Token
    pollster: Vouching | None


@dataclass(slots=True)
class Polls:
    """The polls of a document, and how far it goes on about the last."""

    doc: Doc
    named: Callable[[int, int], Vouching | None]
    """Offsets of a noun phrase → the speaker or body named in it."""
    _polls: list[Poll] = field(init=False)
    _last: int = field(init=False, default=-1)
    """The sentence, by its first token, that went on about a poll last."""

    def __post_init__(self) -> None:
        self._polls = list(self._read())

    def voice(self, quantity: Quantity) -> Assertion | None:
        """Whose a figure is that no quotation holds, where it is a poll's.  To be asked in text order."""
        if not self._polls or not _is_level(quantity):
            return None
        figure = self.doc[quantity.right]
        if quantity.kind == "share" and not _is_of_people(figure):
            return None
        sentence = figure.sent
        here = [poll for poll in self._polls if sentence.start <= poll.token.i < sentence.end]
        before = bisect_right([poll.token.i for poll in self._polls], sentence.start) - 1
        poll = _nearest(here, figure) if here else self._polls[before] if before >= 0 else None
        if poll is None or poll.pollster is None or _is_making(sentence, figure):
            return None
        if not here:
            if not self._goes_on(poll, sentence, figure):
                return None
            self._last = sentence.start
        speaker_id, name = poll.pollster
        return Assertion(name, cue=poll.token.text if here else None, speaker_id=speaker_id)

    def listed(self, quantity: Quantity, before: Assertion) -> Assertion | None:
        """ "with one pollster showing her ahead 3 points, DataHeads 4 points": whose the next in the list is.

        `before` is who asserts the figure before it in the same sentence.
        """
        named = before.speaker not in (ARTICLE, ANONYMOUS)
        cue = {word.lower() for word in (before.cue or "").split()}
        if not named or not cue & _SHOWING or not _is_level(quantity) or quantity.left < 3:
            return None
        name = self.doc[quantity.left - 1]
        start = name.i
        while start > 1 and self.doc[start - 1].pos_ == "PROPN":
            start -= 1
        if self.doc[start - 1].lower_ not in (",", "and") or not self._is_body(name):
            return None
        return Assertion(self.doc[start : name.i + 1].text, cue=before.cue)

    def _is_body(self, name: Token) -> bool:
        persons = {ent.text for ent in self.doc.ents if ent.label_ == "PERSON"}
        return bool(_CAMEL.match(name.text)) or (name.ent_type_ == "ORG" and name.text not in persons)

    def _goes_on(self, poll: Poll, sentence: DocSpan, figure: Token) -> bool:
        since = max(poll.token.sent.start, self._last)
        between = sum(1 for token in self.doc[since + 1 : sentence.start + 1] if token.is_sent_start)
        return between <= _REACH and _is_answer(sentence, figure)

    def _read(self) -> Iterator[Poll]:
        last: Vouching | None = None
        for token in self.doc:
            if token.pos_ == "NOUN" and token.lemma_.lower() in POLLS:
                pollster = self._pollster(token)
                definite = any(child.dep_ in ("det", "poss") and child.lower_ != "a" for child in token.lefts)
                last = pollster or (last if definite else None)
                yield Poll(token, last)

    def _pollster(self, poll: Token) -> Vouching | None:
        for token in issuers(poll):
            if found := self.named(token.left_edge.idx, token.idx + len(token)):
                return found
        return None


def _is_level(quantity: Quantity) -> bool:
    return quantity.kind in _KINDS or quantity.unit in ("point", "percentage_point")


def _is_of_people(figure: Token) -> bool:
    """Whether a share is one of those who are asked: "eight in 10 voters", not "half the story"."""
    near = figure.doc[figure.i : figure.i + 5]
    return any(t.lemma_.lower() in words("polls", "asked") or t.lower_ in ("who", "them", "those") for t in near)


def _nearest(polls: list[Poll], figure: Token) -> Poll:
    """The last poll in front of a figure in its sentence, else the first behind it."""
    before = [poll for poll in polls if poll.token.i < figure.i]
    return before[-1] if before else polls[0]


def _is_making(sentence: DocSpan, figure: Token) -> bool:
    """Whether a figure tells how a poll was made."""
    near = sentence.doc[max(sentence.start, figure.i - 12) : min(sentence.end, figure.i + 8)]
    return any(token.lemma_.lower() in words("polls", "making") for token in near)


def _is_of_an_election(sentence: DocSpan) -> bool:
    """Whether a sentence tells of votes that were cast: "with 95 percent of precincts reporting", "in 2012"."""
    if any(token.lemma_.lower() in words("polls", "counting") for token in sentence):
        return True
    years = (t for t in sentence if t.i > sentence.start and t.is_digit and len(t) == 4 and t.nbor(-1).lower_ == "in")
    return any(True for _ in years)


def _is_answer(sentence: DocSpan, figure: Token) -> bool:
    """Whether a sentence reads like a poll's finding: what people answered, or how candidates stand."""
    if _is_of_an_election(sentence):
        return False
    lemmas = {token.lemma_.lower() for token in sentence} | {token.lower_ for token in sentence}
    verbs = {token.lemma_.lower() for token in (figure, *figure.ancestors) if token.pos_ in ("VERB", "AUX")}
    if verbs & words("polls", "standing") or lemmas & words("polls", "approval"):
        return True
    if lemmas & words("polls", "asked"):
        return bool(verbs & (words("polls", "answer") | words("polls", "place")))
    return bool(verbs & words("polls", "answer"))
