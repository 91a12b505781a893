"""A file or an address of the web → its text."""

from __future__ import annotations

import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from quotes.errors import InputError

MOST_BYTES = 500_000_000
"""The feed of all fact-checks has some hundred million bytes."""
_SECONDS = 60


def load_text(name: str) -> str:
    """The text of a file, or of an http(s) address.

    Raises InputError where it cannot be read, is too large, or is not UTF-8.
    """
    data = _fetch(name) if "://" in name else _read(name)
    if len(data) > MOST_BYTES:
        raise InputError(name, f"is larger than {MOST_BYTES:,} bytes; import it in parts")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(name, "is not UTF-8 text: save it as UTF-8") from error


def _read(name: str) -> bytes:
    try:
        with Path(name).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise InputError(name, f"cannot be read ({problem}); check the path") from error


def _fetch(address: str) -> bytes:
    if urlsplit(address).scheme.lower() not in {"http", "https"}:
        raise InputError(address, "is no address of the web; give a file, http:// or https://")
    request = urllib.request.Request(address, headers={"User-Agent": "quotes (fact-check import)"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - the scheme is checked above
            data: bytes = answer.read(MOST_BYTES + 1)
            return data
    except (urllib.error.URLError, HTTPException, OSError, ValueError) as error:
        raise InputError(address, f"cannot be fetched ({getattr(error, 'reason', None) or error})") from error
