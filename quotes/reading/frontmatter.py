"""The YAML head of a Markdown file, and the article below it.

In: the text of the file.  Out: the head's keys and values, and where the text below it starts.

Values are read as they are written, not as YAML would guess (no: false, 1.10: 1.1), so a title
stays what it was, and only a date is read as a date.
"""

from __future__ import annotations

import re

import yaml

from quotes.errors import InputError

_BREAK = r"(?:\r\n|\r|\n)"
_OPENING = re.compile(rf"\ufeff?---[ \t]*{_BREAK}")
_CLOSING = re.compile(rf"(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:{_BREAK}|\Z)")
_FIRST_KEY = re.compile(r"(?:#[^\r\n]*[\r\n]+)*[A-Za-z_-]+[ \t]*:")
_LONGEST = 20_000
"""Behind so many characters a line of dashes divides an article."""
_FIRST_LINE = 2  # line 1 is the opening ---


def has_front_matter(text: str) -> bool:
    """Whether a text of no known format opens with front matter, not just with a dividing line."""
    opening = _OPENING.match(text)
    return bool(opening and _FIRST_KEY.match(text, opening.end()) and _CLOSING.search(text, opening.end()))


class _PlainLoader(yaml.BaseLoader):
    """Strings, lists, dicts and null, nothing else: as safe as SafeLoader, without its guesses about yes, no and 1.10.

    Null is null only where it is not quoted: an author may be called 'Null'.
    """


_NULL = "tag:yaml.org,2002:null"
_PlainLoader.add_implicit_resolver(_NULL, re.compile(r"(?:~|null|Null|NULL)$"), list("~nN"))
_PlainLoader.add_constructor(_NULL, lambda _loader, _node: None)


def split_front_matter(name: str, text: str) -> tuple[dict[str, object], int]:
    """The values in the head of a Markdown text, and where the text below starts; raises InputError for a bad head."""
    opening = _OPENING.match(text)
    if not opening:
        return {}, 0
    closing = _CLOSING.search(text, opening.end())
    if not closing or closing.start() > _LONGEST:
        raise InputError(name, "front matter opens on line 1 and is never closed; end it with a line of ---")
    return _read_yaml(name, text[opening.end() : closing.start()]), closing.end()


def _read_yaml(name: str, head: str) -> dict[str, object]:
    try:
        values = yaml.load(head, Loader=_PlainLoader)  # noqa: S506
    except yaml.YAMLError as error:
        line, problem = _explain(error, head)
        mend = "write key: value, the value in quotation marks if it holds a colon"
        raise InputError(name, f"front matter, line {line}: {problem}; {mend}") from error
    except RecursionError as error:
        raise InputError(name, "front matter is nested too deep; write key: value, one a line") from error
    if values in (None, ""):
        return {}
    if not isinstance(values, dict):
        raise InputError(name, f"front matter, line {_FIRST_LINE}: no key; write key: value, or leave out the ---")
    return {str(key): value for key, value in values.items()}


def _explain(error: yaml.YAMLError, head: str) -> tuple[int, str]:
    """The line of the file and what is wrong there."""
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        return (mark.line if mark else 0) + _FIRST_LINE, " ".join((error.problem or "cannot be read").split())
    before = head[: getattr(error, "position", 0)]
    return len(re.findall(_BREAK, before)) + _FIRST_LINE, "a control character"
