"""The words that tell acts apart, read once from `acts.txt`, `texts.txt`, `verbs.txt` and `nouns.txt`.

In: those files.  Out: what a token of a cue reports, and what kind of text a noun names.  Invariant: an act is given
once: what `verbs.txt` and `nouns.txt` know stands there only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, cast, get_args

from spacy.tokens import Token

from quotes.models import Act
from quotes.quotations.lexicon import nouns, verbs

TextKind = Literal["medium", "platform", "tally", "outlet", "masthead"]
_ENDINGS = tuple(pair.split("/") for pair in ("ies/y", "ied/y", "es/e", "ed/e", "es/", "ed/", "ing/e", "ing/", "s/"))
"""What forms of a word end in, and what the lemma ends in instead."""
_NOMINAL = frozenset({"NOUN", "PROPN"})


@dataclass(frozen=True, slots=True)
class ActWords:
    """All that is known of words, by lemma; `pairs` by a lemma and the small letters of the next word."""

    acts: dict[str, Act]
    nouns: dict[str, Act]
    """Differs from `acts` where the noun is not what the verb is."""
    persons: dict[str, Act]
    pairs: dict[tuple[str, str], Act]
    light: frozenset[str]
    issue: frozenset[str]
    aloud: frozenset[str]
    court: frozenset[str]
    listed: frozenset[str]
    """All lemmas of the other fields."""


@cache
def act_words() -> ActWords:
    """The words of cues."""
    rows = list(_rows("acts.txt"))
    acts = {lemma: entry.act for lexicon in (nouns(), verbs()) for lemma, entry in lexicon.items()}
    acts |= {word: act for kind, act, word in rows if kind in {"", "light"}}
    pairs = {_pair(word): act for kind, act, word in rows if kind == "pair"}
    return ActWords(
        acts,
        {word: act for kind, act, word in rows if kind == "noun"},
        {word: act for kind, act, word in rows if kind == "person"},
        pairs,
        frozenset(word for kind, _, word in rows if kind == "light"),
        frozenset(word for kind, _, word in rows if kind == "issue"),
        frozenset(word for kind, _, word in rows if kind == "aloud"),
        frozenset(word for kind, _, word in rows if kind == "court"),
        frozenset(acts) | {lemma for lemma, _ in pairs},
    )


@cache
def texts() -> dict[str, TextKind]:
    """Nouns of texts and what kind each is; a noun of two kinds is of the first."""
    found: dict[str, TextKind] = {}
    for name, words in _lines("texts.txt"):
        if name not in {*get_args(TextKind), "part", "person"}:
            raise ValueError(f"texts.txt: unknown class {name!r}")
        if name in get_args(TextKind):
            found = dict.fromkeys(words, cast(TextKind, name)) | found
    return found


@cache
def parts() -> frozenset[str]:
    """Words for a part or number of something."""
    return _class("part")


@cache
def _personal() -> frozenset[str]:
    """Nouns of texts that as names are people's."""
    return _class("person")


def _class(name: str) -> frozenset[str]:
    return frozenset(word for label, words in _lines("texts.txt") if label == name for word in words)


def kind_of_text(token: Token) -> TextKind | None:
    """What kind of text a noun names, None for anything else."""
    if (pos := token.pos_) not in _NOMINAL:
        return None
    known = texts()
    kind = known.get(token.lower_) or known.get(token.lemma_.lower()) or known.get(_with_last(token))
    if pos == "PROPN" and token.lower_ in _personal():
        return None
    if kind == "masthead":
        return "outlet" if pos == "PROPN" else None
    return kind


def _with_last(token: Token) -> str:
    """A noun with the word before it, as `texts.txt` lists it: "news+agency"."""
    return f"{token.nbor(-1).lower_}+{token.lemma_.lower()}" if token.i else ""


def lemma_of(token: Token) -> str:
    """The lemma that the words are listed by, mended where spaCy's is none ("hop" of "hoping", "Slams" in a title)."""
    lemma = token.lemma_
    return lemma if lemma in act_words().listed else _unbent(token.lower_, lemma)


@lru_cache(maxsize=8192)
def _unbent(word: str, lemma: str) -> str:
    """The listed word that this may be a form of, else the lemma."""
    stems = (word[: -len(ending)] + rest for ending, rest in _ENDINGS if word.endswith(ending))
    return next((stem for stem in (word, *stems) if stem in act_words().listed), lemma)


def _rows(name: str) -> Iterator[tuple[str, Act, str]]:
    """Class, act and word of each word of `acts.txt`; a class without an act counts as thought."""
    for label, words in _lines(name):
        *kind, act = label.split() if label not in {"issue", "aloud", "court"} else (label, "thought")
        if act not in get_args(Act):
            raise ValueError(f"{name}: unknown act {act!r}")
        yield from ((" ".join(kind), cast(Act, act), word) for word in words)


def _pair(word: str) -> tuple[str, str]:
    lemma, _, following = word.partition("+")
    return lemma, following


def _lines(name: str) -> Iterator[tuple[str, list[str]]]:
    """The label and the words of each line that is no comment."""
    for line in files("quotes.quotations").joinpath(name).read_text(encoding="utf-8").splitlines():
        label, _, words = line.split("#", 1)[0].partition(":")
        if words:
            yield label.strip(), words.split()
