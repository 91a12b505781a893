"""What kind of speaker a name is: person, organisation or group.

In: a Doc and all its `NameMention`s.  Out: the same with `kind`, and with the roles told around them.
The recogniser's label is only one witness: titles, known given names, shape and the name's other
occurrences are heard too, and all mentions of one name get one kind.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from quotes.models import SpeakerType
from quotes.speakers import lexicon
from quotes.speakers.issuers import POLLS
from quotes.speakers.lexicon import fold
from quotes.speakers.mentions import NameMention, is_body
from quotes.speakers.names import SUFFIXES, Words
from quotes.speakers.roles import read_role

_TERMS = frozenset({"administration", "presidency"})
_ACRONYM_LENGTH = range(2, 6)
_PERSON_WORDS = range(1, 6)
_FINDINGS = POLLS | {"average", "analysis", "tally", "index", "study", "research", "data", "tracker", "ranking"}
"""What bodies rather than persons make, and put their name in front of."""
_CAMEL = re.compile(r"^(?!Mc|Mac|Fitz|Van|Von)[A-Z][a-z]{2,}[A-Z]")


def decide_kinds(doc: Doc, mentions: list[NameMention]) -> Iterator[NameMention]:
    """Give every mention a kind by the votes of all mentions of the same name."""
    votes: defaultdict[Words, float] = defaultdict(float)
    for mention in mentions:
        votes[mention.key] += _person_evidence(doc, mention)
    for word in _heads_of_government(doc):
        votes[word,] += 2.0 * sum(mention.key == (word,) for mention in mentions)
    surnames = Counter(m.key[-1] for m in mentions if votes[m.key] > 0 and len(m.key) > 1)
    for whole in mentions:
        mention = _without_headline(whole, surnames)
        surname = len(mention.key) == 1 and mention.key[0] in surnames and mention.label != "NORP"
        surname = surname and "." not in mention.words[0]  # "the U.N." beside Kim Jong Un
        if votes[mention.key] > 0 or surname:
            yield _with_surroundings(doc, replace(mention, kind="person"))
        else:
            yield _with_surroundings(doc, replace(mention, kind=_collective(doc, mention)))


def _without_headline(mention: NameMention, surnames: Counter[str]) -> NameMention:
    """Only the surname where a headline's capitals run on behind it: "Trump Calls", read nowhere else."""
    first, last = mention.key[0], mention.key[-1]
    runs_on = len(mention.key) > 1 and surnames[first] > 0 and surnames[last] < 2 and mention.label in {"PERSON", ""}
    if not runs_on or lexicon.is_given_name(first) or is_body(mention.words):
        return mention
    return replace(mention, end=mention.start + 1, words=mention.words[:1])


def _heads_of_government(doc: Doc) -> set[str]:
    """Whose "administration" or "presidency" the text speaks of: a person, whatever the recogniser says."""
    nouns = (token for token in doc if token.lower_ in _TERMS and token.i > 0)
    owners = (doc[noun.i - 1] for noun in nouns)
    return {fold(owner.text) for owner in owners if owner.is_title and owner.pos_ == "PROPN" and owner.is_alpha}


def _person_evidence(doc: Doc, mention: NameMention) -> float:
    """Above 0 where a name is rather a person's: the sum of small witnesses."""
    words = mention.words
    if len(words) not in _PERSON_WORDS or mention.label == "NORP":
        return -2.0
    score = {"PERSON": 1.5, "": 0.2, "GPE": -1.5, "ORG": -1.0}.get(mention.label, -0.8)
    score += 3.0 * (mention.title_start < mention.start)
    score += 2.0 * (len(words) > 1 and lexicon.is_given_name(fold(words[0])))
    score -= 4.0 * is_body(words)
    score -= 1.0 * (len(words) == 1 and words[0].isupper() and len(words[0]) in _ACRONYM_LENGTH)
    score -= 1.0 * any(word.islower() and word not in lexicon.particles() for word in words)
    root = doc[mention.start : mention.end].root
    score += 2.0 * any(c.dep_ == "appos" and fold(c.text) in lexicon.role_words() for c in root.children)
    untitled = mention.title_start == mention.start > 0 and len(words) == 1
    score -= 2.0 * (untitled and doc[mention.start - 1].lower_ == "the")  # "told the Standard"
    if mention.label in {"", "PERSON"} and len(words) == 1:
        score -= 2.0 * bool(_CAMEL.match(words[0]))  # "DataHeads"
    if not mention.label and root.dep_ in {"compound", "nmod", "poss"}:
        score -= 1.0 * (root.head.lower_ in _FINDINGS)
    follows = doc[mention.end : mention.end + 2].text.lower()
    return score + 1.0 * (follows in {", who", "who"} or fold(words[-1]) in SUFFIXES)


def _collective(doc: Doc, mention: NameMention) -> SpeakerType:
    """A people or party in the plural is a group; every other collective acts as an organisation."""
    plural = doc[mention.end - 1].tag_ in {"NNS", "NNPS"} and mention.words[-1].endswith("s")
    return "group" if mention.label == "NORP" and plural else "organisation"


def _with_surroundings(doc: Doc, mention: NameMention) -> NameMention:
    """Add the roles told by an apposition or a copula: "Ana Torres, the mayor of Lima", "X is a senator"."""
    root = doc[mention.start : mention.end].root
    nouns = [child for child in root.children if child.dep_ == "appos"]
    if root.dep_ == "appos" and root.head.pos_ == "NOUN":
        nouns.append(root.head)
    if root.dep_ == "nsubj" and root.head.lemma_ == "be":
        nouns += [child for child in root.head.children if child.dep_ == "attr"]
    roles = [role for noun in nouns if (role := read_role(doc, noun))]
    genders = (lexicon.role_gender(role.head) for role in roles)
    gender = mention.gender or next((told for told in genders if told), None)
    return replace(mention, roles=(*mention.roles, *roles), gender=gender)
