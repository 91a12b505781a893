"""Writes rows of a test database: spans are found by their words, so no test counts characters."""

from __future__ import annotations

import json
import sqlite3

NOW = "2025-03-10T08:00:00+00:00"


class Rows:
    """One connection to fill, and the texts of the documents written so far."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.texts: dict[str, str] = {}

    def insert(self, table: str, **values: object) -> None:
        names = ", ".join(values)
        self.connection.execute(
            f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(values))})", list(values.values())
        )

    def document(self, identifier: str, text: str, **values: object) -> None:
        self.texts[identifier] = text
        self.insert(
            "documents",
            id=identifier,
            text=text,
            input=f"articles/{identifier}.md",
            sha256="0" * 64,
            words=len(text.split()),
            run_id="run_1",
            added_at=NOW,
            extracted_at=NOW,
            **values,
        )

    def spans(self, document: str, *words: str | None) -> str:
        text = self.texts[document]
        return json.dumps([[text.index(each), text.index(each) + len(each)] for each in words if each])

    def quotation(
        self,
        identifier: str,
        document: str,
        content: tuple[str, ...],
        cue: str | None,
        source: str | None,
        speaker: str | None,
        kind: str,
        act: str = "speech",
    ) -> None:
        spans = self.spans(document, *content)
        self.insert(
            "quotations",
            id=identifier,
            document_id=document,
            type=kind,
            act=act,
            content=" ".join(content),
            cue=cue,
            source=source,
            speaker_id=speaker,
            speaker_method="name" if speaker else None,
            speaker_score=0.9 if speaker else None,
            method="rule",
            score=0.9,
            start_char=json.loads(spans)[0][0],
            end_char=json.loads(spans)[-1][1],
            content_spans=spans,
            cue_spans=self.spans(document, cue),
            source_spans=self.spans(document, source),
        )

    def claim(
        self, identifier: str, document: str, text: str, asserted_by: str, worth: float, **values: object
    ) -> None:
        start = self.texts[document].index(text)
        self.insert(
            "claims",
            **{
                "id": identifier,
                "document_id": document,
                "kind": "quantity",
                "text": text,
                "sentence": text,
                "asserted_by": asserted_by,
                "check_worthiness": worth,
                "method": "rule",
                "score": 0.8,
                "start_char": start,
                "end_char": start + len(text),
                "sentence_start": start,
                "sentence_end": start + len(text),
                **values,
            },
        )
        self.insert("check_reasons", claim_id=identifier, position=0, code="HAS_QUANTITY", weight=0.3)
        self.insert("check_reasons", claim_id=identifier, position=1, code="NO_BASE", weight=0.0)

    def figure(self, claim: str, printed: str, low: float | None, high: float | None, **values: object) -> None:
        self.insert(
            "figures",
            **{
                "id": f"f_{claim}_{printed[:8]}",
                "claim_id": claim,
                "text": printed,
                "value_min": low,
                "value_max": high,
                "comparator": "=",
                "role": "level",
                **self._place(claim, printed),
                **values,
            },
        )

    def _place(self, claim: str, printed: str) -> dict[str, int]:
        document, start = self.connection.execute(
            "SELECT document_id, start_char FROM claims WHERE id = ?", [claim]
        ).fetchone()
        begin = self.texts[document].index(printed, start)
        return {"start_char": begin, "end_char": begin + len(printed)}

    def assertion(self, claim: str, speaker: str, speaker_id: str | None, stance: str, cue: str | None = None) -> None:
        self.insert(
            "assertions", claim_id=claim, depth=0, speaker=speaker, speaker_id=speaker_id, stance=stance, cue=cue
        )
