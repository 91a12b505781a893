"""What several articles print in the same words is shown once, with where else it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from quotes.web.site import Row


def once(found: Iterable[Row], key: Callable[[Row], tuple[object, ...]]) -> list[dict[str, Any]]:
    """Rows with an equal key as one, in the order of the first of each: the one published first, others as `copies`.

    Each has `outlets`: one copy of each further outlet, by name of the outlet.
    """
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in found:
        groups.setdefault(key(row), []).append(row)
    return [_one(group) for group in groups.values()]


def _one(group: Sequence[Row]) -> dict[str, Any]:
    first, *copies = sorted(group, key=lambda row: (row["published"] is None, row["published"] or ""))
    others = {str(row["outlet"]): row for row in copies if row["outlet"] and row["outlet"] != first["outlet"]}
    return {**first, "copies": copies, "outlets": sorted(others.items())}


def letters(text: object) -> str:
    """A text without marks, spaces and punctuation: what reprints have in common."""
    return "".join(filter(str.isalnum, str(text))).casefold()


def first_of_each(rows: Sequence[Row], column: str, most: int) -> list[dict[str, Any]]:
    """The first row for each value of a column, at most so many; `more` counts the other rows with that value."""
    found: dict[object, dict[str, Any]] = {}
    for row in rows:
        if row[column] in found:
            found[row[column]]["more"] += 1
        else:
            found[row[column]] = {**row, "more": 0}
    return list(found.values())[:most]
