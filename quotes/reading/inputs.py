"""Arguments → inputs: what there is to read, one named thing at a time.

In: what a user typed.  Out: lazily, an `Input` for each thing to read, or an `InputError` for an
argument that names nothing.  Invariant: the same arguments give the same inputs in the same order.

A folder is walked with everything below it, in the order of names.  Hidden files and folders are
skipped, and files named README.md, which tell about a folder and are no articles of it.  A file
that is named itself, or by a pattern, is read whatever it is called.
"""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from quotes.errors import InputError

Place = Literal["file", "stdin", "web"]

STDIN = "-"
SUFFIXES = (".txt", ".md", ".markdown", ".text")
"""What a file in a folder must end with to be taken for an article."""

_SKIPPED = "readme.md"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_ENDINGS = ", ".join(f"*{suffix}" for suffix in SUFFIXES)


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read."""

    name: str
    """As given, or the path where it was found in a folder; unprintable characters are written as escapes."""
    place: Place
    path: Path | None = None
    """Where a file lies; None for what is no file."""


Found = Iterator[Input | InputError]


def expand(arguments: Iterable[str]) -> Found:
    """Yield everything that the arguments name, and an InputError for each that names nothing."""
    for argument in arguments:
        yield from _expand_one(argument)


def printable(name: str) -> str:
    """A name on one line that can be shown and stored: control characters and undecodable bytes as escapes."""
    if name.isprintable():
        return name
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in name)


def _expand_one(argument: str) -> Found:
    name = printable(argument)
    if argument == STDIN:
        yield Input(name, "stdin")
    elif _ADDRESS.match(argument):
        yield Input(name, "web")
    elif not argument:
        yield InputError("''", "an empty name; name a file, a folder, a pattern, or - for standard input")
    else:
        yield from _expand_path(argument)


def _expand_path(argument: str) -> Found:
    try:
        mode = Path(argument).stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        yield from _expand_pattern(argument) if glob.has_magic(argument) else [_missing(argument)]
    except (OSError, ValueError) as error:
        yield _unreadable(argument, error)
    else:
        yield from _expand_folder(Path(argument)) if stat.S_ISDIR(mode) else [_file(Path(argument), argument)]


def _expand_pattern(pattern: str) -> Found:
    # Path.glob takes no absolute pattern and reads hidden files.
    matches = sorted(glob.iglob(pattern, recursive=True))  # noqa: PTH207
    files = [match for match in matches if not Path(match).is_dir()]
    if files:
        yield from (_file(Path(match)) for match in files)
    elif matches:
        yield InputError(printable(pattern), "matches only folders; add /**/*.txt to reach the files in them")
    else:
        yield InputError(printable(pattern), "no file matches this pattern; check the folder and the ending")


def _expand_folder(folder: Path) -> Found:
    found = False
    for item in _walk(folder):
        found = True
        yield item
    if not found:
        yield InputError(printable(str(folder)), f"no article in this folder; put {_ENDINGS} files in it")


def _walk(folder: Path) -> Found:
    """Depth first in the order of names, without following links to folders, which may go round in circles."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path is not folder and not (path.is_dir() and not path.is_symlink()):
            yield _file(path)
            continue
        try:
            waiting += sorted((Path(entry.path) for entry in os.scandir(path) if _is_wanted(entry)), reverse=True)
        except OSError as error:
            yield _unreadable(str(path), error)


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith("."):
        return False
    name = entry.name.lower()
    return entry.is_dir(follow_symlinks=False) or (name.endswith(SUFFIXES) and name != _SKIPPED)


def _file(path: Path, name: str | None = None) -> Input:
    return Input(printable(name or str(path)), "file", path)


def _missing(argument: str) -> InputError:
    return InputError(printable(argument), "no such file or folder; check the path, or use - for standard input")


def _unreadable(name: str, error: OSError | ValueError) -> InputError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return InputError(printable(name), f"cannot be read ({reason.lower()}); check its permissions and its path")
