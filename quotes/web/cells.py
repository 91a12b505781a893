"""How a value looks in Datasette's tables: a quotation as a quotation, a speaker as a name, check-worthiness as a bar.

One function per kind of column; a column is known by its name, so that views and canned queries look alike.  In
comes a value with its row, out goes escaped Markup, or None where Datasette's own way is right.  A foreign key
with its label expanded arrives as {"value": id, "label": name} and is unwrapped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from markupsafe import Markup

if TYPE_CHECKING:
    from datasette.app import Datasette

SHORT_TEXT = 160
"""Characters of an article shown in a cell; the rest is one click away."""


class RowValues(Protocol):
    """A row as Datasette hands it over: values by column name."""

    def __getitem__(self, column: str, /) -> object: ...


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its value and label, and the ids that stand in the same row."""

    value: object
    label: str | None
    column: str
    table: str | None
    row: RowValues
    datasette: Datasette

    def other(self, column: str) -> object:
        """The value of another column of the row; None where there is none."""
        try:
            value = self.row[column]
        except (KeyError, IndexError):
            return None
        return _unwrap(value)[0]

    def path(self, kind: str, identifier: object, fragment: object = None) -> str:
        """The address of one of our pages."""
        return page_path(self.datasette, kind, identifier, fragment)


Render = Callable[[Cell], Markup | None]


def page_path(datasette: Datasette, kind: str, identifier: object, fragment: object = None) -> str:
    """The address of a document, speaker or claim, with the base URL of the site."""
    path = str(datasette.urls.path(f"/-/{kind}/{quote(str(identifier), safe='')}"))
    return f"{path}#{fragment}" if fragment else path


def _link(path: str, text: object) -> Markup:
    return Markup('<a href="{}">{}</a>').format(path, text)


def quotation(cell: Cell) -> Markup | None:
    """The words, set as a quotation, with a link to where they stand."""
    if not cell.value:
        return None
    context = Markup("")
    identifier, document = _own_id(cell, "quotation_id"), cell.other("document_id")
    if identifier and document:
        context = Markup(' <a class="context" href="{}">in context</a>').format(
            cell.path("document", document, identifier)
        )
    return Markup('<blockquote class="quotation-cell"><p>{}</p>{}</blockquote>').format(cell.value, context)


def claim(cell: Cell) -> Markup | None:
    """The claim, linked to its page, and a link to where it stands."""
    other = cell.column == "other_claim"
    identifier = cell.other("other_id") if other else _own_id(cell, "claim_id")
    document = cell.other("other_document_id" if other else "document_id")
    if not cell.value or not identifier:
        return None
    html = Markup('<p class="claim-cell">{}</p>').format(_link(cell.path("claim", identifier), cell.value))
    if document:
        context = Markup(' <a class="context" href="{}">in context</a>')
        html += context.format(cell.path("document", document, identifier))
    return html


def speaker(cell: Cell) -> Markup | None:
    """A speaker's name, linked to the speaker's page."""
    column = "other_speaker_id" if cell.column.startswith("other_") else "speaker_id"
    identifier = cell.other(column)
    if identifier and cell.value:
        return _link(cell.path("speaker", identifier), cell.label or cell.value)
    if cell.column == "speaker" and not cell.value:
        return Markup('<span class="nobody">not named</span>')
    return None


def document(cell: Cell) -> Markup | None:
    """A document's title, linked to the article."""
    identifier = _own_id(cell, "document_id")
    if not identifier or not cell.value:
        return None
    return _link(cell.path("document", identifier), cell.label or cell.value)


def check_worthiness(cell: Cell) -> Markup | None:
    """A bar and its number."""
    if not isinstance(cell.value, (int, float)):
        return None
    return Markup('<span class="worth"><meter min="0" max="1" value="{0:.2f}">{0:.2f}</meter> {0:.2f}</span>').format(
        float(cell.value)
    )


def yes_or_no(cell: Cell) -> Markup | None:
    """1 as yes, 0 as no."""
    if cell.value not in {0, 1}:
        return None
    return Markup("yes") if cell.value else Markup('<span class="no">no</span>')


REVIEWED = {"accepted": "✓ accepted", "fixed": "✎ fixed", "rejected": "✗ rejected"}


def review(cell: Cell) -> Markup | None:
    """What a person decided about the extraction, by sign and word."""
    words = REVIEWED.get(str(cell.value))
    if words is None:
        return None
    kind = "rejected" if cell.value == "rejected" else "reviewed"
    return Markup('<span class="state {}">{}</span>').format(kind, words)


def rating(cell: Cell) -> Markup | None:
    """The word of a verdict or of a fact-check."""
    return Markup('<span class="state rating">{}</span>').format(cell.value) if cell.value else None


def question(cell: Cell) -> Markup | None:
    """A question in words, linked to its answers."""
    identifier = cell.other("id") if cell.table == "questions" else cell.other("question_id")
    if not identifier or not cell.value:
        return None
    return _link(cell.path("question", identifier), cell.label or cell.value)


def figure(cell: Cell) -> Markup | None:
    """A figure as a figure."""
    return Markup('<b class="figure">{}</b>').format(cell.value) if cell.value else None


def small_code(cell: Cell) -> Markup | None:
    """JSON and offsets: there for who needs them, small."""
    return None if cell.value is None else Markup('<code class="small">{}</code>').format(cell.value)


def article_text(cell: Cell) -> Markup | None:
    """The beginning of an article, and a link to all of it."""
    beginning = " ".join(str(cell.value)[: SHORT_TEXT * 2].split())[:SHORT_TEXT]
    link = _link(cell.path("document", cell.other("id")), "read the article")
    return Markup("{}… {}").format(beginning, link) if cell.other("id") else None


def _own_id(cell: Cell, column: str) -> object:
    """The id a cell is about: the row's own in its table, else the column that names it."""
    own = {"quotations": "quotation_id", "claims": "claim_id", "documents": "document_id"}
    return cell.other("id") if own.get(cell.table or "") == column else cell.other(column)


ANYWHERE: dict[str, Render] = {
    "quotation": quotation,
    "thought": quotation,
    "claim": claim,
    "other_claim": claim,
    "speaker": speaker,
    "speaker_id": speaker,
    "other_speaker": speaker,
    "asserted_by": speaker,
    "other_asserted_by": speaker,
    "document": document,
    "document_id": document,
    "question": question,
    "question_id": question,
    "figure": figure,
    "figures": figure,
    "review": review,
    "rating": rating,
    "check_worthiness": check_worthiness,
    "is_denied": yes_or_no,
    "is_hedged": yes_or_no,
    "is_flagged": yes_or_no,
    "is_current": yes_or_no,
    "content_spans": small_code,
    "cue_spans": small_code,
    "source_spans": small_code,
    "terms": small_code,
    "settings": small_code,
    "evidence": small_code,
    "sha256": small_code,
}
IN_TABLE: dict[tuple[str, str], Render] = {
    ("quotations", "content"): quotation,
    ("claims", "text"): claim,
    ("documents", "title"): document,
    ("questions", "label"): question,
    ("documents", "text"): article_text,
}


def renderer(table: str | None, column: str) -> Render | None:
    """The function for a column, if it has one."""
    return IN_TABLE.get((table or "", column)) or ANYWHERE.get(column)


def render(datasette: Datasette, row: RowValues, value: object, column: str, table: str | None) -> Markup | None:
    """The cell as Markup; None leaves it to Datasette."""
    function = renderer(table, column)
    if function is None:
        return None
    value, label = _unwrap(value)
    return function(Cell(value, label, column, table, row, datasette))


def _unwrap(value: object) -> tuple[object, str | None]:
    """A value and, for an expanded foreign key, its label."""
    if isinstance(value, dict):
        return value.get("value"), value.get("label")
    return value, None
