"""Quotations in quotation marks: from a quoted stretch to the cue beside it.

In: a Page.  Out: drafts for stretches that have their cue in the same paragraph (“A,” she said; she said: “A”),
and drafts of transcripts and lists (PENCE: A; “A” – Pence).
Invariant: the content of a draft holds its whole stretches.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from quotes.quotations import sources
from quotes.quotations.clauses import lemma
from quotes.quotations.cues import verb_group
from quotes.quotations.drafts import Draft, Ranges
from quotes.quotations.lexicon import Entry, verbs
from quotes.quotations.page import Page, Range

_ENDS = frozenset({".", "!", "?"})
_INVITING = frozenset({",", "?", "!", "—", "–", "-", "--", "…", "..."})
_WINDOW, _LOOK_BACK = 60, 200
"""How many words behind and before a stretch its sentence is looked for."""
_VERBAL = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_SUBORDINATE = frozenset({"relcl", "acl", "aux", "auxpass"})
_MISREAD_SUBJECTS = frozenset({"dobj", "attr", "npadvmod", "oprd", "dep", "ccomp"})
"""What the parser takes the subject of an inverted "said X" for."""
_COMMAS = frozenset({",", ":", "—", "–", "-", "--"})
AFTER, BEFORE, BARE, COLON = 0.92, 0.80, 0.54, 0.68
"""Precision of the rules on PolNeAR train; BARE: no punctuation between cue and stretch."""


def quote_drafts(page: Page) -> Iterator[Draft]:
    """Drafts of quoted stretches with a reporting verb beside them."""
    for index in range(len(page.ranges)):
        draft = _after(page, index) or _before(page, index)
        if draft:
            yield draft


def ends_sentence(page: Page, index: int) -> bool:
    """Whether a stretch ends with a sentence's end inside or right behind its closing mark."""
    end = page.ranges[index][1]
    behind = page.doc[end].text if end < len(page.doc) else "."
    return _last_inner(page, index) in ".!?…" or behind in _ENDS


def _last_inner(page: Page, index: int) -> str:
    start, end = page.ranges[index]
    for token in reversed(page.doc[start:end]):
        text = token.text.rstrip("\"'”’»")
        if text:
            return text[-1]
    return ""


def _segment_after(page: Page, index: int) -> Range:
    """The narration behind a stretch, up to the sentence's end or the next stretch."""
    end = page.ranges[index][1]
    stop = end
    limit = min(page.paragraphs[page.paragraph_of(end - 1)][1], end + _WINDOW)
    while stop < limit and page.narrated(stop):
        if page.doc[stop].text in _ENDS and not _abbreviates(page, stop):
            break
        stop += 1
    return end, stop


def _abbreviates(page: Page, index: int) -> bool:
    following = page.doc[index + 1] if index + 1 < len(page.doc) else None
    return following is not None and following.text[0].islower()


def narration_start(page: Page, index: int) -> int:
    """Where the sentence that a stretch stands in begins, over stretches that end no sentence."""
    return _sentence_start(page, page.ranges[index][0])


def _sentence_start(page: Page, anchor: int) -> int:
    position = anchor
    first = max(page.paragraphs[page.paragraph_of(position)][0], position - _LOOK_BACK)
    while position > first:
        before = position - 1
        if page.narrated(before):
            token = page.doc[before]
            # An abbreviation with its full stop ends a sentence when a quotation opens behind it.
            if token.text in _ENDS or (position == anchor and token.text[-1] in _ENDS):
                break
            position = before
        else:
            stretch = page.inside[before]
            if _last_inner(page, stretch) in ".!?…":
                break
            position = page.ranges[stretch][0]
    return position


def _after(page: Page, index: int) -> Draft | None:
    """“A,” she said · “A,” said the minister."""
    start, end = page.ranges[index]
    segment = _segment_after(page, index)
    if segment[0] == segment[1]:
        return None
    comma = page.doc[end].text == ","
    if not comma and _last_inner(page, index) not in _INVITING:
        return None
    for position in range(*segment):
        verb = page.doc[position]
        entry = _quoting(verb)
        if entry is None:
            continue
        speaker = _beside(page, verb, segment)
        if speaker is None:
            if verb.tag_ == "VBG":
                return None
            continue
        if not _starts_segment(page, min(position, speaker[0]), segment[0]):
            return None
        content = _with_lead(page, index, start, end)
        cue = verb_group(verb)
        return Draft(content, (cue,), (speaker,), entry.act, "quote-verb", AFTER, verb.i)
    return None


def _starts_segment(page: Page, first: int, start: int) -> bool:
    """Whether only commas and a few adverbs stand between the stretch and its speaker or verb."""
    between = [token for token in page.doc[start:first] if token.is_alpha]
    return len(between) <= 3 and not any(token.dep_ in {"nsubj", "cc"} for token in between)


def _with_lead(page: Page, index: int, start: int, end: int) -> Ranges:
    """The stretch with the narration that leads into it: "The plan is “dead,” she said"."""
    lead = narration_start(page, index)
    if lead < start and any(
        _quoting(token) and sources.subject(token) for token in page.doc[lead:start] if page.narrated(token.i)
    ):
        return ((start, end),)
    trimmed = page.trim(lead, end)
    return (trimmed,) if trimmed else ((start, end),)


def _before(page: Page, index: int) -> Draft | None:
    """She said, “A” · she told reporters: “A” · she said “A”."""
    lead, start = _lead_in(page, index)
    if lead >= start:
        return None
    touching = page.doc[start - 1].text
    for position in range(start - 1, lead - 1, -1):
        verb = page.doc[position]
        entry = _quoting(verb) if page.narrated(position) else None
        if entry is None:
            continue
        if (position < start - 1 and touching not in _COMMAS) or _goes_on(page, position, start):
            return None
        speaker = sources.speaker_of(verb)
        source = sources.phrase(page, speaker, verb_group(verb)) if speaker is not None else None
        if source is None:
            continue
        sure = touching in _COMMAS or opens_sentence(page, index)
        content = _around_cue(page, index, lead, min(position, source[0]))
        return Draft(content, (verb_group(verb),), (source,), entry.act, "quote-verb", BEFORE if sure else BARE, verb.i)
    return _behind_colon(page, index, lead, start) if touching == ":" else None


def _lead_in(page: Page, index: int) -> Range:
    """The narration before a stretch in its sentence, or in the paragraph before when that ends with a colon."""
    start = page.ranges[index][0]
    lead = narration_start(page, index)
    paragraph = page.quoted[index].paragraph
    if lead == start == page.paragraphs[paragraph][0] and paragraph > 0:
        before = page.paragraphs[paragraph - 1][1]
        if page.doc[before - 1].text == ":" and page.narrated(before - 1):
            return _sentence_start(page, before), before
    return lead, start


def opens_sentence(page: Page, index: int) -> bool:
    """Whether a stretch begins with a capital and ends with the end of a sentence."""
    first = next((token for token in page.doc[slice(*page.ranges[index])] if token.is_alpha), None)
    return first is not None and first.text[0].isupper() and ends_sentence(page, index)


def _goes_on(page: Page, verb: int, start: int) -> bool:
    """Whether a clause with "that" has begun, of which a quotation in small letters is but a part."""
    first = next((token for token in page.doc[start : start + 4] if token.is_alpha), None)
    small = first is not None and first.text[0].islower()
    return small and any(token.lower_ in {"that", "if", "because"} for token in page.doc[verb:start])


def _around_cue(page: Page, index: int, lead: int, cue_start: int) -> Ranges:
    """The stretch with the beginning of its sentence: "The club, she said, “is a model” for us"."""
    start, end = page.ranges[index]
    first = next((token for token in page.doc[start:end] if token.is_alpha), None)
    if first is None or first.text[0].isupper() or cue_start <= lead or page.doc[cue_start - 1].text != ",":
        return ((start, end),)
    head, rest = page.trim(lead, cue_start), page.trim(start, _segment_after(page, index)[1])
    has_subject = head is not None and any(token.dep_ in _SUBJECTS for token in page.doc[slice(*head)])
    return (head, rest) if head and rest and has_subject else ((start, end),)


def _behind_colon(page: Page, index: int, lead: int, start: int) -> Draft | None:
    """Brandt disagreed: “A”: the verb of the sentence before the colon is the cue, whatever it is."""
    if not opens_sentence(page, index):
        return None
    for verb in page.doc[lead:start]:
        if verb.pos_ not in _VERBAL or verb.dep_ in _SUBORDINATE or not page.narrated(verb.i):
            continue
        head = sources.subject(verb)
        cue = verb_group(verb)
        source = sources.phrase(page, head, cue) if head is not None else None
        if source:
            return Draft((page.ranges[index],), (cue,), (source,), "speech", "colon", COLON, verb.i)
    return None


def _quoting(token: Token) -> Entry | None:
    """The entry of a verb that can stand beside a quoted stretch."""
    if token.pos_ not in _VERBAL and token.lower_ not in {"said", "says"}:
        return None
    entry = verbs().get(lemma(token))
    return entry if entry is not None and "quote" in entry.frames else None


def _beside(page: Page, verb: Token, segment: Range) -> Range | None:
    """The source of a verb behind a stretch: its parsed subject, else the noun phrase next to it."""
    cue = verb_group(verb)
    head = sources.subject(verb)
    if head is not None and segment[0] <= head.i < segment[1]:
        found = sources.phrase(page, head, cue)
        return _within(page, found, segment) if found else None
    if verb.tag_ in {"VBG", "VB"}:
        return None
    for child in verb.rights:
        if child.dep_ in _MISREAD_SUBJECTS and child.pos_ in {"NOUN", "PROPN", "PRON"}:
            found = sources.phrase(page, child, cue)
            return _within(page, found, segment) if found else None
    return _neighbour(page, verb, segment)


def _neighbour(page: Page, verb: Token, segment: Range) -> Range | None:
    """The proper noun or pronoun that touches the verb, where the parse has no subject."""
    for position, step in ((verb.i - 1, -1), (verb.i + 1, 1)):
        stop = position
        while segment[0] <= stop < segment[1] and page.doc[stop].pos_ in {"PROPN", "PRON"}:
            stop += step
        if stop != position:
            return (stop + 1, position + 1) if step < 0 else (position, stop)
    return None


def _within(page: Page, found: Range, segment: Range) -> Range | None:
    return page.trim(max(found[0], segment[0]), min(found[1], segment[1]))
