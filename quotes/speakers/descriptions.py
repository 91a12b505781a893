"""Sources that describe instead of naming: "the mayor", "the agency", "the Obama administration".

In: a parsed Doc, the noun that heads a source, the entities named in the document.  Out: the one entity
introduced with that role, or the name of a body ("Trump's campaign" → Trump campaign), or nothing:
"a spokesman", "officials" and "the man" of whom two are known stay unnamed.
"""

from __future__ import annotations

from calendar import day_name
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from quotes.speakers import lexicon
from quotes.speakers.coreference import Anaphor
from quotes.speakers.joining import Entity
from quotes.speakers.lexicon import fold
from quotes.speakers.mentions import NameMention
from quotes.speakers.roles import Role, fits, party_of, read_role, shared_modifiers

_DEFINITE = frozenset({"the", "this", "that"})
_COMPLEMENTS = frozenset({"prep", "relcl", "acl"})
_PRESS = frozenset(
    {"times", "post", "news", "journal", "herald", "tribune", "press", "magazine", "newspaper", "courier"}
)
_PUBLICATIONS = frozenset({"newspaper", "paper", "magazine", "article", "story", "editorial", "piece"})
"""Nouns for a newspaper, and for what it prints: both are its words."""
_AGENCIES = frozenset(
    {"agency", "department", "administration", "bureau", "service", "ministry", "directorate", "authority"}
)
"""Each may be called by another: the Department of Veterans Affairs is "the agency"."""
_GROUPS = frozenset(
    {
        *(
            "group",
            "organization",
            "organisation",
            "nonprofit",
            "charity",
            "association",
            "foundation",
            "center",
            "centre",
        ),
        *("institute", "alliance", "coalition", "network", "project", "fund", "society"),
    }
)
"""The Tax Policy Center is "the group", the Harbour Foundation "the charity"."""
_OF_A_PARTY = frozenset({"nominee", "candidate", "contender", "hopeful", "challenger", "leader", "senator", "lawmaker"})
"""Roles in which "the Republican …" is enough to tell who is meant."""
_NEAR, _FAR = 3, 8
"""Sentences within which the last mentioned of several is still the one meant; and whoever has an office of which
the article did not say where."""
_PLURAL_BODIES = frozenset({"police"})


def read_body(doc: Doc, noun: Token) -> NameMention | None:
    """The organisation a small-written body noun names together with a proper modifier, as a mention."""
    if noun.lemma_.lower() not in lexicon.bodies() or not _is_single(noun) or noun.text[0].isupper():
        return None
    if any(child.dep_ == "det" and child.lower_ not in _DEFINITE for child in noun.lefts):
        return None
    start = noun.i
    while start > 1 and doc[start - 1].pos_ == "ADJ" and doc[start - 1].is_lower:
        start -= 1  # "Trump’s presidential campaign"
    if start < noun.i and not (doc[start - 1].tag_ == "POS" or _is_proper(doc[start - 1])):
        start = noun.i
    while start > 0 and doc[start - 1].dep_ != "det" and (_is_proper(doc[start - 1]) or doc[start - 1].tag_ == "POS"):
        start -= 1
    if start < noun.i and doc[start].tag_ == "POS":
        return None  # owned by whom the parse takes for no name: "the mayor’s office"
    end = noun.i + 1 if start < noun.i else _place_end(doc, noun)
    if end == noun.i + 1 and start == noun.i:
        return None
    printed = "".join(" " if token.tag_ == "POS" else token.text_with_ws for token in doc[start:end]).split()
    words = tuple(
        word for word in printed if fold(word) not in lexicon.honorifics() and (word == noun.text or not word.islower())
    )
    return NameMention(start, end, start, words, "")


def _is_single(noun: Token) -> bool:
    return noun.tag_ in {"NN", "NNP"} or noun.lower_ in _PLURAL_BODIES


def _is_proper(token: Token) -> bool:
    owner = token.i + 1 < len(token.doc) and token.nbor().tag_ == "POS" and not token.is_sent_start
    return token.text[0].isupper() and (token.pos_ in {"PROPN", "ADJ"} or owner) and token.text not in day_name


def _place_end(doc: Doc, noun: Token) -> int:
    """Behind "of Lima" in "the government of Lima"; behind the noun where no such place follows."""
    end = noun.i + 1
    if end + 1 < len(doc) and doc[end].lower_ == "of" and _is_proper(doc[end + 1]):
        end += 1
        while end < len(doc) and _is_proper(doc[end]):
            end += 1
    return end


def find_described(doc: Doc, noun: Token, entities: Sequence[Entity]) -> Entity | None:
    """The one entity that a definite description means."""
    if not _is_single(noun) or not (is_definite(noun) or _is_headlinese(doc, noun)):
        return None
    described = read_role(doc, noun)
    if described is None:
        return None
    bare = all(child.dep_ == "det" for child in noun.lefts) and all(c.dep_ not in _COMPLEMENTS for c in noun.rights)
    fitting = [(e, score) for e in entities if (score := _fit(described, e, bare=bare)) is not None]
    best = max((score for _, score in fitting), default=0)
    common = described.head[-1] in lexicon.common_roles()
    if common and not is_definite(noun):
        # A headline's lawmaker is the first that the article introduces.
        return min((e for e, _ in fitting), key=lambda e: e.mentions[0].start, default=None)
    if common and described.modifiers and not best:
        return None  # "the band leader" leads no party
    if common or (described.modifiers and not best):
        reach = _NEAR if common else _FAR
        fitting = [(e, score) for e, score in fitting if _is_near(doc, noun, e, reach)]
    return _nearest(doc, noun, [e for e, score in fitting if score == best])


def anaphor(doc: Doc, noun: Token) -> Anaphor | None:
    """What a definite noun tells of whom it takes up, where nobody was introduced by that role.

    A body of some place or party ("the local party") is one that the text has yet to name.
    """
    if not _is_single(noun) or not is_definite(noun):
        return None
    word = fold(noun.text)
    role = read_role(doc, noun)
    complements = any(child.dep_ in _COMPLEMENTS for child in noun.rights)
    if word in lexicon.common_roles() and all(child.dep_ != "compound" or child.ent_type_ for child in noun.lefts):
        return Anaphor("person", lexicon.role_gender((word,)))
    if word in lexicon.role_words() and role and role.modifiers:
        return Anaphor("person", lexicon.role_gender((word,)), office=True)
    if word in lexicon.role_words() or (role and role.modifiers):
        return None  # an office that nobody was introduced with: "the president" need not be the last name
    if word in _PUBLICATIONS:
        return Anaphor("organisation", bodies=_PRESS)
    if word in _AGENCIES:
        return Anaphor("organisation", bodies=_AGENCIES | {"office", "commission"})
    if word in _GROUPS and not complements:
        return Anaphor("organisation", bodies=_GROUPS)
    bare = all(child.dep_ == "det" for child in noun.lefts) and not complements
    return Anaphor("organisation", bodies=frozenset({word})) if bare and word in lexicon.bodies() else None


def _is_headlinese(doc: Doc, noun: Token) -> bool:
    """A single person without article that opens a headline: "Lawmaker urges calm"."""
    line = next((token.i for token in doc if "\n" in token.text), 0)
    opens = noun.i == 0 or noun.left_edge.i == 0 or doc[noun.left_edge.i - 1].is_space
    return noun.i < line and opens and not any(child.dep_ in {"det", "poss", "nummod"} for child in noun.lefts)


def is_definite(noun: Token) -> bool:
    """Whether a noun phrase is about somebody the reader knows already: "the mayor"."""
    return any(child.dep_ == "det" and child.lower_ in _DEFINITE for child in noun.lefts)


def _fit(described: Role, entity: Entity, *, bare: bool) -> int | None:
    """How many qualifying words agree; None where head or qualifying words speak against it.

    "The party" alone can take up a named Party; "the local party" is some other.
    """
    roles = [role for role in entity.roles if fits(described, role)]
    # Whoever is called "the secretary" without more is not one whom only a roster knows to have been it.
    roles += [role for role in entity.known_roles if fits(described, role) and role.past == described.past]
    roles += [Role(described.head, tuple(sorted(party))) for party in [parties(described, entity)] if party]
    if bare and entity.kind != "person" and described.head[-1] in entity.body_words():
        roles.append(Role(described.head))
    scores = [_agreement(described, role) for role in roles]
    return max((score for score in scores if score is not None), default=None)


def parties(described: Role, entity: Entity) -> frozenset[str]:
    """The words of a description that name the party of a person: "the GOP nominee" of "Republican Donald Trump"."""
    if entity.kind != "person" or described.head[-1] not in _OF_A_PARTY:
        return frozenset()
    own = {party for role in entity.all_roles() for word in (*role.head, *role.modifiers) if (party := party_of(word))}
    return frozenset(word for word in described.modifiers if party_of(word) in own)


def _agreement(described: Role, role: Role) -> int | None:
    if not described.modifiers:
        return int(not role.modifiers)  # "the president" is ours before he is the Russian one
    shared = shared_modifiers(described, role)
    return None if described.modifiers and role.modifiers and not shared else shared


def _nearest(doc: Doc, noun: Token, entities: list[Entity]) -> Entity | None:
    """The only one, else the only one mentioned in the last sentence that mentions any of them."""
    if len(entities) < 2:
        return entities[0] if entities else None
    here = _sentence_start(doc, noun.i)
    last = {
        number: max((_sentence_start(doc, m.start) for m in e.mentions if m.start < noun.i), default=-1)
        for number, e in enumerate(entities)
    }
    latest = max(last.values())
    near = [number for number, start in last.items() if start == latest]
    sentences = sum(1 for token in doc[max(latest, 0) : here] if token.is_sent_start)
    return entities[near[0]] if len(near) == 1 and latest >= 0 and sentences <= _NEAR else None


def _is_near(doc: Doc, noun: Token, entity: Entity, reach: int) -> bool:
    """Whether an entity was mentioned in the last `reach` sentences."""
    last = max((m.start for m in entity.mentions if m.start < noun.i), default=None)
    following = min((m.start for m in entity.mentions if m.start > noun.i), default=None)
    if last is None and following is not None:  # named right after: "The governor resigned. Ana Torres said …"
        return sum(1 for token in doc[noun.i + 1 : following] if token.is_sent_start) <= 1
    return last is not None and sum(1 for token in doc[last + 1 : noun.i] if token.is_sent_start) <= reach


def _sentence_start(doc: Doc, index: int) -> int:
    start: int = doc[index].sent.start
    return start
