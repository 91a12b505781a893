"""Claims from figures: the frames of a document in, one `Claim` for each clause and thing measured out.

Figures of one clause about the same thing make one claim ("from 8.1% to 7.9%", "rose 0.3 points to 4.2%");
figures about different things make several ("at least 35 people, including eight children" is two).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from spacy.tokens import Doc, Token

from quotes.annotations import document_id
from quotes.claims.assertions import Voice, forecasts_of, hedges_of, is_negated, path_between
from quotes.claims.checkworthiness import Evidence, find_reasons, score
from quotes.claims.frames import Frame
from quotes.claims.printed import text_of
from quotes.claims.scopes import scopes_of
from quotes.claims.terms import terms_of
from quotes.claims.vouching import ANONYMOUS, ARTICLE
from quotes.models import Claim, ClaimKind, Figure, Span, make_id

_SURE, _LESS_SURE = 0.9, 0.7
_BESIDE = 12
"""Characters between a level and the change printed beside it: ", up ", " (down "."""


def group_frames(frames: Iterable[Frame]) -> list[list[Frame]]:
    """Frames of one clause and one thing measured together, in text order."""
    groups: dict[tuple[Span, Span | None, Span], list[Frame]] = {}
    for frame in frames:
        groups.setdefault((frame.clause, frame.measured, frame.limits), []).append(frame)
    return [part for group in groups.values() for part in _apart(group)]


def _apart(group: list[Frame]) -> Iterator[list[Frame]]:
    """Levels of one thing in several units ("$3m" and "12 stores") are one claim; so are several of one unit."""
    parts = [each for each in pairwise(group) if _is_part_of(*each)]
    if parts and len(group) == 2:
        yield from ([frame] for frame in group)
        return
    if group[0].measured is not None:
        yield group
        return
    related = [frame for frame in group if frame.figure.role in ("from", "to", "delta")]
    if related:
        yield related
    scores = [frame for frame in group if frame.quantity.kind == "score" and frame not in related]
    if scores:
        yield scores
    yield from ([frame] for frame in group if frame not in related and frame not in scores)


def _with_end(group: Sequence[Frame]) -> Iterator[Frame]:
    """ "58%, up 6 points": the level is where the change printed beside it leads to."""
    for frame, following in zip_longest(group, group[1:]):
        if following is not None and _goes_on(following, frame) and following.figure.direction:
            yield replace(frame, figure=replace(frame.figure, role="to", direction=following.figure.direction))
        else:
            yield frame


def _is_part_of(part: Frame, whole: Frame) -> bool:
    """ "200 of the 1,500 seats"."""
    between = part.verb.doc[part.quantity.right + 1 : whole.quantity.left]
    return 0 < len(between) <= 2 and between[0].lower_ == "of"


def claim_of(doc: Doc, group: Sequence[Frame], voice: Voice, sentence: Span) -> Claim:
    """The claim that a group of frames makes."""
    figures = with_level_as_end(tuple(frame.figure for frame in _with_end(group)))
    first = group[0]
    clause = min(f.clause[0] for f in group), max(f.clause[1] for f in group)
    path = path_between(doc[first.quantity.right], first.verb, first.limits)
    return assemble(
        doc, voice, sentence, clause=clause, kind=kind_of(group, figures), figures=figures,
        measured=first.measured, path=path, compares=any(frame.compares for frame in group),
        score_of_method=_SURE if first.measured else _LESS_SURE, method="figure",
    )  # fmt: skip


def with_origin(frame: Frame, before: Frame | None) -> Frame:
    """ "900 people, down from 2,300": the origin measures, and counts, what the figure in front of it does."""
    if before is not None and _goes_on(frame, before):
        return replace(frame, measured=before.measured, clause=before.clause)
    if before is not None and _same_sentence(frame, before) and frame.figure.unit in (None, before.figure.unit):
        if _lists_leads(frame, before):
            figure = replace(frame.figure, role=before.figure.role)
            return replace(frame, measured=before.measured, compares=True, figure=figure)
        if _counts_people_too(frame, before):
            # From its own verb on: the killed and the injured are two claims.
            clause = frame.verb.doc[frame.quantity.right].head.idx, frame.clause[1]
            figure = replace(frame.figure, unit=before.figure.unit)
            return replace(frame, measured=before.measured, figure=figure, clause=clause)
        if frame.measured is None and frame.quantity.kind in ("percent", "points", "money"):
            return replace(frame, measured=before.measured)
    if before is None or frame.figure.role != "from" or frame.quantity.end_of or before.limits != frame.limits:
        return frame
    governed = frame.governor is not None and frame.governor.direction is not None
    if governed or before.clause[1] < frame.clause[0] or frame.figure.unit not in (None, before.figure.unit):
        return frame
    return replace(
        frame, measured=before.measured, clause=before.clause, figure=replace(frame.figure, unit=before.figure.unit)
    )


def _counts_people_too(frame: Frame, before: Frame) -> bool:
    """ "killed 40 people and injured 60": a bare number behind one of people, object of a verb of its own."""
    quantity = frame.quantity
    if quantity.kind != "count" or quantity.unit is not None or before.figure.unit != "person":
        return False
    token = frame.verb.doc[quantity.right]
    joined = token.dep_ in ("dobj", "nsubjpass") and token.head.dep_ in ("conj", "advcl")
    return joined and frame.figure.role == "level" and frame.figure.direction is None


def _same_sentence(frame: Frame, before: Frame) -> bool:
    doc = frame.verb.doc
    return doc[frame.quantity.left].sent.start == doc[before.quantity.left].sent.start


def _lists_leads(frame: Frame, before: Frame) -> bool:
    """ "One poll has her ahead 3 points, another 4 points": the second has no verb of its own."""
    between = frame.verb.doc[before.quantity.right + 1 : frame.quantity.left]
    both = frame.quantity.kind == before.quantity.kind == "points" and before.compares
    return both and frame.figure.direction is None and not any(t.pos_ in ("VERB", "AUX") for t in between)


def _goes_on(frame: Frame, before: Frame) -> bool:
    """ "58%, up 6 points": a change beside a level is one of the same thing."""
    return (
        frame.figure.role == "delta"
        and frame.beside
        and frame.limits == before.limits
        and before.figure.role in ("level", "share", "to")
        and 0 <= frame.quantity.outer_start - before.quantity.end <= _BESIDE
    )


def with_level_as_end(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """ "stood at 4.2%, up from 3.9%": the level is where the change leads to."""
    origin = next((figure for figure in figures if figure.role == "from" and figure.direction), None)
    levels = [
        figure for figure in figures if figure.role in ("level", "share") and origin and figure.unit == origin.unit
    ]
    if origin is None or len(levels) != 1 or any(figure.role == "to" for figure in figures):
        return figures
    return tuple(replace(f, role="to", direction=origin.direction) if f is levels[0] else f for f in figures)


def kind_of(group: Sequence[Frame], figures: Sequence[Figure]) -> ClaimKind:
    """What sort of claim its figures make."""
    if all(frame.beside and frame.compares and frame.figure.role == "delta" for frame in group):
        return "comparison"
    if any(figure.direction or figure.role in ("from", "to") for figure in figures):
        return "change"
    if any(frame.compares for frame in group):
        return "comparison"
    if any(figure.unit == "vote" for figure in figures):
        return "vote"
    return "change" if any(figure.role == "delta" for figure in figures) else "quantity"


def assemble(
    doc: Doc, voice: Voice, sentence: Span, *, clause: Span, kind: ClaimKind, figures: tuple[Figure, ...],
    measured: Span | None, path: Sequence[Token], compares: bool, score_of_method: float, method: str,
) -> Claim:  # fmt: skip
    """Put a claim together: who asserts it, whether it is denied or hedged, and how much it is worth checking."""
    hedges, forecasts = hedges_of(path), forecasts_of(path)
    # The words of a claim without figures hold its "not"; of a figure only the verb above it says so.
    negated = bool(figures) and any(is_negated(verb) for verb in path)
    denied = (voice.chain[-1].stance == "denies") != negated
    span = doc.char_span(*clause, alignment_mode="expand")
    start, end = (span.start_char, span.end_char) if span is not None else clause
    who = voice.asserted_by
    scopes = scopes_of(doc, (start, end), figures, kind)
    forecast = bool(forecasts) or voice.is_forecast
    reasons = find_reasons(
        Evidence(
            tokens=list(span or ()), figures=figures, kind=kind, compares=compares, hedges=hedges, forecasts=forecasts,
            speaker=None if who == ARTICLE else "" if who == ANONYMOUS else who, source=_source(doc, voice),
            base=scopes.base, time_scope=scopes.time_scope,
        )
    )  # fmt: skip
    spans = [(figure.start, figure.end) for figure in figures]
    claim = Claim(
        id=make_id("c", document_id(doc), start, end, kind, spans, measured if not spans else ""),
        start=start, end=end, sentence=sentence, kind=kind, figures=figures, measured=measured,
        asserted_by=who, assertion=voice.chain, denied=denied, hedged=bool(hedges) or forecast or voice.is_open,
        forecast=forecast, base=scopes.base, time_scope=scopes.time_scope, place=scopes.place,
        check_worthiness=score(reasons), reasons=reasons, method=method, score=score_of_method,
    )  # fmt: skip
    return replace(claim, terms=terms_of(doc, claim))


def _source(doc: Doc, voice: Voice) -> str:
    if not voice.quotations:
        return ""
    return " ".join(text_of(doc)[start:end] for start, end in voice.quotations[-1].source)
