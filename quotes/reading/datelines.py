"""What stands printed above an article: date, byline, and the dateline (where the news comes from, by which agency).

In: a text.  Out: `Dateline`.  Invariant: the text is not changed; place, agency and author are
stretches of it, and `body_start` is where the article proper begins.

    date 2025-02-13 SAN SALVADOR (Reuters): …      PARIS, Aug 31 (Reuters) - …       By Ada Ling
    RENO, Nev. (AP) — …                            New York (AFP) – …                February 13, 2025
    MIAMI — …                                      (Reuters) - …

Newspapers set the place in capitals, so without a known agency only capitals are believed, and not
what else they set so: tags (EXCLUSIVE —), bodies (NATO —), headlines.  A date without a year is
passed over: nothing here knows the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from quotes.models import Span
from quotes.reading.dates import DAY, FULL, MONTH, WEEKDAY, parse_date
from quotes.reading.places import is_dateline, is_known_agency

_MOST_LINES = 6
_LONGEST_LINE_ABOVE = 250
"""A longer line is the article itself: no dateline comes after it."""
_LONGEST_HEAD = 100
_SHORTEST_BODY = 40
"""Without an agency, a paragraph must follow the dash, not the end of a headline: so much of one, or a sentence."""

_LINE_END = re.compile(r"[\r\n]")
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)")
_SENTENCE_END = re.compile(r"""[.!?…]["'”’]*[*_]{0,3}\s?\Z""")
_SPACE = re.compile(r"[\s\ufeff]*")
_INDENT = re.compile(r"[\s\ufeff]*[*_]{0,3}")
_MARK = re.compile(r"\s*[—―]\s*|\s+(?:–|--+|-)\s*|(?:–|--+)\s+|(?<=[)/])\s*(?:--+|[:-])\s*")

_LABEL = r"(?P<label>(?:dated?|published|posted)(?:\s+on)?\s*:?\s+)"
_TIME = r"(?:(?:,|\bat\b|\s)*\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\b\.?)?\s*(?:[A-Z]{2,4}\b)?)?"
_DATE = re.compile(rf"{_LABEL}?(?P<date>{FULL}){_TIME}[,.:|]*[^\S\r\n]*", re.IGNORECASE)

_DAY_OF_YEAR = rf"(?:{WEEKDAY},?\s+)?(?:{MONTH}\s+{DAY}|{DAY}\s+{MONTH})"
_HEAD = re.compile(
    r"(?P<place>.+?)??"
    rf"(?:(?:^|[,\s]+)(?P<date>{FULL}|{_DAY_OF_YEAR})|,\s*{WEEKDAY})?"
    r"(?:\s*\((?P<agency>[^()]+)\)|\s*/(?P<service>[^/]+)/)?",
    re.IGNORECASE,
)

_NAME_WORD = r"[^\W\d_a-z][\w.’'-]*"
_NAME = rf"{_NAME_WORD}(?:[ \t]+(?:(?:al|bin|da|de|del|den|der|di|du|la|le|van|von)[ \t]+)*{_NAME_WORD}){{1,3}}"
_AND = r"[ \t]*(?:,|,?[ \t](?:and|AND)\b|&)[ \t]*"
_BYLINE = re.compile(
    rf"(?:By|BY)[ \t]+(?P<author>{_NAME}(?:{_AND}{_NAME})*)(?:[ \t]*[,|/–—-][^.!?\r\n]{{0,60}})?[ \t*_]*"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands above an article; None where nothing says so."""

    place: str | None = None
    """As printed, the region included: SAN SALVADOR; RENO, Nev."""
    agency: str | None = None
    published: str | None = None
    author: str | None = None
    body_start: int = 0


def find_dateline(text: str) -> Dateline:
    """Read the date, the byline and the dateline in the first lines of a text."""
    above = Dateline()
    for start, end in first_lines(text):
        indent = _INDENT.match(text, start, end)
        begin = indent.end() if indent else start
        date = _DATE.match(text, begin, end)
        published = above.published or (parse_date(date["date"]) if date else None)
        line = _read_head(text, date.end() if date else begin, end)
        if line:
            return replace(line, published=published or line.published, author=above.author)
        if date and published and _stands_alone(date, end):
            above = replace(above, published=published, body_start=_skip_space(text, date.end()))
        elif end - start > _LONGEST_LINE_ABOVE:
            break
        elif byline := _BYLINE.fullmatch(text, begin, end):
            author = " ".join(byline["author"].split())
            above = replace(above, author=above.author or author, body_start=_skip_space(text, end))
    return above


def first_lines(text: str) -> Iterator[Span]:
    """The first lines that are not blank: all that can stand above an article."""
    position = 0
    for _ in range(_MOST_LINES):
        ink = _skip_space(text, position)
        if ink == len(text):
            return
        start = max(position, *(text.rfind(end, position, ink) + 1 for end in "\r\n"))
        line_end = _LINE_END.search(text, ink)
        position = line_end.start() if line_end else len(text)
        yield start, position


def _stands_alone(date: re.Match[str], line_end: int) -> bool:
    """Whether a date is no part of a sentence: nothing follows it on its line, or it is labelled `date`."""
    return date.end() == line_end or (date["label"] or "").lower().startswith("date")


def _read_head(text: str, start: int, end: int) -> Dateline | None:
    """The dateline that begins at `start`; None where there is none."""
    mark = _MARK.search(text, start, min(end, start + _LONGEST_HEAD))
    head_end, body = (mark.start(), mark.end()) if mark else (end, end)
    if head_end - start > _LONGEST_HEAD:
        return None
    match = _HEAD.fullmatch(text[start:head_end].rstrip("*_ \t"))
    if not match:
        return None
    place = (match["place"] or "").strip(" ,") or None
    agency = (match["agency"] or match["service"] or "").strip() or None
    if not is_dateline(place, agency) or not _is_followed_by_body(text, body, end, agency):
        return None
    if match["service"] and not is_known_agency(match["service"]):
        return None
    return Dateline(place, agency, parse_date(match["date"] or ""), body_start=_skip_space(text, body))


def _is_followed_by_body(text: str, body: int, line_end: int, agency: str | None) -> bool:
    if agency:
        return body < line_end or is_known_agency(agency)
    if body == line_end or text[body].islower():
        return False
    beginning = text[body : body + _SHORTEST_BODY]
    is_long = len(beginning) == _SHORTEST_BODY and not _BLANK_LINE.search(beginning)
    return is_long or bool(_SENTENCE_END.search(text[body:line_end]))


def _skip_space(text: str, start: int) -> int:
    match = _SPACE.match(text, start)
    return match.end() if match else start
