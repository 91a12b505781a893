"""Names as mentions: reading a bare name out of a stretch of tokens.

In: a parsed Doc and a candidate (an entity, a run of capitals).  Out: a `NameMention` over the bare name
(no title, no possessive) with what stands around it, or nothing where the candidate is no name.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from quotes.models import SpeakerType
from quotes.quotations.lexicon import verbs
from quotes.speakers import lexicon
from quotes.speakers.lexicon import Gender, fold
from quotes.speakers.names import SUFFIXES, Words, title_length
from quotes.speakers.roles import Role, title_before

_SAYING = frozenset({"say", "says", "said", "tell", "tells", "told"})
_FINDINGS = frozenset({"poll", "polls", "survey", "surveys", "study", "report", "review", "index", "records"})
"""Last words of names of what bodies publish; they are nobody's own name."""


@dataclass(frozen=True, slots=True)
class NameMention:
    """A printed name: tokens `start`..`end`, and where its titles begin; roles and gender as told right there."""

    start: int
    end: int
    title_start: int
    words: Words
    label: str
    kind: SpeakerType = "organisation"
    roles: tuple[Role, ...] = ()
    gender: Gender | None = None

    @property
    def key(self) -> Words:
        """The folded words, without a leading article."""
        folded = tuple(fold(word) for word in self.words)
        return folded[1:] if folded[0] == "the" and len(folded) > 1 else folded


def read_mention(doc: Doc, start: int, end: int, label: str) -> NameMention | None:
    """The bare name inside a candidate, with what its surroundings tell."""
    start, end = _without_verbs(doc, *_trim(doc, start, end))
    if start >= end or _is_dateline(doc, start, end):
        return None
    words = tuple(token.text for token in doc[start:end])
    if fold(words[-1]) in _FINDINGS and is_body(words[:-1]):
        end, words = end - 1, words[:-1]  # "a Quinnipiac University poll" names the university
    if label in {"PERSON", "", "ORG", "GPE"} and not is_body(words):
        start += _titles_inside(words)
        if label == "PERSON":
            start, end = _capital_start(doc, start), _capital_end(doc, start, end)
        end += end < len(doc) and fold(doc[end].text) in SUFFIXES
    words = tuple(doc[start:end].text.split())
    if not words or not words[0][0].isalnum() or words[0][0].isdigit():
        return None
    if (
        (len(words) == 1 and _is_no_name(words[0], label))
        or fold(words[-1]) in _FINDINGS
        or _is_plural_role(words, label)
    ):
        return None
    title_start, roles, gender = title_before(doc, start)
    return NameMention(start, end, title_start, words, label, roles=tuple(roles), gender=gender)


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Without determiner, possessive, marks and line breaks at the edges; nothing behind a line break."""
    while start < end and (doc[start].is_punct or doc[start].is_space or doc[start].tag_ in {"DT", "PRP$"}):
        start += 1
    for index in range(start, end):
        if doc[index].is_space:
            end = index
            break
    while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_punct or doc[end - 1].lower_ in {"'s", "’s"}):
        end -= 1
    return start, end


def _without_verbs(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Without the verb that a headline's capitals run into: "Obama Says", "Say Mexico"."""
    while end - start > 1 and doc[end - 1].text[-1] == "s" and fold(doc[end - 1].text)[:-1] in verbs():
        end -= 1
    while end - start > 1 and fold(doc[start].text) in _SAYING:
        start += 1
    return start, end


def _is_dateline(doc: Doc, start: int, end: int) -> bool:
    """Whether a place in capitals opens a paragraph, with a dash behind it: "WASHINGTON -- "."""
    opens = start == 0 or doc[start - 1].is_space
    return opens and doc[start:end].text.isupper() and doc[end : end + 1].text in {"--", "—", "–"}


def _is_plural_role(words: Words, label: str) -> bool:
    """Persons in the plural, with capitals in a headline only: "Black Lawmakers"."""
    last = fold(words[-1])
    is_plural = len(words) > 1 and last.endswith("s") and last[:-1] in lexicon.role_words()
    return is_plural and label in {"PERSON", "NORP", ""}


def _is_no_name(word: str, label: str) -> bool:
    """A letter, a title alone ("Sen."), bodies in the plural, or a role where nobody takes it for a person."""
    folded = fold(word)
    return (
        len(word) < 2
        or (folded.endswith("s") and folded[:-1] in lexicon.bodies())
        or folded in lexicon.honorifics()
        or (folded in lexicon.role_words() and (label != "PERSON" or word[-1] == "." or word.isupper()))
    )


def _titles_inside(words: Words) -> int:
    """How many leading words are titles; a given name that is a title too ("Dean Walsh") stays."""
    length = title_length(words)
    alone = length == 1 and lexicon.is_given_name(fold(words[0])) and len(words) > 1
    return 0 if alone else length


def _capital_start(doc: Doc, start: int) -> int:
    """Where a person's name begins that the recogniser cut: names before it in the same phrase, no titles."""
    while start > 0:
        before = doc[start - 1]
        if before.ent_type_ or before.pos_ != "PROPN" or not before.is_title or before.dep_ != "compound":
            break
        if before.head.i < start or is_title(before) or fold(before.text) in lexicon.bodies() or not before.is_alpha:
            break
        start -= 1
    return start


def _capital_end(doc: Doc, start: int, end: int) -> int:
    """Where a person's name ends: "Hillary Clinton aide" is two things, "Ursula von der" goes on with "Leyen"."""
    stop, seen = start, start
    while stop < len(doc) and (stop < end or doc[stop - 1].lower_ in lexicon.particles() or _is_particle(doc, stop)):
        hyphened = stop > start + 1 and doc[stop - 1].text == "-" and not doc[stop - 1].whitespace_
        if is_capital(doc[stop]) or (hyphened and doc[stop].is_alpha):
            seen = stop + 1  # "Park Geun-hye"
        elif doc[stop].text != "-" and doc[stop].lower_ not in lexicon.particles():
            break
        stop += 1
    return seen


def _is_particle(doc: Doc, index: int) -> bool:
    """Whether a small word here goes on with a name: one or two particles, then a capital."""
    ahead = doc[index : index + 3]
    small = next((n for n, token in enumerate(ahead) if token.lower_ not in lexicon.particles()), 0)
    return small > 0 and ahead[0].is_lower and is_capital(ahead[small])


def is_body(words: Words) -> bool:
    """Whether a name has a noun for a body in it."""
    return any(fold(word) in lexicon.bodies() for word in words)


def is_title(token: Token) -> bool:
    """Whether a token is a form of address or ends a role."""
    word = fold(token.text)
    return word in lexicon.honorifics() or word in lexicon.role_words()


def is_capital(token: Token) -> bool:
    """Whether a token begins with a capital."""
    return token.text[0].isupper()
