"""Inputs → Documents: what a user names on the command line becomes articles with exact text and what is known of them.

In: arguments (a file, a folder, a glob pattern, `-` for standard input).  Out: one `Document` for each
article, or an `InputError` that names the input and the mend; one broken input never stops the others.
Invariant: the text of a document is the text of its file, unchanged, so offsets are exact.

    inputs.py       arguments → named inputs, one by one
    loading.py      an input → its bytes: the door for the web
    decoding.py     bytes → text, or why they are none
    formats.py      bytes → text and what its format tells about it: the door for pages, feeds and archives
    frontmatter.py  the YAML head of a Markdown file
    datelines.py    dateline, date line and byline above an article
    titles.py       the headline in an article's own text
    documents.py    all of it together
"""

from quotes.reading.decoding import MAX_CHARS
from quotes.reading.documents import read, read_all
from quotes.reading.inputs import Input, expand

__all__ = ["MAX_CHARS", "Input", "expand", "read", "read_all"]
