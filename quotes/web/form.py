"""What a form sent: its fields by name; one that was not sent is empty."""

from __future__ import annotations


class Form(dict[str, str]):
    """A form's fields."""

    def __missing__(self, key: str) -> str:
        return ""
