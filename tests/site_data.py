"""A small database for tests of the site: invented people, places and figures, with every kind of row."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOW = "2025-03-10T08:00:00+00:00"

FLOOD = """VELDHAVEN (Inland Press) — The storm of last week flooded 1,200 homes in Veldhaven, the mayor said on Monday.

“We have seen nothing like it in forty years,” Ana Keller told reporters. “The dykes held, but only just.”

She said the city had spent “more than 3 million euros” on pumps since 2020. Tom Brandt of the water board denied that spending fell by 40 percent.

At least 35 people were injured, according to a hospital official who asked not to be named. Brandt plans to resign in May.
"""
LATER = """The storm flooded 1,450 homes in Veldhaven, the water board said on Wednesday.

“The count is final,” Tom Brandt said. Ana Keller said 1,200 homes were flooded.

35 people were injured.
"""
HOSTILE = """“<script>alert('x')</script> & <b>more</b>” 🌊 said O'Neill \"Quote\" <onerror>.

The <img src=x onerror=alert(1)> firm cut 12 percent of its staff.
"""
HOSTILE_TITLE = "\"><script>alert('title')</script> & 'more'"


def build(path: Path) -> Path:
    """Write the database; returns its path."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for folder in ("migrations", "views"):
            for script in sorted((ROOT / "db" / folder).glob("*.sql")):
                connection.executescript(script.read_text(encoding="utf-8"))
        connection.execute("PRAGMA foreign_keys = ON")
        _Site(connection).fill()
    return path


class _Site:
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

    def fill(self) -> None:
        self.insert("runs", id="run_1", version="0.1.0", model="en", model_version="3.8.0", started_at=NOW)
        self.insert("failures", input="broken.txt", stage="reading", message="not text", failed_at=NOW)
        self._speakers()
        self.document(
            "d_flood",
            FLOOD,
            title="Storm floods Veldhaven",
            outlet="Harbour Post",
            published="2025-03-03",
            dateline="VELDHAVEN",
            agency="Inland Press",
            url="https://example.org/flood",
        )
        self.document("d_later", LATER, title="Flood count rises", outlet="Northline Daily", published="2025-03-05")
        self.document(
            "d_hostile",
            HOSTILE,
            title=HOSTILE_TITLE,
            outlet="<i>Outlet</i>",
            published="2025-03-06",
            url="javascript:alert(1)",
        )
        self._quotations()
        self.insert(
            "questions", id="qu_homes", label="How many homes were flooded in Veldhaven?", unit="home", kind="quantity"
        )
        self.insert("questions", id="qu_injured", label="How many people were injured?", unit="person", kind="quantity")
        self._claims()
        self._relations()

    def _speakers(self) -> None:
        people = {"ana-keller": "Ana Keller", "tom-brandt": "Tom Brandt", "o-neill": 'O\'Neill "<b>"'}
        for identifier, name in people.items():
            self.insert("speakers", id=identifier, name=name, type="person", added_at=NOW)
            self.insert("speaker_names", speaker_id=identifier, name=name)
        self.insert("speakers", id="water-board", name="Water Board", type="organisation", added_at=NOW)
        self.insert("speaker_names", speaker_id="water-board", name="Water Board")
        self.insert("speaker_names", speaker_id="ana-keller", name="Keller")
        self.insert("speakers", id="a-keller", name="A. Keller", type="person", merged_into="ana-keller", added_at=NOW)

    def _quotations(self) -> None:
        self.quotation(
            "q_forty",
            "d_flood",
            ("“We have seen nothing like it in forty years,”", "“The dykes held, but only just.”"),
            "told",
            "Ana Keller",
            "ana-keller",
            "direct",
        )
        self.quotation(
            "q_homes",
            "d_flood",
            ("The storm of last week flooded 1,200 homes in Veldhaven",),
            "said",
            "the mayor",
            "ana-keller",
            "indirect",
        )
        self.quotation(
            "q_spent",
            "d_flood",
            ("the city had spent “more than 3 million euros” on pumps since 2020",),
            "said",
            "She",
            "ana-keller",
            "mixed",
        )
        self.quotation(
            "q_denied",
            "d_flood",
            ("that spending fell by 40 percent",),
            "denied",
            "Tom Brandt of the water board",
            "tom-brandt",
            "indirect",
        )
        self.quotation(
            "q_injured",
            "d_flood",
            ("At least 35 people were injured",),
            "according to",
            "a hospital official",
            None,
            "indirect",
        )
        self.quotation(
            "q_resign", "d_flood", ("to resign in May",), "plans", "Brandt", "tom-brandt", "indirect", "thought"
        )
        self.quotation("q_final", "d_later", ("“The count is final,”",), "said", "Tom Brandt", "tom-brandt", "direct")
        self.quotation(
            "q_board",
            "d_later",
            ("The storm flooded 1,450 homes in Veldhaven",),
            "said",
            "the water board",
            "water-board",
            "indirect",
            "writing",
        )
        self.quotation(
            "q_again", "d_later", ("1,200 homes were flooded",), "said", "Ana Keller", "ana-keller", "indirect"
        )
        self.quotation(
            "q_script",
            "d_hostile",
            ("“<script>alert('x')</script> & <b>more</b>”",),
            "said",
            'O\'Neill "Quote" <onerror>',
            "o-neill",
            "direct",
        )

    def _claims(self) -> None:
        self.claim(
            "c_homes",
            "d_flood",
            "The storm of last week flooded 1,200 homes in Veldhaven",
            "Ana Keller",
            0.82,
            speaker_id="ana-keller",
            quotation_id="q_homes",
            question_id="qu_homes",
        )
        self.figure("c_homes", "1,200 homes", 1200, 1200, unit="home")
        self.assertion("c_homes", "Ana Keller", "ana-keller", "asserts", "said")
        self.claim(
            "c_spent",
            "d_flood",
            "the city had spent “more than 3 million euros” on pumps since 2020",
            "Ana Keller",
            0.7,
            speaker_id="ana-keller",
            quotation_id="q_spent",
        )
        self.figure("c_spent", "more than 3 million euros", 3e6, None, comparator=">", unit="EUR")
        self.assertion("c_spent", "Ana Keller", "ana-keller", "asserts", "said")
        self.claim(
            "c_fell",
            "d_flood",
            "spending fell by 40 percent",
            "Tom Brandt",
            0.64,
            speaker_id="tom-brandt",
            quotation_id="q_denied",
            is_denied=1,
            kind="change",
        )
        self.figure("c_fell", "40 percent", 40, 40, unit="percent", direction="down", role="delta")
        self.assertion("c_fell", "Tom Brandt", "tom-brandt", "denies", "denied")
        self.claim(
            "c_injured",
            "d_flood",
            "At least 35 people were injured",
            "anonymous",
            0.6,
            quotation_id="q_injured",
            question_id="qu_injured",
        )
        self.figure("c_injured", "At least 35 people", 35, None, comparator=">=", unit="person")
        self.claim(
            "c_board",
            "d_later",
            "The storm flooded 1,450 homes in Veldhaven",
            "Water Board",
            0.8,
            speaker_id="water-board",
            quotation_id="q_board",
            question_id="qu_homes",
        )
        self.figure("c_board", "1,450 homes", 1450, 1450, unit="home")
        self.claim(
            "c_again",
            "d_later",
            "1,200 homes were flooded",
            "Tom Brandt",
            0.5,
            speaker_id="tom-brandt",
            question_id="qu_homes",
        )
        self.figure("c_again", "1,200 homes", 1200, 1200, unit="home")
        self.claim(
            "c_sharp", "d_later", "35 people were injured", "article", 0.55, question_id="qu_injured", is_hedged=1
        )
        self.figure("c_sharp", "35 people", 35, 35, unit="person")
        self.claim(
            "c_staff",
            "d_hostile",
            "The <img src=x onerror=alert(1)> firm cut 12 percent of its staff",
            "article",
            0.4,
            kind="change",
        )
        self.figure("c_staff", "12 percent", 12, 12, unit="percent", direction="down", role="delta")
        self.claim("c_up", "d_later", "The count is final", "Water Board", 0.1, speaker_id="water-board", kind="change")
        self.figure("c_up", "final", 3, 5, comparator="range", unit="percentage_point", direction="up", role="delta")

    def _relations(self) -> None:
        for earlier, later, kind, why in [
            ("c_homes", "c_board", "conflicts", "1,200 and 1,450 homes cannot both be right"),
            ("c_homes", "c_again", "same", "both 1,200 homes"),
            ("c_injured", "c_sharp", "refines", "“at least 35” became “35”"),
        ]:
            self.insert("claim_relations", claim_id=earlier, other_id=later, kind=kind, score=0.9, why=why)
