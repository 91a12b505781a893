"""Dates as newspapers print them.

In: words.  Out: an ISO date (2025-02-13), or a date and time where a time is given (2025-02-13T09:30:00+00:00).
Invariant: only what is certain is read; 02/03/2025, which means two days, is not.
"""

from __future__ import annotations

import re
from datetime import date, datetime

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
DAY = r"[0-3]?\d(?:st|nd|rd|th)?\b"
ISO = r"\d{4}-\d{1,2}-\d{1,2}\b(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?)?"
FULL = rf"(?:{ISO}|(?:{WEEKDAY},?\s+)?(?:{DAY}\s+{MONTH},?|{MONTH}\s+{DAY},?)\s+\d{{4}}\b)"
"""A date with its year, as a pattern for `re.IGNORECASE`."""

_FLAGS = re.IGNORECASE | re.ASCII
_ISO = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:(?:T|\s+)(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(\S*))?", _FLAGS
)
_WRITTEN = re.compile(rf"(?:{WEEKDAY},?\s+)?(?:(\d+)\w*\s+({MONTH})|({MONTH})\s+(\d+)\w*),?\s+(\d{{4}})", _FLAGS)
_FULL = re.compile(FULL, _FLAGS)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def parse_date(words: str) -> str | None:
    """The ISO form of a date in digits (2025-02-13) or in English (13 February 2025); None for anything else."""
    words = words.strip()
    try:
        if match := _ISO.fullmatch(words):
            return _from_digits(*match.groups())
        if _FULL.fullmatch(words) and (match := _WRITTEN.fullmatch(words)):
            day_first, month_after, month_first, day_after, year = match.groups()
            month = _MONTHS.index((month_after or month_first).lower()[:3]) + 1
            return date(int(year), month, int(day_first or day_after)).isoformat()
    except ValueError:  # the 31st of February, a zone that is none
        return None
    return None


def _from_digits(year: str, month: str, day: str, time: str | None, zone: str | None) -> str:
    found = date(int(year), int(month), int(day)).isoformat()
    if time is None:
        return found
    zone = "+00:00" if (zone or "").upper() in {"Z", "UTC", "GMT"} else zone or ""
    return datetime.fromisoformat(f"{found}T{time.zfill(len(time) + (time.index(':') == 1))}{zone}").isoformat()
