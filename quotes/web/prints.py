"""What several articles print in the same words is shown once, with where else it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from quotes.web.site import Row


def once(rows: Iterable[Row], *columns: str) -> list[dict[str, Any]]:
    """The first row of each that have the same in these columns, but for spacing; the others are its `also`."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows:
        key = tuple(" ".join(str(row[column]).split()) for column in columns)
        if key in found:
            found[key]["also"].append(row)
        else:
            found[key] = {**row, "also": []}
    return list(found.values())


def first_of_each(rows: Sequence[Row], column: str, most: int) -> list[dict[str, Any]]:
    """The first row for each value of a column, at most so many; `more` counts the other rows with that value."""
    found: dict[object, dict[str, Any]] = {}
    for row in rows:
        if row[column] in found:
            found[row[column]]["more"] += 1
        else:
            found[row[column]] = {**row, "more": 0}
    return list(found.values())[:most]
