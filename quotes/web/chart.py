"""Answers to one question as a picture: values in, SVG out, drawn on the server.

Each answer has a row of its own, in order of time from top to bottom; its interval lies on one common scale.  Places
are in percent of the width and words in their own size, so the picture fits a phone and a desk without a script.
What an answer is shows in its shape and in words, never in colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

ROW, HEAD = 60, 26
"""Heights in pixels: of one answer, and of the scale above them."""
LEFT, RIGHT = 5.0, 95.0
"""Where the scale begins and ends, in percent of the width; open intervals reach beyond."""
LONGEST_LABEL, LONGEST_FIGURE = 50, 36
"""Characters of a row's words, so that they fit a phone; the whole stands in the row's title."""
LONGEST_ON_A_DESK = 110
"""Of who says it, where the style sheet finds room for more."""
FARTHEST = 1e100
"""Greater values are drawn here: their differences could not be computed."""
LOGARITHMIC = 200
"""The scale is logarithmic where the greatest value is so many times the least."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: an interval, open where an end is None, and who says so where and when."""

    day: str
    figure: str
    low: float | None
    high: float | None
    who: str
    outlets: tuple[str, ...]
    path: str
    states: tuple[str, ...] = ()
    """In words: denied, hedged, in conflict, this claim."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Values to places, in percent of the width."""

    least: float
    greatest: float
    is_logarithmic: bool

    def at(self, value: float) -> float:
        """The place of a value; a greater value is never farther left."""
        least, greatest, here = (self._length(each) for each in (self.least, self.greatest, _bounded(value)))
        share = 0.5 if greatest <= least else min(1.0, max(0.0, (here - least) / (greatest - least)))
        return LEFT + share * (RIGHT - LEFT)

    def ticks(self) -> list[float]:
        """Round values on the scale, at most seven, in order."""
        if self.is_logarithmic:
            powers = range(math.ceil(math.log10(self.least)), math.floor(math.log10(self.greatest)) + 1)
            return [10.0**power for power in powers][:: max(1, math.ceil(len(powers) / 6))]
        step = _round_step((self.greatest - self.least) / 4)
        first = math.ceil(self.least / step)
        return [tick * step for tick in range(first, first + 7) if tick * step <= self.greatest]

    def _length(self, value: float) -> float:
        return math.log10(max(value, self.least)) if self.is_logarithmic else value


def scale_of(answers: Sequence[Answer]) -> Scale | None:
    """The scale that all ends of all intervals lie on; None where there is none to draw."""
    ends = sorted(end for answer in answers for end in _ends(answer) if end is not None)
    if not ends:
        return None
    least, greatest = ends[0], ends[-1]
    if least > 0 and greatest / least >= LOGARITHMIC:
        return Scale(least, greatest, is_logarithmic=True)
    if least > 0 and least < greatest / 2:
        least = 0.0
    if greatest - least <= abs(greatest) * 1e-9:
        margin = abs(greatest) / 2 or 1.0
        return Scale(least - margin, greatest + margin, is_logarithmic=False)
    return Scale(least, greatest, is_logarithmic=False)


def draw(answers: Sequence[Answer], title: str, name: str = "chart") -> Markup:
    """The picture; `name` keeps its ids apart from those of another on the same page.  Empty without any figure."""
    scale = scale_of(answers)
    if scale is None:
        return Markup("")
    height = HEAD + ROW * len(answers) + 4
    described = (
        f"{len(answers)} answers from top to bottom in order of time; left is less, right is more"
        f"{' (each step of the scale is ten times the last)' if scale.is_logarithmic else ''}. "
        "A dot is one value, a bar an interval, an arrow an open end. The table has the same figures."
    )
    parts = [
        Markup(
            '<svg class="chart" width="100%" height="{}" role="group" aria-labelledby="{name}-title {name}-desc">'
            '<title id="{name}-title">{}</title><desc id="{name}-desc">{}</desc>'
        ).format(height, title, described, name=name)
    ]
    for tick in scale.ticks():
        place = scale.at(tick)
        anchor = "start" if place < 10 else "end" if place > 90 else "middle"  # words stay inside the picture
        parts.append(
            Markup(
                '<line class="grid" x1="{place:.2f}%" x2="{place:.2f}%" y1="{}" y2="{}"/>'
                '<text class="tick" x="{place:.2f}%" y="14" text-anchor="{}">{}</text>'
            ).format(HEAD - 6, height, anchor, short(tick), place=place)
        )
    parts += [_row(answer, scale, HEAD + number * ROW) for number, answer in enumerate(answers)]
    return Markup("").join([*parts, Markup("</svg>")])


def short(value: float) -> str:
    """A value of the scale in few characters: 1,200, 3M, 2.5bn."""
    for size, letter in ((1e12, "tn"), (1e9, "bn"), (1e6, "M")):
        if size <= abs(value) < size * 1e4:
            return f"{value / size:,.4g}{letter}"
    return f"{value:,.0f}" if 10 <= abs(value) < 1e6 else f"{value:.3g}"


def _row(answer: Answer, scale: Scale, top: int) -> Markup:
    said = ", ".join([answer.who, *answer.outlets[:1]])
    if len(answer.outlets) > 1:
        said += f" and {len(answer.outlets) - 1} more"
    words = " · ".join([*answer.states, said])
    whole = f"{answer.figure}: {answer.who}; {', '.join(answer.outlets)}; {answer.day}"
    whole += "".join(f"; {state}" for state in answer.states)
    classes = " ".join(["answer", *(state.replace(" ", "-") for state in answer.states)])
    return Markup(
        '<a class="{}" href="{}"><title>{}</title><rect class="ground" x="0" y="{}" width="100%" height="{}"/>'
        '<text class="value" x="0" y="{line}">{}</text>'
        '<text class="day" x="100%" y="{line}" text-anchor="end">{}</text>'
        '{}{}</a>'
    ).format(
        classes, answer.path, whole, top, ROW, cut(answer.figure, LONGEST_FIGURE), answer.day,
        _said_by(words, top + 33), _shape(answer, scale, top + 46), line=top + 17,
    )  # fmt: skip


def _said_by(words: str, y: int) -> Markup:
    """Who says it; twice where a phone has no room for it, of which the style sheet shows one."""
    text = Markup('<text class="said-by{}" x="0" y="{}">{}</text>')
    short_of_it, long_of_it = cut(words, LONGEST_LABEL), cut(words, LONGEST_ON_A_DESK)
    if short_of_it == long_of_it:
        return text.format("", y, words)
    return text.format(" on-a-phone", y, short_of_it) + text.format(" on-a-desk", y, long_of_it)


def cut(words: str, most: int) -> str:
    """At most so many characters."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _shape(answer: Answer, scale: Scale, y: int) -> Markup:
    """The interval of an answer: a dot, a bar, or a bar that ends in an arrow."""
    low, high = _ends(answer)
    if low is None and high is None:
        return Markup("")
    if low is not None and low == high:
        return _dot(answer, scale.at(low), y)
    start, end = (0.8 if low is None else scale.at(low)), (99.2 if high is None else scale.at(high))
    dashed = "5 4" if "hedged" in answer.states else "none"
    html = Markup('<line class="span" x1="{:.2f}%" x2="{:.2f}%" y1="{y}" y2="{y}" stroke-dasharray="{}"/>').format(
        start, end, dashed, y=y
    )
    for place, is_open, sign in ((start, low is None, -1), (end, high is None, 1)):
        html += (
            Markup(
                '<svg x="{:.2f}%" y="{}" overflow="visible"><path class="arrow" d="M{} -5 L0 0 L{} 5"/></svg>'
            ).format(place, y, -7 * sign, -7 * sign)
            if is_open
            else _end(place, y)
        )
    if "denied" in answer.states:
        html += _dot(answer, (start + end) / 2, y)
    return html


def _end(place: float, y: int) -> Markup:
    return Markup('<line class="end" x1="{place:.2f}%" x2="{place:.2f}%" y1="{}" y2="{}"/>').format(
        y - 6, y + 6, place=place
    )


def _dot(answer: Answer, place: float, y: int) -> Markup:
    """A filled dot; a cross for what is denied, a ring for what is hedged."""
    if "denied" in answer.states:
        return Markup(
            '<svg x="{:.2f}%" y="{}" overflow="visible"><path class="cross" d="M-5 -5 L5 5 M-5 5 L5 -5"/></svg>'
        ).format(place, y)
    kind = "ring" if "hedged" in answer.states else "dot"
    return Markup('<circle class="{}" cx="{:.2f}%" cy="{}" r="5"/>').format(kind, place, y)


def _ends(answer: Answer) -> tuple[float | None, float | None]:
    return _end_of(answer.low), _end_of(answer.high)


def _end_of(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else _bounded(value)


def _bounded(value: float) -> float:
    return max(-FARTHEST, min(FARTHEST, value))


def _round_step(width: float) -> float:
    """The next greater 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(width)) if width > 0 else 1.0
    return next((power * factor for factor in (1, 2, 5) if power * factor >= width * (1 - 1e-9)), power * 10)
