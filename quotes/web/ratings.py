"""The scale of verdicts of a site: what its plugin settings say, see `quotes.export.settings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.export.settings import Rating, ratings_of

if TYPE_CHECKING:
    from datasette.app import Datasette


def scale(datasette: Datasette) -> tuple[Rating, ...]:
    """The ratings that may be given here, each once, in the order of the setting."""
    return ratings_of(datasette.plugin_config("quotes") or {})
