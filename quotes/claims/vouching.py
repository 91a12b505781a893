"""Who answers for a quotation whose source is no speaker: the article, somebody unnamed, or a body behind the source.

In: a parsed Doc, its quotations and who speaks in it, and one quotation.  Out: the speaker's id, if any, and the name
that stands in the chain.  Things say nothing by themselves: "court records show" is the article's, unless they stand
in what somebody says, whose claim it then is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from quotes.claims.lexicon import words
from quotes.models import Quotation
from quotes.speakers.sources import find_head

ARTICLE, ANONYMOUS = "article", "anonymous"
Vouching = tuple[str | None, str]
"""A speaker's id, or None where it is only a printed name, and the name, "article" or "anonymous"."""
_AT = frozenset({"at", "of", "from", "with", "for"})


@dataclass(frozen=True, slots=True)
class Voucher:
    """What is looked at to say who answers for a source without a speaker."""

    doc: Doc
    spoken_for: Mapping[str, Vouching]
    """Quotation id → whom its spokesman speaks for."""
    named: Callable[[int, int], Vouching | None]
    """Offsets of a noun phrase → the first speaker or body named in it."""

    def of(self, quotation: Quotation) -> Vouching:
        """Who answers for a quotation that no speaker was found for."""
        if not quotation.source:
            # Nobody is said to say it ("is required to", "is expected"): the article answers for it itself.
            return None, ANONYMOUS if quotation.type != "indirect" else ARTICLE
        if quotation.id in self.spoken_for:
            return self.spoken_for[quotation.id]
        head = find_head(self.doc, quotation.source)
        if head is None or quotation.type == "direct":
            return None, ANONYMOUS
        if head.lower_ in words("vouching", "ourselves") or _is_record(head) or self._is_attitude(quotation):
            return None, ARTICLE
        return self._body_of(head) or (None, ANONYMOUS)

    def _is_attitude(self, quotation: Quotation) -> bool:
        """Whether a cue says how people stand, not what they say: "women back him by 20 points"."""
        cue = [token for span in quotation.cue for token in self.doc.char_span(*span, alignment_mode="expand") or ()]
        verbs = [token for token in cue if token.pos_ == "VERB"]
        content = self.doc.char_span(*quotation.content[0], alignment_mode="expand") if quotation.content else None
        of_oneself = content is not None and content[0].lower_.endswith("selves")
        allowed = words("vouching", "attitude") | (words("vouching", "self") if of_oneself else frozenset())
        return bool(verbs) and all(verb.lemma_.lower() in allowed for verb in verbs)

    def _body_of(self, head: Token) -> Vouching | None:
        """Where scholars are: "economists at Lima University"."""
        if head.lemma_.lower() not in words("vouching", "scholar"):
            return None
        for preposition in head.rights:
            if preposition.dep_ == "prep" and preposition.lower_ in _AT:
                for body in preposition.children:
                    if found := self.named(body.left_edge.idx, body.idx + len(body)):
                        return found
        return None


def _is_record(head: Token) -> bool:
    word = head.lemma_.lower()
    filed = any(child.lemma_.lower() in words("vouching", "filed") for child in head.lefts)
    return word in words("vouching", "record") or (word in ("report", "paper") and filed)
