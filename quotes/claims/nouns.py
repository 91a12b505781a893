"""The noun a number counts: "43 Colombian migrants" → migrants; tokens in, a token range out.

The words behind the number decide, and the parse only where it agrees with them: small models often
hang a number on the wrong head, but they seldom mistag the noun phrase itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from quotes.claims.lexicon import words, words_by_key

_MODIFIERS = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG", "NN", "NNS", "NNP", "NNPS", "POS", "HYPH", "CD", "FW"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_SKIPPED = frozenset(
    {"the", "these", "those", "its", "their", "his", "her", "our", "my", "all", "other", "such", "a", "an"}
)
_FAR = 8
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_SEASONS = frozenset({"night", "weekend", "spring", "summer", "autumn", "fall", "winter", "season"})
_WHEN = _DAYS | _SEASONS | {"yesterday", "today", "tomorrow", "tonight"}


@dataclass(frozen=True, slots=True)
class Counted:
    """The noun phrase behind a number, as token indices: `start` ≤ `head` < `end`."""

    start: int
    head: int
    hyphened: bool = False
    """"10-member panel", "90-day freeze": the noun only describes what follows."""
    of: bool = False
    """"two thirds of voters", "dozens of planes"."""


def counted_noun(doc: Doc, behind: int, *, may_skip_of: bool) -> Counted | None:
    """The noun phrase that starts at token `behind`; with `may_skip_of`, also behind "of the"."""
    i = behind
    if i + 1 < len(doc) and doc[i].text in ("-", "–") and not doc[i].whitespace_ and not doc[i - 1].whitespace_:
        return Counted(i + 1, i + 1, hyphened=True) if doc[i + 1].tag_ in _NOUNS else None
    of = (
        i < len(doc) and doc[i].lower_ == "of" and (may_skip_of or (i + 1 < len(doc) and doc[i + 1].lower_ in _SKIPPED))
    )
    if of:
        i += 1
        while i < len(doc) and doc[i].lower_ in _SKIPPED:
            i += 1
    head = None if _starts_date(doc, i) else _head(doc, i)
    if head is None or doc[head].lower_ == "worth":  # "$4 of every $5 worth of goods"
        return None
    return Counted(i, head, of=of)


def _starts_date(doc: Doc, i: int) -> bool:
    """ "rose to 43 last year", "killed 12 Monday": when, not what; "12 Monday trains" are trains."""
    if i + 1 >= len(doc):
        return False
    if doc[i].lower_ in ("last", "next"):
        return doc[i + 1].lower_ in words_by_key("durations") or doc[i + 1].lower_ in _WHEN
    return doc[i].lower_ in _WHEN and doc[i + 1].tag_ not in _NOUNS


def _head(doc: Doc, start: int) -> int | None:
    """The last noun of the run of modifiers and nouns that starts here."""
    last: int | None = None
    for i in range(start, min(len(doc), start + _FAR)):
        token = doc[i]
        if i > start and (token.is_sent_start or (last is not None and _ends_run(doc[last], token))):
            break
        if token.tag_ in _NOUNS:
            if last is not None and _is_when(doc, last, i):
                break
            last = i
        elif token.tag_ == "CC" and _joins_modifiers(doc, i):
            continue
        elif (token.tag_ not in _MODIFIERS and not (token.text == "," and _joins_modifiers(doc, i))) or (
            token.tag_ in ("VBG", "VBN", "CD") and last is not None and doc[i - 1].tag_ != "POS"
        ):
            break
    return last


def _is_when(doc: Doc, last: int, i: int) -> bool:
    """ "12 people Monday": when, not what; "12 Super Tuesday states" are states."""
    dates = ("DATE", "TIME")
    named = doc[last].tag_ == "NNP" and i + 1 < len(doc) and doc[i + 1].tag_ == "NNS"
    return doc[i].ent_type_ in dates and doc[last].ent_type_ not in dates and not named


def _ends_run(noun: Token, following: Token) -> bool:
    """A plural ends the phrase, unless a noun follows that it modifies ("sales staff")."""
    return noun.tag_ in ("NNS", "NNPS") and not (
        noun.dep_ in ("compound", "nmod", "poss") and noun.head.i >= following.i and following.tag_ in _NOUNS | {"POS"}
    )


def _joins_modifiers(doc: Doc, i: int) -> bool:
    """ "local and foreign workers", "large, modern ships": the joined words both modify one noun."""
    if not 0 < i < len(doc) - 2:
        return False
    before, after = doc[i - 1], doc[i + 1]
    if before.text.endswith("-") and doc[i].tag_ == "CC":  # "low- and middle-income families"
        return after.tag_ in _MODIFIERS
    return before.tag_ in ("JJ", "NNP", "VBN") and after.tag_ in ("JJ", "NNP", "VBN") and doc[i + 2].tag_ in _NOUNS


def unit_of(noun: Token) -> str:
    """The unit of a counted noun: its lemma, and one name for people."""
    lemma = noun.lemma_.lower() if noun.tag_ not in ("NNP", "NNPS") else _singular(noun)
    return "person" if lemma in words("people", "person") else lemma


def _singular(name: Token) -> str:
    """ "Americans" → american: the pipeline's lemma of a name is the name."""
    plural = name.tag_ == "NNPS" and name.lower_.endswith("s") and not name.lower_.endswith(("ss", "us", "is"))
    return name.lower_[:-1] if plural else name.lower_
