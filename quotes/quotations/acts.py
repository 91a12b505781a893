"""The act of a quotation: is it said, written or thought (Semino & Short, Corpus Stylistics, 2004).

In: the cue, source and content of one quotation on its page.  Out: `speech`, `writing` or `thought`.
Asked in this order: does a text say it (by the source, or "in a statement")? which word of the cue carries the
meaning, and what does that report? does the content stand in quotation marks?  Invariant: nothing is written to the
Doc and no model is asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from quotes.models import Act
from quotes.quotations.actwords import TextKind, act_words, kind_of_text, lemma_of, parts
from quotes.quotations.drafts import Ranges
from quotes.quotations.page import NOWHERE, Page

_HOLDS: dict[str, frozenset[TextKind]] = {
    "in": frozenset({"medium"}),
    "via": frozenset({"medium", "platform"}),
    "by": frozenset({"medium"}),
    "through": frozenset({"medium"}),
    "on": frozenset({"platform"}),
    "to": frozenset({"platform"}),
    "per": frozenset({"medium", "platform", "tally", "outlet"}),
}
"""Which texts words stand in after a preposition: "in a letter", "on Twitter"."""
_ISSUED = frozenset({"dobj", "nsubjpass"})
_RELATIVE = frozenset({"which", "that", "who"})
_COURTS = frozenset({"court", "courts", "judge", "judges", "jury", "justices", "panel", "tribunal"})
_VERBAL = frozenset({"VERB", "AUX"})
_OPEN = _VERBAL | {"NOUN", "PROPN", "ADJ", "ADV"}


def act_of(page: Page, cue: Ranges, source: Ranges, content: Ranges) -> Act:
    """Whether a quotation is speech, writing or thought; an unclear one is speech."""
    doc = page.doc
    words = [doc[index] for start, end in cue for index in range(start, end)]
    text = _source_text(doc, source)
    if not words:
        return "writing" if text else "speech"
    main = _main(words)
    text = text or _cited(main, source)
    if (text and text != "outlet") or _stands_in_text(main, words, content):
        return "writing"
    act = _reported(page, main, words, source, content)
    return "writing" if text and act != "thought" else act


# ------------------------------------------------------------------------------------ a text says it


def _source_text(doc: Doc, source: Ranges) -> TextKind | None:
    """What kind of text the source is, if it is one; "which" and "that" stand for the noun before them."""
    if not source:
        return None
    head = _root([doc[index] for start, end in source for index in range(start, end)])
    if head.lower_ in _RELATIVE:
        verb = head.head
        head = verb.head if verb.dep_ == "relcl" else head
    return kind_of_text(_whole(head))


def _whole(part: Token) -> Token:
    """What a part or number is of: "a number of studies", "one of the letters"."""
    if part.lower_ not in parts():
        return part
    of = next((child for child in part.rights if child.lower_ == "of"), None)
    return next((noun for noun in of.rights if noun.dep_ == "pobj"), part) if of else part


def _cited(main: Token, source: Ranges) -> TextKind | None:
    """What kind of text a bare name in the cue's place is: "… [HuffPost.]"."""
    kind = None if source else kind_of_text(main)
    return kind if kind in {"outlet", "tally"} else None


def _stands_in_text(main: Token, words: list[Token], content: Ranges) -> bool:
    """Whether cue or clause name a text that the words stand in, or that is issued."""
    if len(words) > 1 and any(_holds_words(word) for word in words):
        return True
    return any(_clause_names_text(verb, content) for verb in _governing(main))


def _governing(main: Token) -> Iterator[Token]:
    """The cue's word, and the verbs it hangs on: "said in a letter, adding", "took to Twitter to accuse"."""
    yield main
    while main.dep_ in {"advcl", "xcomp"}:
        main = main.head
        yield main


def _clause_names_text(verb: Token, content: Ranges) -> bool:
    issues = lemma_of(verb) in act_words().issue
    for child in verb.children:
        if child.lower_ in _HOLDS:
            nouns: Iterable[Token] = child.children
        elif issues and child.dep_ in _ISSUED:
            nouns = (child,)
        else:
            continue
        if not _within(child.i, content) and any(_holds_words(noun) for noun in nouns):
            return True
    return False


def _holds_words(noun: Token) -> bool:
    """Whether a noun is a text in which the words stand, or that the verb over it issues."""
    kind = kind_of_text(noun)
    if not kind:
        return False
    head = noun.head
    if kind in _HOLDS.get(head.lower_, ()):
        return True
    if head.pos_ in _VERBAL:
        return kind != "outlet" and lemma_of(head) in act_words().issue
    return head.head.lower_ == "according"


def _within(index: int, ranges: Ranges) -> bool:
    return any(start <= index < end for start, end in ranges)


# ------------------------------------------------------------------------------------ a word of the cue


def _main(words: list[Token]) -> Token:
    """The word of the cue that the others hang on."""
    return _root([word for word in words if word.pos_ in _OPEN] or words)


def _root(words: list[Token]) -> Token:
    """The first word whose head is not among the words."""
    indices = {word.i for word in words}
    return next((word for word in words if word.head.i == word.i or word.head.i not in indices), words[0])


def _reported(page: Page, main: Token, words: list[Token], source: Ranges, content: Ranges) -> Act:
    lemma = lemma_of(main)
    act = _act(main, lemma, source)
    light = _is_light(main, lemma)
    if act == "speech" and not light:
        return act
    if act == "thought" and _said_aloud(page, lemma, source, content):
        return "speech"
    others = [(word, other) for word in words if word.i != main.i and (other := _weighty(word, source))]
    if act and not light:
        return next((other for word, other in others if _goes_deeper(word, main, other)), act)
    if others:
        return next((other for word, other in others if word.i > main.i), others[0][1])
    return act or _default(page, main, content)


def _goes_deeper(word: Token, main: Token, act: Act) -> bool:
    """Whether a thought turns to words in the same cue: "wants to talk about"."""
    return act != "thought" and word.i > main.i and word.pos_ == "VERB"


def _said_aloud(page: Page, lemma: str, source: Ranges, content: Ranges) -> bool:
    """Whether a word of thought is spoken: by a court that decides, or beside a whole quotation."""
    known = act_words()
    if lemma in known.court and source and page.doc[source[-1][1] - 1].lower_ in _COURTS:
        return True
    return lemma in known.aloud and _quoted_whole(page, content)


def _weighty(word: Token, source: Ranges) -> Act | None:
    """The act of a word unless it is light."""
    if word.pos_ not in _OPEN:
        return None
    lemma = lemma_of(word)
    return None if _is_light(word, lemma) else _act(word, lemma, source)


def _is_light(word: Token, lemma: str) -> bool:
    known = act_words()
    return lemma in known.light and (lemma, _following(word)) not in known.pairs


def _act(word: Token, lemma: str, source: Ranges) -> Act | None:
    known = act_words()
    if act := known.pairs.get((lemma, _following(word))):
        return act
    if word.pos_ == "NOUN" and (act := known.nouns.get(lemma)):
        return act
    if source and (act := known.persons.get(lemma)):
        return act
    return known.acts.get(lemma)


def _following(word: Token) -> str:
    return word.doc[word.i + 1].lower_ if word.i + 1 < len(word.doc) else ""


def _default(page: Page, main: Token, content: Ranges) -> Act:
    """The act under a cue of which no word is known."""
    if main.pos_ in {"ADP", "ADJ", "NOUN", "SCONJ", "PART"} and not _begins_quoted(page, content):
        return "thought"
    return "speech"


def _begins_quoted(page: Page, content: Ranges) -> bool:
    return bool(content) and page.inside[content[0][0]] != NOWHERE


def _quoted_whole(page: Page, content: Ranges) -> bool:
    indices: Iterable[int] = (index for start, end in content for index in range(start, end))
    return all(page.inside[index] != NOWHERE or not page.doc[index].is_alpha for index in indices)
