"""What the lists people browse show beside the columns of their view."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from quotes.web.site import Row, rows

if TYPE_CHECKING:
    from datasette.app import Datasette

MOST_ANSWERS = 30
"""Answers of one question whose figures are looked at: a list has to be there at once."""

_FIGURES = f"""
FROM (
    SELECT id FROM claims WHERE question_id = questions.id AND is_current = 1 AND copy_of IS NULL LIMIT {MOST_ANSWERS}
) AS answers
JOIN figures ON figures.claim_id = answers.id
WHERE figures.unit IS questions.unit AND figures.role <> 'from'
"""
RANGES = f"""
SELECT questions.id, questions.unit,
    (SELECT min(coalesce(value_min, value_max)) {_FIGURES}) AS low,
    (SELECT max(coalesce(value_max, value_min)) {_FIGURES}) AS high
FROM questions WHERE questions.id IN (SELECT value FROM json_each(?))
"""
_LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


async def answer_ranges(datasette: Datasette, database: str, shown: Iterable[Row]) -> Mapping[str, str]:
    """From the least to the greatest answer to each question of a page, by the question's id, in words."""
    asked = {row["question_id"]: row for row in shown if _has(row, "question_id")}
    found = await rows(datasette.databases[database], RANGES, [json.dumps(list(asked))])
    return {
        row["id"]: range_words(row["low"], row["high"], row["unit"]) + _so_far(asked[row["id"]])
        for row in found
        if row["low"] is not None
    }


def _so_far(row: Row) -> str:
    """What is said of a question with more answers than are looked at."""
    more = _has(row, "answers") and row["answers"] > MOST_ANSWERS
    return f" in {MOST_ANSWERS} of them" if more else ""


def _has(row: Row, column: str) -> bool:
    try:
        return row[column] is not None
    except KeyError:
        return False


def range_words(low: float, high: float, unit: str | None) -> str:
    """Two ends with a sign for percent and money: "7.5–8%", "USD 300–410 million"; other units the question says."""
    if unit is None and 0 < low <= high <= 1 and low < 1:
        return range_words(round(100 * low), round(100 * high), "percent")  # a half, two thirds
    size, name = next((each for each in _LARGE if min(abs(low), abs(high)) >= each[0]), (1.0, ""))
    ends = dict.fromkeys((_number(low / size), _number(high / size)))
    words = f"{'–'.join(ends)} {name}".strip()
    if unit == "percent":
        return f"{words}%"
    return f"{unit} {words}" if unit and unit.isupper() else words


def _number(value: float) -> str:
    return f"{round(value, 2):,.10g}"
