"""Quotations that the parse shows: "X said that …", "he left, she said", "X credited Y with …", "is expected to".

In: a Page.  Out: drafts, one for each reporting verb and complement that the lexicon allows, scored by it.
Invariant: no cue stands inside quotation marks, where it is somebody's words.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from quotes.quotations import contents, sources
from quotes.quotations.cues import verb_group
from quotes.quotations.drafts import Draft, Ranges
from quotes.quotations.lexicon import Entry, verbs
from quotes.quotations.page import Page

_VERBAL = frozenset({"VERB", "AUX"})
_ADVERBS = frozenset({"reportedly", "allegedly", "supposedly", "purportedly"})
_RAISING = frozenset({"seem", "appear"})
_METHODS = {"clause": "ccomp", "fronted": "ccomp", "infinitive": "xcomp", "gerund": "xcomp"}


def clause_drafts(page: Page) -> Iterator[Draft]:
    """Drafts of all verbs in narration that the lexicon knows."""
    known = verbs()
    for token in page.doc:
        if token.pos_ in _VERBAL and page.narrated(token.i) and (entry := known.get(lemma(token))):
            yield from _of_verb(page, token, entry)


def lemma(token: Token) -> str:
    """The lemma, with what the lemmatiser is known to get wrong mended ("hoping" is no "hop")."""
    return "hope" if token.lemma_ == "hop" and "pp" not in token.lower_ else token.lemma_


def _of_verb(page: Page, verb: Token, entry: Entry) -> Iterator[Draft]:
    if verb.dep_ == "pcomp" and contents.quoted_saying(verb.head.head) == verb:
        return  # "was quoted as saying" is found at "quoted"
    if sources.is_passive(verb):
        frames = contents.passive_frames(page, verb)
        saying = contents.quoted_saying(verb)
        speaker = sources.agent(verb) if saying is None else sources.passive_subject(verb)
    elif entry.lemma in _RAISING:
        frames, speaker = contents.passive_frames(page, verb), None
    else:
        frames, speaker = contents.frames(page, verb), sources.speaker_of(verb)
        if speaker is None or not sources.is_speaker(speaker):
            return
    for frame, content in frames:
        if content and (score := entry.frames.get(frame)) and not _asks_anonymity(page, verb, frame, content):
            yield from _draft(page, verb, entry, frame=frame, content=content, speaker=speaker, score=score)


def _asks_anonymity(page: Page, verb: Token, frame: str, content: Ranges) -> bool:
    """Whether all that is said is "asked not to be named"."""
    last = page.doc[content[-1][1] - 1]
    return verb.lemma_ == "ask" and frame == "infinitive" and last.lemma_ in {"name", "identify", "quote"}


def _draft(
    page: Page, verb: Token, entry: Entry, *, frame: str, content: Ranges, speaker: Token | None, score: float
) -> Iterator[Draft]:
    cue = verb_group(verb)
    saying = contents.quoted_saying(verb)
    if saying is not None and content[0][0] > saying.i:
        cue = cue[0], saying.i + 1
    if frame not in contents.STRUCTURAL and content[0][0] == cue[1] + 1:
        cue = cue[0], cue[1] + 1  # "called for": the preposition is part of the cue
    source = sources.phrase(page, speaker, cue) if speaker is not None else None
    if speaker is not None and source is None:
        return
    yield Draft(content, (cue,), (source,) if source else (), entry.act, _METHODS.get(frame, frame), score, verb.i)
