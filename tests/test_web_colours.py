"""Words can be read on every ground of the site, in daylight and in the dark: WCAG 2.2, 4.5 to 1 (fields' edges 3 to 1)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SHEET = Path(__file__).resolve().parent.parent / "quotes" / "web" / "static" / "quotes.css"
GROUNDS = {"light": 1, "dark": 2}
WORDS = [
    *((words, ground) for words in ("ink", "soft", "accent", "accent-strong", "cue", "flag") for ground in ("paper", "ground")),
    *(("ink", ground) for ground in ("direct", "mixed", "indirect", "sentence", "accent-soft")),
    *(("on-accent", ground) for ground in ("accent", "claim-line", "mixed-line", "indirect-line")),
]  # fmt: skip
LINES = [("edge", "paper"), *((f"{kind}-line", "paper") for kind in ("direct", "mixed", "indirect", "claim"))]


def colours(ground: str) -> dict[str, str]:
    """The values of the first :root block of the sheet, or of the second."""
    block = SHEET.read_text(encoding="utf-8").split(":root {")[GROUNDS[ground]].partition("}")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("on", GROUNDS)
class TestColours:
    @pytest.mark.parametrize(("words", "ground"), WORDS)
    def test_words_stand_out(self, on: str, words: str, ground: str) -> None:
        values = colours(on)
        assert contrast(values[words], values[ground]) >= 4.5

    @pytest.mark.parametrize(("line", "ground"), LINES)
    def test_lines_that_mean_something_stand_out(self, on: str, line: str, ground: str) -> None:
        values = colours(on)
        assert contrast(values[line], values[ground]) >= 3

    def test_both_grounds_name_the_same_colours(self, on: str) -> None:
        assert colours(on).keys() == colours("light").keys()
