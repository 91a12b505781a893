"""Inputs → Documents, one at a time.

In: an `Input`, or what a user typed.  Out: a `Document`, or an `InputError`.

What front matter says wins over what the text says of itself.  A dateline's agency is never taken
for the outlet: a paper that prints a wire story is its outlet, and only front matter names the paper.

The id: an article with an address is known by it, so a corrected text is the same document;
any other by its outlet and text, so a file may be moved, and a wire story that two outlets print is two documents.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from quotes.errors import InputError
from quotes.models import Document, make_id
from quotes.reading.datelines import find_dateline
from quotes.reading.formats import Article, parse
from quotes.reading.inputs import Input, expand
from quotes.reading.loading import load
from quotes.reading.titles import find_heading, find_title


def read_all(arguments: Iterable[str], stdin: BinaryIO | None = None) -> Iterator[Document | InputError]:
    """Yield a Document or an InputError for everything that the arguments name, in order, reading as it goes.

    `stdin` is what `-` reads; the process's own standard input when not given.
    """
    for item in expand(arguments):
        if isinstance(item, InputError):
            yield item
            continue
        try:
            document: Document | InputError = read(item, stdin)
        except InputError as error:
            document = error
        yield document


def read(item: Input, stdin: BinaryIO | None = None) -> Document:
    """Read one input; raises InputError, with the mend, when it cannot be read or holds no article."""
    data = load(item, stdin if stdin is not None else sys.stdin.buffer)
    return make_document(item.name, data)


def make_document(name: str, data: bytes) -> Document:
    """The document in some bytes that came under a name; raises InputError when there is none."""
    article = parse(name, data)
    said, found = article.metadata, find_dateline(article.text)
    return Document(
        id=_identify(article),
        input=name,
        sha256=hashlib.sha256(data).hexdigest(),
        text=article.text,
        title=said.title or (find_heading if article.format == "markdown" else find_title)(article.text),
        outlet=said.outlet,
        author=said.author or found.author,
        published=said.published or found.published,
        url=said.url,
        licence=said.licence,
        dateline=found.place,
        agency=found.agency,
        body_start=found.body_start,
    )


def _identify(article: Article) -> str:
    if article.metadata.url:
        return make_id("d", "url", article.metadata.url)
    text_hash = hashlib.sha256(article.text.encode("utf-8")).hexdigest()
    return make_id("d", "text", article.metadata.outlet or "", text_hash)
