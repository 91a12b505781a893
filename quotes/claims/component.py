"""The spaCy component that finds claims: find (pure), set (writes the Doc), get (reads it back)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from quotes.annotations import read_rows, write_spans
from quotes.claims.assertions import Voice, Voices, path_between
from quotes.claims.building import assemble, claim_of, group_frames, with_origin
from quotes.claims.causes import stated_causes
from quotes.claims.figures import find_quantities
from quotes.claims.frames import Frame, frame_of
from quotes.claims.polls import Polls
from quotes.claims.printed import text_of
from quotes.claims.quantities import Quantity
from quotes.claims.ranks import find_ranks
from quotes.claims.recorded import on_record
from quotes.claims.standings import standings
from quotes.claims.unfigured import Unfigured, find_causal, find_comparisons
from quotes.models import Assertion, Claim, Figure, Quotation, Reason, Span
from quotes.quotations.component import get_quotations
from quotes.speakers.component import Resolution, get_speakers

_DATELINE = re.compile(
    r"\s*(?:date\s+[\d-]+\s+)?[A-Z][A-Z.'’ -]{2,}(?:,\s*[A-Z][\w. ]+)?(?:,\s*\w+\.?\s\d+)?"
    r"\s*(?:\([A-Z][^()\n]{1,30}\)\s*(?:—|–|--|-|:)|—|–|--)\s*"
)
CLAIMS, FIGURES, MEASURED = "claims", "claim_figures", "claim_measured"
Finder = Callable[[Doc, DocSpan, Span], Iterator[Unfigured]]
_SCOPES = ("base", "time_scope", "place")


def find_claims(doc: Doc, quotations: Sequence[Quotation], resolution: Resolution) -> list[Claim]:
    """Claims of a parsed Doc, in text order."""
    voices = Voices(doc, quotations, resolution)
    quantities = [quantity for quantity in find_quantities(doc) if not quantity.passing]
    figured = list(_figured(doc, voices, quantities))
    sentences = list(doc.sents)
    counted = {(c.start, c.end) for c in figured if any(figure.unit == "vote" for figure in c.figures)}
    unfigured = (c for c in _unfigured(doc, sentences, voices) if c.kind != "vote" or (c.start, c.end) not in counted)
    claims = [*figured, *unfigured]
    claims += on_record(doc, sentences, voices, claims)
    unique = {claim.id: claim for claim in claims}
    return sorted(unique.values(), key=lambda claim: (claim.start, claim.end, claim.kind))


def _figured(doc: Doc, voices: Voices, quantities: Iterable[Quantity]) -> Iterator[Claim]:
    spoken: dict[Frame, tuple[Voice, Span]] = {}
    polls = Polls(doc, voices.body)
    previous: Frame | None = None
    for quantity in quantities:
        sentence = _offsets(doc[quantity.left].sent)
        body = max(sentence[0], min(_body_start(text_of(doc), sentence), quantity.start)), sentence[1]
        voice = voices.of(quantity.start, quantity.end, body)
        if not voice.quotations and (poll := polls.voice(quantity)):
            voice = replace(voice, chain=(poll,))
        if previous is not None and spoken[previous][1] == sentence:
            listed = polls.listed(quantity, spoken[previous][0].chain[-1])
            voice = replace(voice, chain=(listed,)) if listed else voice
        previous = with_origin(frame_of(doc, quantity, voice.limits), previous)
        spoken[previous] = voice, sentence
    for chain in dict.fromkeys(voice.chain for voice, _ in spoken.values()):
        for group in group_frames(frame for frame, (voice, _) in spoken.items() if voice.chain == chain):
            yield claim_of(doc, group, *spoken[group[0]])


def _body_start(text: str, sentence: Span) -> int:
    """Where a sentence starts behind a dateline, "PORT CITY (Agency) —"."""
    match = _DATELINE.match(text, sentence[0], sentence[1])
    return match.end() if match else sentence[0]


def _unfigured(doc: Doc, sentences: Iterable[DocSpan], voices: Voices) -> Iterator[Claim]:
    for sentence in sentences:
        offsets = _offsets(sentence)
        for found in _without_figures(doc, voices, sentence):
            end = found.token.idx + len(found.token)
            voice = voices.of(found.token.idx, end, offsets)
            yield assemble(
                doc, voice, offsets, clause=found.clause, kind=found.kind,
                figures=(), measured=found.measured, path=path_between(found.token, found.verb, voice.limits),
                compares=False, score_of_method=0.7, method=found.kind,
            )  # fmt: skip


def _without_figures(doc: Doc, voices: Voices, sentence: DocSpan) -> Iterator[Unfigured]:
    yield from find_causal(doc, sentence)
    for finder in (_causes, _standings):
        yield from _within(doc, voices, sentence, finder)
    if any(token.tag_ in ("JJS", "RBS", "JJR", "RBR") or token.lower_ == "record" for token in sentence):
        for finder in (find_ranks, find_comparisons):
            yield from _within(doc, voices, sentence, finder)


def _within(doc: Doc, voices: Voices, sentence: DocSpan, finder: Finder) -> Iterator[Unfigured]:
    """What a finder finds in a sentence, read again inside the limits of who says it."""
    for found in finder(doc, sentence, _offsets(sentence)):
        limits = voices.of(found.token.idx, found.token.idx + len(found.token), _offsets(sentence)).limits
        yield from (again for again in finder(doc, sentence, limits) if again.token.i == found.token.i)


def _causes(doc: Doc, sentence: DocSpan, limits: Span) -> Iterator[Unfigured]:
    for clause, measured, token, verb in stated_causes(doc, sentence, limits):
        yield Unfigured("causal", clause, measured, token, verb)


def _standings(doc: Doc, sentence: DocSpan, limits: Span) -> Iterator[Unfigured]:
    yield from standings(doc, sentence, limits)


def _offsets(span: DocSpan) -> Span:
    return span.start_char, span.end_char


def set_claims(doc: Doc, claims: Iterable[Claim]) -> None:
    """Write claims into `doc.spans`."""
    found = list(claims)
    write_spans(
        doc, CLAIMS, (((c.start, c.end), c.kind, c.id) for c in found), {"claims": [asdict(claim) for claim in found]}
    )
    write_spans(doc, FIGURES, (((f.start, f.end), f.unit or "", c.id) for c in found for f in c.figures))
    write_spans(doc, MEASURED, ((c.measured, "measured", c.id) for c in found if c.measured))
    for name in _SCOPES:
        spans = ((getattr(c, name), c.id) for c in found)
        write_spans(doc, f"claim_{name}", ((span, name, claim_id) for span, claim_id in spans if span))


def get_claims(doc: Doc) -> tuple[Claim, ...]:
    """The claims stored in a Doc, in text order."""
    return tuple(_claim(row) for row in read_rows(doc, CLAIMS).get("claims", ()))


def _claim(row: dict[str, Any]) -> Claim:
    return Claim(
        **{
            **row,
            "sentence": tuple(row["sentence"]),
            "terms": tuple(row["terms"]),
            **{name: tuple(row[name]) if row[name] else None for name in ("measured", *_SCOPES)},
            "figures": tuple(Figure(**figure) for figure in row["figures"]),
            "assertion": tuple(Assertion(**link) for link in row["assertion"]),
            "reasons": tuple(
                Reason(**{**reason, "span": tuple(reason["span"]) if reason["span"] else None})
                for reason in row["reasons"]
            ),
        }
    )


class Claims:
    """Callable pipeline component."""

    def __call__(self, doc: Doc) -> Doc:
        set_claims(doc, find_claims(doc, get_quotations(doc), get_speakers(doc)))
        return doc


@Language.factory("claims", requires=["token.dep", "doc.spans"], assigns=["doc.spans"])
def make_claims(nlp: Language, name: str) -> Claims:  # noqa: ARG001
    return Claims()
