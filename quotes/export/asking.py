"""Asking a database: one function that runs a query, so that the command line and the site read the same rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

Row = dict[str, Any]
Ask = Callable[[str, Mapping[str, Any]], list[Row]]
"""SQL and its named parameters → rows by column."""


def asking(connection: sqlite3.Connection) -> Ask:
    """Queries on a connection, whatever its row factory is."""

    def ask(sql: str, parameters: Mapping[str, Any]) -> list[Row]:
        cursor = connection.execute(sql, parameters)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, tuple(row), strict=True)) for row in cursor]

    return ask
