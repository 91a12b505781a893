"""The scale of verdicts: what the plugin setting `ratings` says, else a scale of five.

`plugins: quotes: ratings:` in metadata.yml is a list of words, or of a word with its meaning and its place on a
scale of numbers: `{name: "False", description: "The figures say otherwise", value: 1}`.  A rating without a value is
outside the scale, as what cannot be told is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datasette.app import Datasette


class Rating(NamedTuple):
    """One word of the scale, what it means, and its number (1 is the worst), if it has one."""

    name: str
    description: str = ""
    value: float | None = None


DEFAULT = (
    Rating("True", "The evidence bears it out", 5),
    Rating("Mostly true", "Right in the main, with a slip that changes little", 4),
    Rating("Misleading", "The words are right, what they make one believe is not", 2),
    Rating("False", "The evidence says otherwise", 1),
    Rating("Unproven", "There is not enough evidence to tell"),
)
"""Without a setting."""


def scale(datasette: Datasette) -> tuple[Rating, ...]:
    """The ratings that may be given here, each once, in the order of the setting."""
    setting = (datasette.plugin_config("quotes") or {}).get("ratings")
    read = [_rating(entry) for entry in setting] if isinstance(setting, list) else []
    named = {rating.name: rating for rating in reversed(read) if rating.name}
    return tuple(rating for rating in dict.fromkeys(read) if named.get(rating.name) is rating) or DEFAULT


def _rating(entry: object) -> Rating:
    # YAML reads an unquoted True as a boolean.
    if not isinstance(entry, dict):
        return Rating(str(entry).strip())
    value = entry.get("value")
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    return Rating(str(entry.get("name", "")).strip(), str(entry.get("description") or "").strip(), number)
