"""Who is spoken for: "State Department spokesman Mark Toner" speaks, on behalf of the State Department.

In: a parsed Doc, the token that heads a source, and the name it carries, if any.  Out: the token that
heads what the representative is a representative of, to be resolved like any source; or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from quotes.speakers.mentions import NameMention

_REPRESENTATIVES = frozenset(
    {"spokesman", "spokeswoman", "spokesperson", "lawyer", "attorney", "solicitor", "publicist"}
)
_WITH_KIND = {("press", "secretary"), ("press", "officer"), ("campaign", "manager"), ("communications", "director")}
"""Representatives by two words; "secretary" or "director" alone runs the body instead of speaking for it."""
_OWN = frozenset({"campaign", "office", "camp", "team"})
"""What somebody has to speak for them: "his campaign said"."""
_FOR = frozenset({"for", "of", "with", "at"})
_NOMINAL = frozenset({"PROPN", "NOUN", "PRON"})


def represented(doc: Doc, head: Token, name: NameMention | None) -> Token | None:
    """The noun or pronoun a representative speaks for; None where the source is no representative."""
    for noun in _role_nouns(doc, head, name):
        if _is_representative(noun):
            return _behind(noun) or _before(noun)
    return None


def _role_nouns(doc: Doc, head: Token, name: NameMention | None) -> Iterator[Token]:
    """Nouns that say what a source is: its head, titles before its name, appositions to it."""
    yield head
    if name is None:
        return
    yield from reversed(doc[name.title_start : name.start])
    root = doc[name.start : name.end].root
    yield from (child for child in root.children if child.dep_ == "appos")
    if root.dep_ == "appos":
        yield root.head


def _is_representative(noun: Token) -> bool:
    word = noun.lemma_.lower()
    before = noun.nbor(-1).lower_ if noun.i else ""
    if word in _OWN and noun.i and noun.nbor(-1).tag_ == "PRP$":
        return True
    return word in _REPRESENTATIVES or (before, word) in _WITH_KIND


def _behind(noun: Token) -> Token | None:
    """ "a spokesman for the department" """
    for preposition in noun.rights:
        if preposition.dep_ == "prep" and preposition.lower_ in _FOR:
            return next((child for child in preposition.children if child.pos_ in _NOMINAL), None)
    return None


def _before(noun: Token) -> Token | None:
    """ "State Department spokesman", "Trump’s lawyer", "his lawyer", "Trump campaign manager" """
    index = noun.i - 1
    if index >= 0 and (noun.doc[index].lower_, noun.lemma_.lower()) in _WITH_KIND:
        # The campaign is whom its manager speaks for; the press is not whom a press secretary speaks for.
        index -= noun.doc[index].lower_ != "campaign"
    if index >= 0 and (noun.doc[index].tag_ == "POS" or noun.doc[index].text in {"'", "’", "'s", "’s"}):
        index -= 1
    token = noun.doc[index] if index >= 0 else None
    if token is None or token.is_space or token.is_punct:
        return None
    owner = token.tag_ == "PRP$" or token.text[0].isupper() or token.lower_ == "campaign"
    return token if owner else None
