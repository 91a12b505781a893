"""An input → its bytes, from wherever it is.

In: an `Input`.  Out: its bytes, never more than a text that is not too large can have, or an
`InputError`.  Other places (the web) join in `LOADERS`.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from quotes.errors import InputError
from quotes.reading.decoding import HEAD_BYTES, MAX_CHARS, check_is_text, too_large
from quotes.reading.inputs import Input, Place

MAX_BYTES = 4 * MAX_CHARS
"""No character takes more than four bytes in UTF-8."""


def load(item: Input, stdin: BinaryIO) -> bytes:
    """The bytes of an input; raises InputError when it cannot be read, is no text or is too large."""
    return LOADERS[item.place](item, stdin)


def _load_file(item: Input, _: BinaryIO) -> bytes:
    path = item.path or Path(item.name)
    try:
        status = path.stat()
        _check_is_file(item.name, status.st_mode)
        with path.open("rb") as file:
            return _load_stream(item.name, file, status.st_size)
    except FileNotFoundError as error:
        raise InputError(item.name, "no such file; check the path, and where it leads if it is a link") from error
    except PermissionError as error:
        raise InputError(item.name, "permission denied; make it readable (chmod +r)") from error
    except OSError as error:
        raise InputError(item.name, f"cannot be read ({error.strerror or error}); check it and try again") from error


def _check_is_file(name: str, mode: int) -> None:
    # Opening a pipe would wait for ever for someone to write into it.
    if stat.S_ISDIR(mode):
        raise InputError(name, "is a folder, not a file; name the folder itself to read what is in it")
    if not stat.S_ISREG(mode):
        raise InputError(name, "is not a regular file; send its content to standard input and use -")


def _load_stdin(item: Input, stdin: BinaryIO) -> bytes:
    return _load_stream(item.name, stdin)


def _load_stream(name: str, stream: BinaryIO, size: int = 0) -> bytes:
    """Look at the first bytes before the rest is read: a large file of no use is told from them alone."""
    head = stream.read(HEAD_BYTES)
    check_is_text(name, head)
    if size > MAX_BYTES:
        raise too_large(name, f"{size:,} bytes")
    data = head + stream.read(MAX_BYTES + 1 - len(head))
    if len(data) > MAX_BYTES:
        raise too_large(name, f"more than {MAX_BYTES:,} bytes")
    return data


def _load_web(item: Input, _: BinaryIO) -> bytes:
    raise InputError(item.name, "reading from the web is not there yet; save the page as text")


LOADERS: Mapping[Place, Callable[[Input, BinaryIO], bytes]] = {
    "file": _load_file,
    "stdin": _load_stdin,
    "web": _load_web,
}
