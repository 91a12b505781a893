"""Roles as printed: "the former Salvadoran president", "Secretary of State", "a rating agency".

In: a parsed Doc and a token.  Out: `Role` values that can be compared.  A role is a head phrase from
the lexicon and whatever words qualify it.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from quotes.speakers import lexicon
from quotes.speakers.lexicon import fold
from quotes.speakers.names import Words

_PAST = frozenset({"former", "ex", "late", "then", "outgoing", "retired"})
_EMPTY = frozenset({"current", "incumbent", "own", "the", "a", "an", "this", "that", "his", "her", "its", "their"})
_MODIFIER_DEPS = frozenset({"compound", "amod", "poss", "nmod", "nummod", "npadvmod", "advmod"})
_STEM = 4
"""So many equal first letters make a place and its people one: Salvador, Salvadoran; Panama, Panamanian."""


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is: the head phrase ("secretary of state"), its qualifying words, and whether it is past."""

    head: Words
    modifiers: Words = ()
    past: bool = False


def role_ending_at(doc: Doc, index: int) -> tuple[int, Words] | None:
    """Start and standard words of the longest role phrase whose last token is `index`."""
    last = fold(doc[index].text)
    if last not in lexicon.role_words():
        return None
    for length in range(min(lexicon.longest_role(), index + 1), 0, -1):
        form = tuple(fold(token.text) for token in doc[index + 1 - length : index + 1])
        head = lexicon.roles().get(form) or lexicon.roles().get((*form[:-1], doc[index].lemma_.lower()))
        if head:
            return index + 1 - length, head
    return None


def role_with_head(doc: Doc, noun: Token) -> tuple[int, int, Words] | None:
    """Start, end and words of the role phrase a noun heads: "secretary" heads "secretary of state"."""
    for end in range(min(noun.i + 4, len(doc)), noun.i, -1):
        found = role_ending_at(doc, end - 1)
        if found and found[0] <= noun.i:
            return found[0], end, found[1]
    word = noun.lemma_.lower()
    return (noun.i, noun.i + 1, (word,)) if word in lexicon.bodies() else None


def read_role(doc: Doc, noun: Token) -> Role | None:
    """The role a noun phrase names, read from the noun that heads it."""
    found = role_with_head(doc, noun)
    if found is None:
        return None
    start, end, head = found
    qualifiers = [token for token in noun.lefts if token.dep_ in _MODIFIER_DEPS]
    words = [token for child in qualifiers for token in child.subtree]
    for child in noun.rights:
        if child.dep_ == "prep" and child.i >= end:
            words += [token for token in child.subtree if token.pos_ == "PROPN"]
    return _role(head, [token for token in words if not start <= token.i < end])


def title_before(doc: Doc, start: int) -> tuple[int, list[Role], lexicon.Gender | None]:
    """What stands directly before a name that starts at token `start`: where it begins, roles, gender.

    Without a title it begins at `start`: "Trump said Rubio" gives Rubio no title.
    """
    begin, roles, gender = start, list[Role](), None
    while begin > 0:
        honorific = fold(doc[begin - 1].text)
        if honorific in lexicon.honorifics() and doc[begin - 1].text[:1].isupper():
            gender = gender or lexicon.honorifics()[honorific]
            begin -= 1
            continue
        found = role_ending_at(doc, begin - 1)
        if found is None:
            break
        role_start, head = found
        left = _modifiers_start(doc, role_start)
        gender = gender or lexicon.role_gender(head)
        roles.append(_role(head, list(doc[left:role_start])))
        begin = left
    return begin, roles, gender


def _modifiers_start(doc: Doc, index: int) -> int:
    """Where the words that qualify a title begin: "El Salvador’s" President, "former Florida" Gov."""
    start = index
    while start > 0 and index - start < 6:
        token = doc[start - 1]
        named = token.text[:1].isupper() and token.pos_ in {"PROPN", "ADJ", "NOUN"}
        linked = token.tag_ == "POS" or token.dep_ in {"compound", "amod"} or token.lower_ in _PAST
        if not (named or linked) or token.is_punct or token.is_space:
            break
        start -= 1
    return start


def _role(head: Words, tokens: list[Token]) -> Role:
    """Of what qualifies a role only names and nouns tell people apart; "embattled" doesn't."""
    words = [fold(t.text) for t in tokens if t.lower_ in _PAST or t.text[0].isupper() or t.dep_ == "compound"]
    past = any(word in _PAST for word in words)
    return Role(head, tuple(dict.fromkeys(w for w in words if len(w) > 1 and w not in _PAST | _EMPTY)), past)


_PARTIES = {"gop": "republ", "tory": "conser", "tories": "conser"}


def party_of(word: str) -> str | None:
    """A key for the party that a folded word is of ("Democrat" and "Democratic" are one); None for other words."""
    key = _PARTIES.get(word, word[:6])
    return key if key in {"republ", "democr", "conser", "labour", "libera", "libert", "green", "social"} else None


def fits(description: Role, role: Role) -> bool:
    """Whether a description can be of somebody with a role: same head, neither past against present."""
    return _same_head(description.head, role.head) and (role.past or not description.past)


_COVERS = {
    "lawmaker": ("representative", "senator", "assemblyman", "assemblywoman", "legislator", "delegate"),
    "legislator": ("representative", "senator", "assemblyman", "assemblywoman", "lawmaker", "delegate"),
    "candidate": ("nominee", "candidate", "contender"),
    "nominee": ("nominee", "candidate"),
    "contender": ("nominee", "candidate", "contender"),
}
"""General words for a role → the last words of roles that they take up."""


def _same_head(one: Words, other: Words) -> bool:
    """Equal, or the description says less: "the secretary" of a secretary of state, not of a vice president."""
    if one == other or other[-1] in _COVERS.get(one[-1], ()):
        return True
    return len(one) == 1 and other[0] == one[0] and len(other) > 1 and other[1] in {"of", "general"}


def shared_modifiers(description: Role, role: Role) -> int:
    """How many of a description's qualifying words a role has too; peoples count as their places."""
    return sum(any(_alike(one, other) for other in role.modifiers) for one in description.modifiers)


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= _STEM and one[:_STEM] == other[:_STEM])
