"""The text of a Doc, joined once.

`doc.text` puts it together anew at every access, which cost this stage more than all its rules.
"""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Doc


@lru_cache(maxsize=1)
def text_of(doc: Doc) -> str:
    """`doc.text`, kept for the Doc in hand (a Doc's words never change, and it is hashed by identity)."""
    return doc.text
