"""Bytes → text, or why they are none.

In: bytes.  Out: the text they are in UTF-8, unchanged: line ends, byte order mark and all.
Invariant: `decode(name, data).encode() == data`.
"""

from __future__ import annotations

from quotes.errors import InputError

MAX_CHARS = 1_000_000
"""The longest text that is read: spaCy's own limit, above which parsing takes more memory than most machines have."""

HEAD_BYTES = 4096

_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"SQLite format 3\x00", "a database"),
)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def check_is_text(name: str, head: bytes) -> None:
    """Raise InputError when the first bytes of an input show that it is no text."""
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise InputError(name, f"is not text but {what}; save its words as plain text")
    if head.startswith(_UTF16_MARKS):
        raise InputError(name, "is text in UTF-16; convert it to UTF-8")
    if b"\0" in head:
        raise InputError(name, f"is not text (a NUL byte at byte {head.index(0)}); save its words as plain text")


def decode(name: str, data: bytes) -> str:
    """The text of some bytes; raises InputError when they are no UTF-8, or too many."""
    check_is_text(name, data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 (byte {error.start} is 0x{data[error.start]:02x}); convert it to UTF-8"
        raise InputError(name, problem) from error
    if len(text) > MAX_CHARS:
        raise too_large(name, f"{len(text):,} characters")
    return text


def too_large(name: str, size: str) -> InputError:
    """The error for a text that no language model should be given in one piece."""
    return InputError(name, f"too large: {size}, the limit is {MAX_CHARS:,} characters; split it, one article a file")
