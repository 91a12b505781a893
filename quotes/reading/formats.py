"""Bytes → text and what its format tells about it.

In: bytes and the name they came under.  Out: `Article`.  Web pages, feeds and archives join in
`FORMATS`, each with a function from bytes; `format_of` says which is which.
Invariant: the text is the end of the decoded bytes, unchanged; for plain text all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from quotes.errors import InputError
from quotes.reading.decoding import decode
from quotes.reading.frontmatter import has_front_matter, split_front_matter
from quotes.reading.metadata import Metadata, read_metadata

Format = Literal["text", "markdown", "page"]

_MARKDOWN = (".md", ".markdown")
_PAGES = (".html", ".htm", ".xhtml")
_PAGE_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Article:
    """A text, and what its format says about it."""

    text: str
    format: Format
    metadata: Metadata


def parse(name: str, data: bytes) -> Article:
    """The article in some bytes; raises InputError when they cannot be read or hold no words."""
    return FORMATS[format_of(name, data)](name, data)


def format_of(name: str, data: bytes) -> Format:
    """The format of some bytes, by the ending of their name and by how they begin."""
    suffix = PurePath(name).suffix.lower()
    if suffix in _PAGES or _PAGE_HEAD.match(data):
        return "page"
    return "markdown" if suffix in _MARKDOWN else "text"


def _parse_text(name: str, data: bytes) -> Article:
    text = _decode(name, data)
    # Standard input has no ending to go by, and people pipe their Markdown files as well.
    if name == "-" and has_front_matter(text):
        return _parse_markdown(name, data)
    return Article(text, "text", Metadata())


def _parse_markdown(name: str, data: bytes) -> Article:
    text = _decode(name, data)
    values, start = split_front_matter(name, text)
    if _is_blank(text[start:]):
        raise InputError(name, "has front matter but no article below it; put the text there, or leave it out")
    return Article(text[start:], "markdown", read_metadata(name, values))


def _parse_page(name: str, _: bytes) -> Article:
    raise InputError(name, "is a web page, and reading those is not there yet; save the page as text")


def _decode(name: str, data: bytes) -> str:
    text = decode(name, data)
    if _is_blank(text):
        raise InputError(name, "is empty; put the text of an article in it, or leave it out")
    return text


def _is_blank(text: str) -> bool:
    return not text.replace("\ufeff", "").strip()


FORMATS: Mapping[Format, Callable[[str, bytes], Article]] = {
    "text": _parse_text,
    "markdown": _parse_markdown,
    "page": _parse_page,
}
