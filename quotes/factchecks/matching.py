"""A claim's words → the known fact-checks that may be about it, best first, and why.

A score is the sum of parts between 0 and 1, weighted, so that it can be explained.  Rare words count more than
common ones everywhere (`weight` below).  The weights were fitted on tweets and the claims they repeat
(docs/quality.md).  Numbers that differ do not lower a score: a claim that was checked with another figure is just
what a fact-checker wants to see, and it is said in `why`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotes.factchecks.words import Words, read_words

WEIGHTS = {"rank": 0.33, "claim": 0.11, "title": 0.10, "text": 0.22, "phrases": 0.14, "beginnings": 0.10}
"""What each part of `Match.parts` adds at most."""

_RICH = 8.0
"""About the weight of one rare word: texts with little in them do not match in full by one common word."""
_RANK_HALF = 40.0
"""The BM25 score at which `rank` is one half."""
_SMALLEST = 1000
"""Words are weighed as if there were at least so many fact-checks: in a handful every word is rare."""
_K1, _B = 1.2, 0.75
_BEGINNING = 5
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Known:
    """A known fact-check, as far as matching goes."""

    id: str
    claim: str
    title: str = ""
    claimant: str = ""
    claim_date: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A claim to find fact-checks for."""

    text: str
    speaker: str = ""
    """Who asserts it; empty when that is nobody with a name."""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A fact-check that may be about a claim."""

    id: str
    score: float
    parts: dict[str, float]
    shared: tuple[str, ...]
    """Words of the claim, as printed, that the fact-check has too; the rarest first."""
    why: str


class Matcher:
    """All known fact-checks, their words read once."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._known = {each.id: each for each in known}
        self._words = {
            each.id: (read_words(each.claim), read_words(each.title), read_words(each.claimant))
            for each in self._known.values()
        }
        self._frequency = Counter(
            stem for words in self._words.values() for stem in {s for part in words for s in part.stems}
        )
        lengths = [sum(len(part.stems) for part in words) for words in self._words.values()]
        self._length = sum(lengths) / len(lengths) if lengths else 1.0

    def weight(self, stem: str) -> float:
        """How rare a stem is among the fact-checks; about 9 for one that stands in one of 10,000."""
        seen, of = self._frequency[stem], max(len(self._known), _SMALLEST)
        return math.log(1 + (of - seen + 0.5) / (seen + 0.5))

    def rank(self, query: Query, candidates: Sequence[str], limit: int = 5, least: float = 0.0) -> list[Match]:
        """The best of the candidates (ids) with at least that score; equal ones stay in their order."""
        asked = read_words(f"{query.text} {query.speaker}")
        matches = [self._match(query, asked, each) for each in candidates if each in self._known]
        matches.sort(key=lambda match: -match.score)
        return [match for match in matches if match.score >= least][:limit]

    def _match(self, query: Query, asked: Words, known_id: str) -> Match:
        claim, title, claimant = self._words[known_id]
        theirs = {*claim.stems, *title.stems, *claimant.stems}
        ours = set(asked.stems)
        shared = ours & theirs
        parts = {
            "rank": self._bm25(ours, known_id),
            "claim": self._covered(claim.stems, ours),
            "title": self._covered(title.stems, ours),
            "text": self._covered(asked.stems, theirs),
            "phrases": self._sum(_in_phrases(asked, claim, title)) / (self._sum(ours) + _RICH),
            "beginnings": min(1.0, _beginnings(ours, theirs) / (len(shared) + 3)),
        }
        parts = {name: round(value, 3) for name, value in parts.items()}
        score = round(sum(WEIGHTS[name] * value for name, value in parts.items()), 3)
        printed = self._rarest(asked, shared)
        return Match(known_id, score, parts, printed, self._why(query, asked, claim, self._known[known_id], printed))

    def _bm25(self, ours: Iterable[str], known_id: str) -> float:
        counts = Counter(stem for part in self._words[known_id] for stem in part.stems)
        base = _K1 * (1 - _B + _B * counts.total() / self._length)
        score = sum(self.weight(s) * counts[s] * (_K1 + 1) / (counts[s] + base) for s in ours if s in counts)
        return score / (score + _RANK_HALF)

    def _covered(self, stems: Iterable[str], others: set[str]) -> float:
        kinds = set(stems)
        return self._sum(kinds & others) / (self._sum(kinds) + _RICH)

    def _sum(self, stems: Iterable[str]) -> float:
        return math.fsum(map(self.weight, stems))

    def _rarest(self, asked: Words, shared: set[str]) -> tuple[str, ...]:
        first = dict(reversed(list(zip(asked.stems, asked.printed, strict=True))))
        return tuple(first[stem] for stem in sorted(shared, key=lambda stem: (-self.weight(stem), stem)))

    def _why(self, query: Query, asked: Words, claim: Words, known: Known, printed: Sequence[str]) -> str:
        said = [f"both say {', '.join(printed[:_SHOWN])}" if printed else "no word in common"]
        run = longest_run(asked, claim)
        if len(run) > 2:
            said.append(f"in the same order: “{' … '.join(run)}”")
        said += _about_numbers(asked.numbers, claim.numbers)
        names = sorted(word for word, stem in zip(claim.printed, claim.stems, strict=True)
                       if stem in claim.names and stem in asked.names)  # fmt: skip
        if names:
            said.append(f"names {', '.join(dict.fromkeys(names))}")
        if known.claimant and query.speaker:
            is_one = set(read_words(known.claimant).stems) <= set(read_words(query.speaker).stems)
            said.append(f"{'made by' if is_one else 'checked as made by'} {known.claimant}" + " too" * is_one)
        if known.claim_date and query.published:
            said.append(f"claim of {known.claim_date[:10]}, article of {query.published[:10]}")
        return "; ".join(said)


def longest_run(one: Words, other: Words) -> list[str]:
    """The longest run of stems that two texts have in common, as printed in the first; stop words do not count."""
    best, end = 0, 0
    before = [0] * (len(other.stems) + 1)
    for at, stem in enumerate(one.stems):
        now = [0] * (len(other.stems) + 1)
        for there, same in enumerate(other.stems):
            if stem == same:
                now[there + 1] = before[there] + 1
                if now[there + 1] > best:
                    best, end = now[there + 1], at + 1
        before = now
    return list(one.printed[end - best : end])


def _in_phrases(asked: Words, *others: Words) -> set[str]:
    theirs = {pair for other in others for pair in zip(other.stems, other.stems[1:], strict=False)}
    ours = set(zip(asked.stems, asked.stems[1:], strict=False))
    return {stem for pair in ours & theirs for stem in pair}


def _beginnings(ours: Iterable[str], theirs: Iterable[str]) -> int:
    """How many first letters are shared: vaccine and vaccination have one stem here, vaccinate another."""
    one, other = ({stem[:_BEGINNING] for stem in stems if len(stem) >= _BEGINNING} for stems in (ours, theirs))
    return len(one & other)


def _about_numbers(ours: frozenset[float], theirs: frozenset[float]) -> list[str]:
    if not ours or not theirs:
        return []
    same = ours & theirs
    if same:
        return [f"same figure: {_listed(same)}"]
    return [f"other figures: {_listed(ours)} here, {_listed(theirs)} there"]


def _listed(values: Iterable[float]) -> str:
    return ", ".join(f"{value:,.12g}" for value in sorted(values))
