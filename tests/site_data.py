"""A small database for tests of the site: invented people, places and figures, with every kind of row."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import site_pairs
from site_rows import NOW, Rows
from sqlite_utils import Database

from quotes.store.counting import count_answers

ROOT = Path(__file__).resolve().parent.parent

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
        fill(Rows(connection))
        count_answers(Database(connection))
    return path


def fill(rows: Rows) -> None:
    rows.insert("runs", id="run_1", version="0.1.0", model="en", model_version="3.8.0", started_at=NOW)
    rows.insert("failures", input="broken.txt", stage="reading", message="not text", failed_at=NOW)
    _speakers(rows)
    rows.document(
        "d_flood",
        FLOOD,
        title="Storm floods Veldhaven",
        outlet="Harbour Post",
        published="2025-03-03",
        dateline="VELDHAVEN",
        agency="Inland Press",
        url="https://example.org/flood",
    )
    rows.document("d_later", LATER, title="Flood count rises", outlet="Northline Daily", published="2025-03-05")
    rows.document(
        "d_hostile",
        HOSTILE,
        title=HOSTILE_TITLE,
        outlet="<i>Outlet</i>",
        published="2025-03-06",
        url="javascript:alert(1)",
    )
    _quotations(rows)
    rows.insert(
        "questions", id="qu_homes", label="How many homes were flooded in Veldhaven?", unit="home", kind="quantity"
    )
    rows.insert("questions", id="qu_injured", label="How many people were injured?", unit="person", kind="quantity")
    _claims(rows)
    _relations(rows)
    _fact_checks(rows)
    site_pairs.fill(rows)


def _speakers(rows: Rows) -> None:
    people = {"ana-keller": "Ana Keller", "tom-brandt": "Tom Brandt", "o-neill": 'O\'Neill "<b>"'}
    for identifier, name in people.items():
        rows.insert("speakers", id=identifier, name=name, type="person", added_at=NOW)
        rows.insert("speaker_names", speaker_id=identifier, name=name)
    rows.insert("speakers", id="water-board", name="Water Board", type="organisation", added_at=NOW)
    rows.insert("speaker_names", speaker_id="water-board", name="Water Board")
    rows.insert("speaker_names", speaker_id="ana-keller", name="Keller")
    rows.insert("speakers", id="a-keller", name="A. Keller", type="person", merged_into="ana-keller", added_at=NOW)


def _quotations(rows: Rows) -> None:
    rows.quotation(
        "q_forty",
        "d_flood",
        ("“We have seen nothing like it in forty years,”", "“The dykes held, but only just.”"),
        "told",
        "Ana Keller",
        "ana-keller",
        "direct",
    )
    rows.quotation(
        "q_homes",
        "d_flood",
        ("The storm of last week flooded 1,200 homes in Veldhaven",),
        "said",
        "the mayor",
        "ana-keller",
        "indirect",
    )
    rows.quotation(
        "q_spent",
        "d_flood",
        ("the city had spent “more than 3 million euros” on pumps since 2020",),
        "said",
        "She",
        "ana-keller",
        "mixed",
    )
    rows.quotation(
        "q_denied",
        "d_flood",
        ("that spending fell by 40 percent",),
        "denied",
        "Tom Brandt of the water board",
        "tom-brandt",
        "indirect",
    )
    rows.quotation(
        "q_injured",
        "d_flood",
        ("At least 35 people were injured",),
        "according to",
        "a hospital official",
        None,
        "indirect",
    )
    rows.quotation("q_resign", "d_flood", ("to resign in May",), "plans", "Brandt", "tom-brandt", "indirect", "thought")
    rows.quotation("q_final", "d_later", ("“The count is final,”",), "said", "Tom Brandt", "tom-brandt", "direct")
    rows.quotation(
        "q_board",
        "d_later",
        ("The storm flooded 1,450 homes in Veldhaven",),
        "said",
        "the water board",
        "water-board",
        "indirect",
        "writing",
    )
    rows.quotation("q_again", "d_later", ("1,200 homes were flooded",), "said", "Ana Keller", "ana-keller", "indirect")
    rows.quotation(
        "q_script",
        "d_hostile",
        ("“<script>alert('x')</script> & <b>more</b>”",),
        "said",
        'O\'Neill "Quote" <onerror>',
        "o-neill",
        "direct",
    )


def _claims(rows: Rows) -> None:
    rows.claim(
        "c_homes",
        "d_flood",
        "The storm of last week flooded 1,200 homes in Veldhaven",
        "Ana Keller",
        0.82,
        speaker_id="ana-keller",
        quotation_id="q_homes",
        question_id="qu_homes",
    )
    rows.figure("c_homes", "1,200 homes", 1200, 1200, unit="home")
    rows.assertion("c_homes", "Ana Keller", "ana-keller", "asserts", "said")
    rows.claim(
        "c_spent",
        "d_flood",
        "the city had spent “more than 3 million euros” on pumps since 2020",
        "Ana Keller",
        0.7,
        speaker_id="ana-keller",
        quotation_id="q_spent",
    )
    rows.figure("c_spent", "more than 3 million euros", 3e6, None, comparator=">", unit="EUR")
    rows.assertion("c_spent", "Ana Keller", "ana-keller", "asserts", "said")
    rows.claim(
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
    rows.figure("c_fell", "40 percent", 40, 40, unit="percent", direction="down", role="delta")
    rows.assertion("c_fell", "Tom Brandt", "tom-brandt", "denies", "denied")
    rows.claim(
        "c_injured",
        "d_flood",
        "At least 35 people were injured",
        "anonymous",
        0.6,
        quotation_id="q_injured",
        question_id="qu_injured",
    )
    rows.figure("c_injured", "At least 35 people", 35, None, comparator=">=", unit="person")
    rows.claim(
        "c_board",
        "d_later",
        "The storm flooded 1,450 homes in Veldhaven",
        "Water Board",
        0.8,
        speaker_id="water-board",
        quotation_id="q_board",
        question_id="qu_homes",
    )
    rows.figure("c_board", "1,450 homes", 1450, 1450, unit="home")
    rows.claim(
        "c_again",
        "d_later",
        "1,200 homes were flooded",
        "Tom Brandt",
        0.5,
        speaker_id="tom-brandt",
        question_id="qu_homes",
    )
    rows.figure("c_again", "1,200 homes", 1200, 1200, unit="home")
    rows.claim("c_sharp", "d_later", "35 people were injured", "article", 0.55, question_id="qu_injured", is_hedged=1)
    rows.figure("c_sharp", "35 people", 35, 35, unit="person")
    rows.claim(
        "c_staff",
        "d_hostile",
        "The <img src=x onerror=alert(1)> firm cut 12 percent of its staff",
        "article",
        0.4,
        kind="change",
    )
    rows.figure("c_staff", "12 percent", 12, 12, unit="percent", direction="down", role="delta")
    rows.claim("c_up", "d_later", "The count is final", "Water Board", 0.1, speaker_id="water-board", kind="change")
    rows.figure("c_up", "final", 3, 5, comparator="range", unit="percentage_point", direction="up", role="delta")


def _relations(rows: Rows) -> None:
    for earlier, later, kind, why in [
        ("c_homes", "c_board", "conflicts", "1,200 and 1,450 homes cannot both be right"),
        ("c_homes", "c_again", "same", "both 1,200 homes"),
        ("c_injured", "c_sharp", "refines", "“at least 35” became “35”"),
    ]:
        rows.insert("claim_relations", claim_id=earlier, other_id=later, kind=kind, score=0.9, why=why)


def _fact_checks(rows: Rows) -> None:
    for identifier, claim, url in [
        ("f_homes", "The storm flooded 2,000 homes in Veldhaven", "https://checks.example/homes"),
        ("f_hostile", "<script>alert('check')</script> of staff", "javascript:alert(1)"),
    ]:
        rows.insert(
            "fact_checks",
            id=identifier,
            claim_reviewed=claim,
            claimant="Ana Keller",
            claim_date="2025-03-01",
            rating="<b>False</b>",
            publisher="Checks & Balances",
            url=url,
            published="2025-03-04",
            imported_at=NOW,
        )
    for claim, check in [("c_homes", "f_homes"), ("c_staff", "f_hostile"), ("c_board", "f_homes")]:
        rows.insert("fact_check_matches", claim_id=claim, fact_check_id=check, score=0.61, why="both say <i>homes</i>")
    rows.insert(
        "fact_check_decisions",
        id="fd_1",
        claim_id="c_board",
        fact_check_id="f_homes",
        decision="accept",
        note="secret note",
        reviewer="rosa",
        decided_at=NOW,
    )
