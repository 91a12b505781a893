"""The headline in an article's own text.

In: a text.  Out: its headline, on one line, or None.  Invariant: the text is not changed.
In Markdown it is a leading `# Heading`; in plain text a short first line with a blank line below it
that does not end like a sentence.
"""

from __future__ import annotations

import re

from quotes.reading.datelines import find_dateline, first_lines
from quotes.reading.metadata import one_line

_LONGEST_TITLE = 150
_LONGEST_HEADING = 300
_HEADING = re.compile(r"[\s\ufeff]*#[ \t](?P<words>[^\r\n]+)")
_BLANK_LINE_BELOW = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)[\s\ufeff]*\S")
_SENTENCE_END = re.compile(r"""[.,;:]["'”’»)\]]*$""")


def find_heading(text: str) -> str | None:
    """The words of a first-level heading that a Markdown text opens with."""
    match = _HEADING.match(text)
    if not match or len(match["words"]) > _LONGEST_HEADING:
        return None
    words = one_line(match["words"])
    open_end = words.rstrip("#")  # a heading may be closed: # Heading #
    return (open_end.rstrip() if open_end.endswith(" ") or not open_end else words) or None


def find_title(text: str) -> str | None:
    """The headline above a plain text: its first line, or the first below a date or a byline."""
    for start, end in first_lines(text):
        line = text[start:end]
        above = find_dateline(line)
        if above.place or above.agency:
            return None
        if above.body_start < len(line):
            return _read_title(line) if _BLANK_LINE_BELOW.match(text, end) else None
    return None


def _read_title(line: str) -> str | None:
    if len(line) > _LONGEST_HEADING:
        return None
    words = one_line(line.replace("\ufeff", ""))
    fits = len(words) <= _LONGEST_TITLE and not _SENTENCE_END.search(words) and any(c.isalpha() for c in words)
    return words if fits else None
