"""What kind of thing a source span is: a name, a pronoun, a description, or nobody in particular.

In: a parsed Doc, the names found in it, a source's offsets.  Out: the token that heads the source, and
the name it carries, if it carries one itself: "Marco Rubio, the secretary of state, who …" does,
"a spokesman for Rubio" and "Rubio's lawyer" don't.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from quotes.models import Span
from quotes.speakers import lexicon
from quotes.speakers.lexicon import fold
from quotes.speakers.mentions import NameMention, is_body, is_title

RELATIVES = frozenset({"who", "whom", "which", "that", "whose"})
_ARTICLES = frozenset({"the", "both", "all", '"', "“"})
_POSSESSIVES = frozenset({"'", "’", "'s", "’s"})
_MIDDLE = frozenset({"PROPN", "NOUN", "ADJ", "PART", "NUM"})
_NOMINAL = frozenset({"PROPN", "NOUN", "PRON", "NUM", "ADJ", "DET"})


def find_head(doc: Doc, spans: Sequence[Span]) -> Token | None:
    """The token that heads a source: of its first fragment the first noun, name or pronoun nearest the root."""
    if not spans:
        return None
    span = doc.char_span(*spans[0], alignment_mode="expand")
    if span is None or not len(span):
        return None
    if len(span) == 1 and span.root.pos_ == "DET" and span.root.dep_ == "det":
        return span.root.head  # a source cut short: "the [California congressman]"
    root = _phrase_end(span, span.root) if span.root.pos_ in _NOMINAL else _first_nominal(span)
    # An owner is not the source, whatever the parse says: "Globe News’ Ana Torres".
    if root.i + 2 < span.end and (doc[root.i + 1].tag_ == "POS" or doc[root.i + 1].text in _POSSESSIVES):
        return _first_nominal(doc[root.i + 2 : span.end])
    return root


def _phrase_end(span: DocSpan, root: Token) -> Token:
    """The root, or where it only leads up to a noun ("The" of "The Torres campaign"), that noun."""
    if root.dep_ not in {"det", "compound", "amod", "poss"}:
        return root
    for token in span.doc[root.i + 1 : span.end]:
        if token.pos_ not in _MIDDLE:
            break
        root = token if token.pos_ in {"PROPN", "NOUN"} else root
    return root


def _first_nominal(span: DocSpan) -> Token:
    """Where the parse puts a verb on top: the head of the first noun phrase."""
    head: Token = next((token for token in span if token.pos_ in {"PROPN", "NOUN", "PRON"}), span.root)
    while head.head in span and head.head.pos_ in _NOMINAL and head.head != head:
        head = head.head
    return head


def _names_all(head: Token) -> bool:
    """Whether a collective's name stands for all of it: "Democrats" do, "some Democrats" and "a Democrat" don't."""
    if head.ent_type_ != "NORP":
        return True
    if head.tag_ == "JJ" or (head.tag_ in {"NN", "NNP"} and (fold(head.text),) in lexicon.roles()):
        return False
    if any(c.dep_ in {"acl", "relcl"} for c in head.rights):
        return False
    return all(
        c.dep_ not in {"amod", "nummod", "compound"} and (c.dep_ != "det" or c.lower_ in _ARTICLES) for c in head.lefts
    )


class NameIndex:
    """The names of a document by token, titles included."""

    def __init__(self, doc: Doc, mentions: Iterable[NameMention]) -> None:
        self._doc = doc
        self._bare: dict[int, NameMention] = {}
        self._titled: dict[int, NameMention] = {}
        for mention in mentions:
            for index in range(mention.start, mention.end):
                # Names come before bodies: in "Torres's campaign" the first word is still Torres.
                self._bare.setdefault(index, mention)
            self._titled.update(dict.fromkeys(range(mention.title_start, mention.start), mention))

    def named_by(self, head: Token) -> NameMention | None:
        """The name a noun phrase carries: its head, behind its head as a title, or in apposition to it."""
        titled = self._titled.get(head.i)
        if titled and titled.kind == "person":
            return titled
        mention = self._bare.get(head.i)
        if mention:
            return mention if self._stands_alone(mention) and (mention.kind == "person" or _names_all(head)) else None
        return self._apposed(head)

    def at(self, token: Token) -> NameMention | None:
        """The name that a token is part of, whoever's title it may stand in."""
        return self._bare.get(token.i)

    def _stands_alone(self, mention: NameMention) -> bool:
        """Not where the name is half a word: "American-born"."""
        after = self._doc[mention.end : mention.end + 1].text
        return after != "-" or bool(self._doc[mention.end - 1].whitespace_)

    def _apposed(self, head: Token) -> NameMention | None:
        # "a spokeswoman for the department, Ann Weller": the parse hangs her on the department.
        bodies = [noun for prep in head.rights if prep.dep_ == "prep" for noun in prep.children]
        told = [child for noun in bodies if is_title(head) and is_body((noun.text,)) for child in noun.children]
        for child in (*head.children, *told):
            if child.dep_ == "appos" and ":" not in self._doc[head.i : child.i].text:
                mention = self._bare.get(child.i)
                if mention and mention.kind == "person":
                    return mention
        return None


def speaks_with_others(head: Token, spans: Sequence[Span]) -> bool:
    """Whether a source joins its head with people nobody names: "Torres and her aides" are no one speaker."""
    ends = spans[-1][1] if spans else 0
    return any(c.dep_ == "conj" and c.tag_ == "NNS" and c.ent_type_ == "" and c.idx < ends for c in head.children)


def antecedent(relative: Token) -> Token | None:
    """What a relative pronoun stands for: the noun its clause hangs on."""
    verb = relative.head
    for _ in range(6):
        if verb.dep_ in {"relcl", "acl"}:
            return verb.head
        if verb.head is verb:
            return None
        verb = verb.head
    return None
