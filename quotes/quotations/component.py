"""The spaCy component that finds quotations: find (pure), set (writes the Doc), get (reads it back)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch

from quotes.annotations import read_rows, read_spans, write_spans
from quotes.models import Quotation, QuotationType
from quotes.quotations.finder import Finder, find_quotations
from quotes.quotations.rules import Rules
from quotes.quotations.tagger.finder import Tagger
from quotes.quotations.tagger.model import TaggerModel

__all__ = ["Quotations", "find_quotations", "get_quotations", "set_quotations"]

CONTENT, CUE, SOURCE = "quotation_content", "quotation_cue", "quotation_source"


def set_quotations(doc: Doc, quotations: Iterable[Quotation]) -> None:
    """Write quotations into `doc.spans`."""
    found = list(quotations)
    write_spans(
        doc,
        CONTENT,
        ((span, q.type, q.id) for q in found for span in q.content),
        {q.id: {"act": q.act, "method": q.method, "score": q.score} for q in found},
    )
    write_spans(doc, CUE, ((span, "cue", q.id) for q in found for span in q.cue))
    write_spans(doc, SOURCE, ((span, "source", q.id) for q in found for span in q.source))


def get_quotations(doc: Doc) -> tuple[Quotation, ...]:
    """The quotations stored in a Doc, in the order they were written."""
    contents, cues, sources = (read_spans(doc, group) for group in (CONTENT, CUE, SOURCE))
    return tuple(
        Quotation(
            id=quotation_id,
            type=cast(QuotationType, contents[quotation_id][0][1]),
            act=row["act"],
            content=tuple(span for span, _ in contents[quotation_id]),
            cue=tuple(span for span, _ in cues.get(quotation_id, ())),
            source=tuple(span for span, _ in sources.get(quotation_id, ())),
            method=row["method"],
            score=row["score"],
        )
        for quotation_id, row in read_rows(doc, CONTENT).items()
    )


class Quotations:
    """Pipeline component; documents go to the finder a batch at a time."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Annotate Docs as they come, `batch_size` at a time."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            for doc, found in zip(docs, find_quotations(docs, self.finder), strict=True):
                set_quotations(doc, found)
                yield doc


@Language.factory(
    "quotations",
    requires=["token.dep", "token.lemma", "token.tag"],
    assigns=["doc.spans"],
    default_config={"rules": False, "tagger": None},
)
def make_quotations(nlp: Language, name: str, *, rules: bool, tagger: str | None) -> Quotations:  # noqa: ARG001
    """The component; `rules` leaves the tagger out, `tagger` names a model folder in place of the shipped one."""
    if rules:
        return Quotations(Rules())
    model = TaggerModel(Path(tagger) if tagger else None)
    model.check()
    return Quotations(Tagger(model))
