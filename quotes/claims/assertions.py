"""Who asserts a claim: where it stands and the quotations of its document in, the chain of assertions out.

A claim inside the content of a quotation is its speaker's; inside several, the chain runs outermost first
and the last link asserts it.  Outside all quotations the article itself does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from quotes.claims.lexicon import key_of, words
from quotes.claims.nested import according_to, nested_links, printed_body
from quotes.claims.printed import text_of
from quotes.claims.vouching import ARTICLE, Voucher
from quotes.models import Assertion, Quotation, Span, Stance
from quotes.speakers.component import Resolution

_OPEN_STANCES = frozenset({"estimates", "promises", "doubts"})


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a stretch of text: the chain, and the limits the words were cut to."""

    chain: tuple[Assertion, ...]
    limits: Span
    quotations: tuple[Quotation, ...] = ()

    @property
    def asserted_by(self) -> str:
        return self.chain[-1].speaker

    @property
    def is_open(self) -> bool:
        """Whether the innermost voice leaves it open: expects, believes, estimates, doubts, promises."""
        thought = bool(self.quotations) and self.quotations[-1].act == "thought"
        return thought or self.chain[-1].stance in _OPEN_STANCES

    @property
    def is_forecast(self) -> bool:
        """Whether the innermost voice says what is to come: promises, predicts."""
        last = self.chain[-1]
        cue = {word.lower() for word in (last.cue or "").split()}
        return last.stance == "promises" or bool(cue & words("hedges", "foretelling"))


@dataclass(slots=True)
class Voices:
    """The quotations of a document, ready to be asked who says what."""

    doc: Doc
    quotations: Sequence[Quotation]
    resolution: Resolution
    _names: dict[str, tuple[str, str]] = field(init=False)
    _speakers: dict[str, str] = field(init=False)
    _voucher: Voucher = field(init=False)

    def __post_init__(self) -> None:
        speakers = {speaker.id: speaker.name for speaker in self.resolution.speakers}
        self._speakers = speakers
        self._names = {
            link.quotation_id: (link.speaker_id, speakers[link.speaker_id])
            for link in self.resolution.attributions
            if link.speaker_id in speakers
        }
        self._names |= {key: self._names[before] for key, before in self._going_on() if before in self._names}
        spoken_for = {
            link.quotation_id: (link.speaker_id, speakers[link.speaker_id]) for link in self.resolution.spoken_for
        }
        self._voucher = Voucher(self.doc, spoken_for, self.body)

    def _going_on(self) -> Iterator[tuple[str, str]]:
        """Quotations in marks that nobody is said to speak, and the one, right in front, that they go on from.

        A paragraph in marks after one that ends in "she said" is hers too, unless she asked and gets an answer.
        """
        text = text_of(self.doc)
        before: Quotation | None = None
        opener = ""
        for quotation in sorted(self.quotations, key=lambda q: q.content[0] if q.content else (0, 0)):
            if quotation.id not in self._names and not quotation.source and quotation.type == "direct" and before:
                between = text[_end_of(before) : quotation.content[0][0]]
                asked = before.content and text[: before.content[-1][1]].rstrip("\"”’' ,").endswith("?")
                marks = text[before.content[-1][1] - 1 : quotation.content[0][0] + 1] if before.content else ""
                closed = "”" in marks or marks.count('"') > 1
                if not asked and not any(c.isalnum() for c in between) and (before.source or not closed):
                    yield quotation.id, opener
                    before = quotation
                    continue
            before, opener = quotation, quotation.id

    def of(self, start: int, end: int, sentence: Span) -> Voice:
        """The voice of the words at [start, end) of a sentence."""
        around = [
            (quotation, span)
            for quotation in self.quotations
            for span in quotation.content
            if span[0] <= start and end <= span[1]
        ]
        around.sort(key=lambda pair: pair[1][0] - pair[1][1])
        if not around:
            return Voice((Assertion(ARTICLE),), _outside(self.quotations, start, sentence))
        inner = around[-1][1]
        limits = max(inner[0], sentence[0]), min(inner[1], sentence[1])
        chain = self._chain([quotation for quotation, _ in around])
        words_there = self.doc.char_span(start, end, alignment_mode="expand")
        if words_there is not None:
            told = any("according" in (link.cue or "").lower() for link in chain)
            leans = None if told else according_to(self.doc, sentence, self.named)
            more, limits = nested_links(self.doc, words_there.root, limits, self.named)
            chain = (*chain, *((leans,) if leans else ()), *more)
        return Voice(chain, limits, tuple(quotation for quotation, _ in around))

    def named(self, start: int, end: int) -> tuple[str | None, str] | None:
        """Who a noun phrase names: the first mention of a speaker in it."""
        for mention in self.resolution.mentions:
            if start <= mention.start and mention.end <= end and mention.speaker_id in self._speakers:
                return mention.speaker_id, self._speakers[mention.speaker_id]
        return None

    def body(self, start: int, end: int) -> tuple[str | None, str] | None:
        """The same, or the body printed there that speaks nowhere."""
        return self.named(start, end) or printed_body(self.doc, start, end)

    def _chain(self, quotations: Sequence[Quotation]) -> tuple[Assertion, ...]:
        """Quotations around one another as links, outermost first; what nobody in one says is the outer speaker's."""
        links: list[Assertion] = []
        for link in map(self.link, quotations):
            outer = links[-1] if link.speaker == ARTICLE and links else link
            links.append(replace(link, speaker=outer.speaker, speaker_id=outer.speaker_id))
        return tuple(links)

    def link(self, quotation: Quotation) -> Assertion:
        """One quotation as a link of a chain."""
        speaker_id, name = self._names.get(quotation.id) or self._voucher.of(quotation)
        cue = text_of(self.doc)[quotation.cue[0][0] : quotation.cue[-1][1]] if quotation.cue else None
        return Assertion(name, self.stance(quotation), cue, speaker_id, quotation.id)

    def stance(self, quotation: Quotation) -> Stance:
        """What the cue does to the content."""
        for span in quotation.cue:
            tokens = self.doc.char_span(*span, alignment_mode="expand")
            for token in tokens or ():
                stance = key_of("stances").get(token.lemma_.lower())
                if stance:
                    return stance  # type: ignore[return-value]
        return "asserts"


def _end_of(quotation: Quotation) -> int:
    return max(end for _, end in (*quotation.content, *quotation.cue, *quotation.source))


def _outside(quotations: Sequence[Quotation], start: int, sentence: Span) -> Span:
    """The sentence, cut where a quotation's content begins or ends: the article says only what lies between."""
    left, right = sentence
    for quotation in quotations:
        for span in quotation.content:
            if left < span[1] <= start and span[0] <= left:
                left = span[1]
            if start < span[0] < right and span[1] >= right:
                right = span[0]
        left = max([left, *_attribution_ends(quotation, left, start)])
    return left, right


def _attribution_ends(quotation: Quotation, left: int, start: int) -> list[int]:
    """Where cue and source end that stand behind their content: "X, the office said, twice as many as a year ago"."""
    behind = [*quotation.cue, *quotation.source]
    content_end = quotation.content[-1][1] if quotation.content else 0
    return [end for begin, end in behind if content_end <= begin and left <= begin and end <= start]


def is_negated(verb: Token) -> bool:
    """Whether a clause is negated: "did not rise", but not "not only"."""
    for child in verb.children:
        if child.dep_ == "neg" and child.lower_ in words("hedges", "negation") and child.lower_ != "no":
            following = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
            return following not in ("only", "just", "merely", "least")
    return False


def hedges_of(path: Sequence[Token]) -> list[Token]:
    """Words on the way from a figure to the head of its clause that leave it open."""
    return _marked(path, "hedge")


def forecasts_of(path: Sequence[Token]) -> list[Token]:
    """Words on the same way that put the clause in the future."""
    return [t for t in _marked(path, "forecast") if t.lemma_ != "would" or t.dep_ == "aux"]


def _marked(path: Sequence[Token], key: str) -> list[Token]:
    found = []
    for verb in path:
        for token in (verb, *verb.children):
            beside = token is verb or token.dep_ in ("aux", "advmod", "acomp", "amod", "oprd")
            if beside and (token.lemma_.lower() in words("hedges", key) or token.lower_ in words("hedges", key)):
                found.append(token)
    return found


def path_between(token: Token, verb: Token, limits: Span) -> list[Token]:
    """The verbs from a token up to its clause, and those it hangs on without a subject ("is expected to")."""
    path = [token] if token.pos_ in ("VERB", "AUX") else []
    for ancestor in token.ancestors:
        if not limits[0] <= ancestor.idx < limits[1]:
            break
        if ancestor.pos_ in ("VERB", "AUX"):
            path.append(ancestor)
        if ancestor.i == verb.i:
            break
    return path or [verb]
