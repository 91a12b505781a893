"""Invented news for benchmarks: people, places and figures that nobody has, as articles with the offsets of all
that is said in them.

In comes a seeded random generator, out come articles; the same seed gives the same articles.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple


def _words(*lines: str) -> list[str]:
    return " ".join(lines).split()


FIRST = _words(
    "Ada Bruno Carla Dorin Elsa Ferdi Greta Hakon Irma Joren Klara Lino Mirta Nils Oda Pavel Quirin Rosa Sten Tilda",
    "Ulla Vigo Wanda Xenia Yorick Zelda Anselm Birgit Corvin Delia Emeric Fenja Gideon Hilda Ivo Jette",
)
BEGINNINGS = _words("Al Ber Car Dor El Fal Gar Hol Is Jor Kel Lor Mar Nor Ost Pel Quar Ros Sal Tor Ul Ver Wal Yor Zel")
ENDINGS = _words(
    "mann berg feld strom vik sen ova ini well worth dale ford gate ham holt kirk lund mere nes ridge stad thorp wick",
    "by mont rand sund hest bruk dorf gard heim land mark moor quist rup sky tveit vang wald",
)
BODIES = ("Council", "Board", "Union", "Agency", "Institute")
PLACES = [f"{beginning}{ending}" for beginning in BEGINNINGS[:8] for ending in ENDINGS[10:18]]
OUTLETS = [f"{place} {kind}" for place in PLACES[:12] for kind in ("Post", "Daily", "Herald")]
NOUNS = _words(
    "home job train tree bridge school boat farm clinic road pump museum market teacher nurse dyke tunnel lamp shelter",
    "well boiler orchard pipe windmill kitchen tram barge kiosk cottage playground",
)
VERBS = ("rebuilt", "closed", "opened", "flooded", "sold", "inspected", "repaired", "counted")
ADJECTIVES = _words("slow costly careful late brave narrow quiet modest plain bitter sturdy clumsy steady open fair")
OPENINGS = (
    "We will not accept that", "It is clear that", "Nobody told us that", "The council has known that",
    "I have always said that", "People here can see that", "We found out last week that", "My neighbours say that",
)  # fmt: skip
RESTS = (
    "are older than the harbour wall", "need more care than money", "were planned on the back of an envelope",
    "cannot wait for another winter", "belong to those who use them", "keep the town alive", "have no owner at all",
)  # fmt: skip


class Asked(NamedTuple):
    """What claims of one question count."""

    noun: str
    place: str
    verb: str

    @property
    def label(self) -> str:
        return f"How many {self.noun}s were {self.verb} in {self.place}?"


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure in a claim: its words, what it means, and where it stands."""

    words: str
    low: float | None
    high: float | None
    comparator: str
    direction: str | None
    unit: str
    start: int


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence: what is said, the words that report it, who says it, and the figure in it, if one is."""

    type: str
    act: str
    content: str
    start: int
    sentence: tuple[int, int]
    cue: tuple[str, int] | None
    source: tuple[str, int] | None
    speaker: int | None
    figure: Stated | None = None
    question: int | None = None


@dataclass(slots=True)
class Article:
    """A text, and what is said in it; `said` without a cue is what the article itself asserts."""

    title: str
    outlet: str
    published: str
    cast: list[int]
    text: str = ""
    said: list[Said] = field(default_factory=list)


def speaker_name(number: int) -> str:
    """A name that no other number has."""
    kinds = len(BEGINNINGS) * len(ENDINGS)
    last = BEGINNINGS[number % len(BEGINNINGS)] + ENDINGS[number // len(BEGINNINGS) % len(ENDINGS)]
    turn = number // kinds
    if is_body(number):
        return f"{last} {BODIES[turn % len(BODIES)]}{_numeral(turn // len(BODIES))}"
    return f"{FIRST[(number % kinds + turn) % len(FIRST)]} {last}{_numeral(turn // len(FIRST))}"


def is_body(number: int) -> bool:
    """Every twentieth speaker is an organisation."""
    return number % 20 == 19


def _numeral(turn: int) -> str:
    return f" {turn + 1}" if turn else ""


def questions(rng: random.Random, count: int) -> list[Asked]:
    """What claims are about, in a random order."""
    every = [Asked(noun, place, verb) for noun in NOUNS for place in PLACES for verb in VERBS]
    return rng.sample(every, min(count, len(every)))


def zipf(count: int, exponent: float) -> list[float]:
    """Cumulative weights: the first of `count` is taken most often."""
    return list(accumulate((rank + 1) ** -exponent for rank in range(count)))


class Newsroom:
    """Writes articles; a fifth of them quote speaker 0."""

    def __init__(self, rng: random.Random, speakers: int, asked: Sequence[Asked]) -> None:
        self.rng, self.asked = rng, asked
        self._speakers = range(1, speakers)
        self._weights = zipf(speakers - 1, 0.8)
        self._question_weights = zipf(len(asked), 0.7)

    def article(self, number: int, quotations: int) -> Article:
        """One article with so many quotations, and a claim of its own."""
        rng = self.rng
        cast = list(dict.fromkeys(rng.choices(self._speakers, cum_weights=self._weights, k=rng.randint(2, 5))))
        if number % 5 == 0:
            cast.insert(0, 0)
        asked = self.asked[self._question()]
        day = f"{2019 + rng.randrange(7)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        title = f"{asked.place}: {asked.noun}s {asked.verb}, {rng.choice(ADJECTIVES)} answers"
        made = Article(title, rng.choice(OUTLETS), day, cast)
        parts = _Parts(made)
        self._counted(parts, None)
        for turn in range(quotations):
            self._quotation(parts, cast[turn % len(cast)])
        made.text = parts.text()
        return made

    def _question(self) -> int:
        return self.rng.choices(range(len(self.asked)), cum_weights=self._question_weights)[0]

    def _quotation(self, parts: _Parts, speaker: int) -> None:
        roll = self.rng.random()
        if roll < 0.42:
            self._direct(parts, speaker)
        elif roll < 0.84:
            self._counted(parts, speaker)
        elif roll < 0.94:
            self._mixed(parts, speaker)
        else:
            self._planned(parts, speaker)

    def _direct(self, parts: _Parts, speaker: int) -> None:
        rng = self.rng
        words = f"{rng.choice(OPENINGS)} the {rng.choice(NOUNS)}s of {rng.choice(PLACES)} {rng.choice(RESTS)}"
        start = parts.add(f"“{words},”")
        source, cue = parts.add(" ", speaker_name(speaker)), parts.add(" ", "said")
        parts.end("direct", "speech", f"“{words},”", start, ("said", cue), (speaker_name(speaker), source), speaker)

    def _mixed(self, parts: _Parts, speaker: int) -> None:
        rng = self.rng
        source = parts.add(speaker_name(speaker))
        cue = parts.add(" ", "said")
        content = f"the plan for {rng.choice(PLACES)} was “{rng.choice(ADJECTIVES)} and {rng.choice(ADJECTIVES)}”"
        start = parts.add(" ", content)
        parts.end("mixed", "speech", content, start, ("said", cue), (speaker_name(speaker), source), speaker)

    def _planned(self, parts: _Parts, speaker: int) -> None:
        source = parts.add(speaker_name(speaker))
        cue = parts.add(" ", "plans")
        content = f"to visit the {self.rng.choice(NOUNS)}s of {self.rng.choice(PLACES)}"
        start = parts.add(" ", content)
        parts.end("indirect", "thought", content, start, ("plans", cue), (speaker_name(speaker), source), speaker)

    def _counted(self, parts: _Parts, speaker: int | None) -> None:
        """A sentence with a figure: what the speaker says, or without one what the article does."""
        rng, question = self.rng, self._question()
        high: float | None
        direction: str | None
        noun, place, verb = self.asked[question]
        value = int(rng.lognormvariate(5, 2)) + 2
        cue = source = None
        if speaker is not None:
            # One in seven is somebody whom nobody names.
            name = "An official" if rng.random() < 0.15 else speaker_name(speaker)
            source = (name, parts.add(name))
            cue = ("said", parts.add(" ", "said"))
            speaker = speaker if name != "An official" else None
            parts.add(" ")
        start, year = parts.length, 2010 + rng.randrange(15)
        kind = rng.random()
        if kind < 0.25:
            direction = rng.choice(("up", "down"))
            low, comparator, unit = float(value % 90 + 1), "=", "percent"
            words, high = f"{low:.0f} percent", low
            parts.add(f"the number of {noun}s in {place} {'rose' if direction == 'up' else 'fell'} by ")
            at, tail = parts.add(words), f" in {year}"
        else:
            low, comparator, unit = float(value), "=", noun
            words, high, direction = f"{value:,} {noun}s", low, None
            if kind > 0.8:
                words, high, comparator = f"more than {words}", None, ">"
            at, tail = parts.add(words), f" in {place} were {verb} in {year}"
        parts.add(tail)
        figure = Stated(words, low, high, comparator, direction, unit, at)
        parts.end("indirect", "speech", parts.since(start), start, cue, source, speaker, figure, question)


class _Parts:
    """A text in the making, and where its pieces stand."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._pieces: list[str] = []
        self.length = self._sentence = 0

    def add(self, *pieces: str) -> int:
        """Append; the offset of the last piece."""
        self._pieces += pieces
        self.length += sum(map(len, pieces))
        return self.length - len(pieces[-1])

    def since(self, start: int) -> str:
        """What stands from an offset on."""
        return self.text()[start:]

    def end(
        self,
        kind: str,
        act: str,
        content: str,
        start: int,
        cue: tuple[str, int] | None,
        source: tuple[str, int] | None,
        speaker: int | None,
        figure: Stated | None = None,
        question: int | None = None,
    ) -> None:
        """End the sentence and keep what was said in it."""
        self.add(".")
        sentence = (self._sentence, self.length)
        self._article.said.append(Said(kind, act, content, start, sentence, cue, source, speaker, figure, question))
        self.add("\n\n")
        self._sentence = self.length

    def text(self) -> str:
        """Everything so far."""
        if len(self._pieces) > 1:
            self._pieces = ["".join(self._pieces)]
        return self._pieces[0] if self._pieces else ""


def each_share(whole: int, parts: int) -> Iterator[int]:
    """`whole` in so many nearly equal parts."""
    for number in range(parts):
        yield (number + 1) * whole // parts - number * whole // parts
