"""What reviewers decided becomes what the tagger learns: decisions in, labels of words out."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import spacy
from site_rows import NOW, Rows

from quotes.errors import StoreError
from quotes.paragraphs import find_paragraphs
from quotes.quotations.tagger.inputs import SIZES, Words
from quotes.quotations.tagger.scheme import CONTENT, CUE, SOURCE
from quotes.training.corrections import Corrections, read_corrections
from quotes.training.targets import NONE, UNKNOWN, Annotated, Targets, annotated_targets

ROOT = Path(__file__).resolve().parent.parent
TEXT = """Mara Lind said the ferry was late. Oskar Venn replied that nobody cared.

The ferry line denied that tickets cost more.

Rain fell all day."""
ROLES = {SOURCE: "S", CUE: "C", CONTENT: "T"}


def spans_of(*parts: str) -> list[list[int]]:
    return [[TEXT.index(part), TEXT.index(part) + len(part)] for part in parts]


class Newsroom:
    """A database with three quotations, to be reviewed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reviews = 0
        with closing(sqlite3.connect(path)) as connection, connection:
            for script in sorted((ROOT / "db" / "migrations").glob("*.sql")):
                connection.executescript(script.read_text(encoding="utf-8"))
            rows = Rows(connection)
            rows.insert("runs", id="run_1", version="0.1.0", model="en", model_version="3.8.0", started_at=NOW)
            rows.document("d_ferry", TEXT)
            rows.document("d_other", "Nothing was said.")
            rows.quotation("q_late", "d_ferry", ("the ferry was late",), "said", "Mara Lind", None, "indirect")
            rows.quotation("q_cared", "d_ferry", ("nobody cared",), "replied", "Oskar Venn", None, "indirect")
            rows.quotation("q_cost", "d_ferry", ("tickets cost more",), "denied", "The ferry line", None, "indirect")

    def execute(self, sql: str, *values: object) -> None:
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute(sql, values)

    def review(
        self, target: str, action: str, change: object = None, *, by: str = "first", kind: str = "quotation"
    ) -> None:
        self.reviews += 1
        with closing(sqlite3.connect(self.path)) as connection, connection:
            Rows(connection).insert(
                "reviews",
                id=f"r_{self.reviews}",
                target_type=kind,
                target_id=target,
                document_id="d_ferry",
                action=action,
                change=json.dumps(change or {}),
                note="a private note",
                reviewer=by,
                reviewed_at=f"2025-03-10T08:00:{self.reviews:02}+00:00",
            )

    def read(self) -> Corrections:
        return read_corrections([self.path])


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path / "news.db")


def taught(annotated: Annotated) -> str:
    """One sign a word: what is taught of it (S, C, T or . for outside), or a blank where nothing is."""
    return "".join(
        " " if label == UNKNOWN else "." if label == 0 else ROLES[(int(label) - 1) // 2]
        for label in targets(annotated).labels
    )


def targets(annotated: Annotated) -> Targets:
    doc = spacy.blank("en")(annotated.text)
    kept = np.array([token.i for token in doc if not token.is_space], dtype=np.int64)
    starts = np.array([doc[int(i)].idx for i in kept])
    paragraphs = tuple(
        (int(np.searchsorted(starts, start)), int(np.searchsorted(starts, end)))
        for start, end in find_paragraphs(annotated.text)
    )
    features = np.zeros((len(kept), len(SIZES)), dtype=np.int64)
    return annotated_targets(doc, Words(kept, ((104,),) * len(kept), features, paragraphs, (0,)), annotated)


def learned(newsroom: Newsroom) -> str:
    (annotated,) = newsroom.read().documents.values()
    return taught(annotated)


#        Mara Lind said the ferry was late . Oskar Venn replied that nobody cared . | The ferry … more . | Rain fell all day .
REVIEWED: list[tuple[str, Callable[[Newsroom], None], str]] = [
    (
        "an accepted quotation is gold, its unreviewed neighbour and other paragraphs teach nothing",
        lambda n: n.review("q_late", "accept"),
        "SSCTTTT.  " + " .  ." + " " * 14,
    ),
    (
        "the words of a rejected quotation are outside",
        lambda n: n.review("q_late", "reject"),
        "........  " + " .  ." + " " * 14,
    ),
    (
        "two reviewed quotations make a paragraph whole",
        lambda n: (n.review("q_late", "reject"), n.review("q_cared", "accept")),
        "........SSC.TT." + " " * 14,
    ),
    (
        "a fix has its changed spans, and its old words are outside where it has them no more",
        lambda n: n.review("q_late", "fix", {"content": spans_of("late"), "source": spans_of("Lind")}),
        ".SC...T.  " + " .  ." + " " * 14,
    ),
    (
        "a fix may name its columns",
        lambda n: n.review("q_late", "fix", {"content_spans": spans_of("late"), "content": "late", "source": None}),
        "..C...T.  " + " .  ." + " " * 14,
    ),
    (
        "a fix of the speaker alone says that the spans are right",
        lambda n: n.review("q_late", "fix", {"speaker_id": "mara-lind", "type": "direct"}),
        "SSCTTTT.  " + " .  ." + " " * 14,
    ),
    (
        "of one reviewer the latest decision counts",
        lambda n: (n.review("q_late", "accept"), n.review("q_late", "reject")),
        "........  " + " .  ." + " " * 14,
    ),
    (
        "to skip takes nothing back",
        lambda n: (n.review("q_late", "accept"), n.review("q_late", "skip", by="second")),
        "SSCTTTT.  " + " .  ." + " " * 14,
    ),
    (
        "two who agree are as one",
        lambda n: (n.review("q_late", "accept"), n.review("q_late", "accept", by="second")),
        "SSCTTTT.  " + " .  ." + " " * 14,
    ),
    (
        "where reviewers disagree nothing is learned, the rest of the paragraph is",
        lambda n: (n.review("q_late", "accept"), n.review("q_late", "reject", by="second"), n.review("q_cared", "accept")),
        "       .SSC.TT." + " " * 14,
    ),
    (
        "a quotation in another paragraph teaches that paragraph",
        lambda n: n.review("q_cost", "accept"),
        " " * 15 + "SSSC.TTT." + " " * 5,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("decide", "expected"), [row[1:] for row in REVIEWED], ids=[row[0] for row in REVIEWED])
def test_what_a_decision_teaches(newsroom: Newsroom, decide: Callable[[Newsroom], None], expected: str) -> None:
    decide(newsroom)
    assert learned(newsroom) == expected


def test_links_are_taught_of_what_is_right_only(newsroom: Newsroom) -> None:
    newsroom.review("q_late", "reject")
    newsroom.review("q_cared", "accept")
    (annotated,) = newsroom.read().documents.values()
    links = targets(annotated).links
    assert (links[:8] == UNKNOWN).all()
    assert links[10] == 8, "the cue points to the first word of its source"
    assert links[12:14].tolist() == [10, 10], "the content points to its cue"


def test_a_fix_without_source_points_to_nothing(newsroom: Newsroom) -> None:
    newsroom.review("q_late", "fix", {"source": []})
    (annotated,) = newsroom.read().documents.values()
    assert targets(annotated).links[2] == NONE


def test_an_unreviewed_quotation_inside_an_accepted_one_leaves_its_cue_open(newsroom: Newsroom) -> None:
    content = "Oskar Venn replied that nobody cared"
    newsroom.review("q_late", "fix", {"content": spans_of(content)})
    assert learned(newsroom)[:15] == "SSC....." + "  " + " TTT."


def test_a_document_annotated_whole_teaches_every_word() -> None:
    assert taught(Annotated(TEXT, ())) == "." * 29


COUNTED = [
    ("accepted", [("q_late", "accept", None, "a")], {"accepted": 1}),
    ("fixed", [("q_late", "fix", {"content": spans_of("late")}, "a")], {"fixed": 1}),
    ("rejected", [("q_late", "reject", None, "a")], {"rejected": 1}),
    ("conflict", [("q_late", "accept", None, "a"), ("q_late", "reject", None, "b")], {"conflicting": 1}),
    (
        "two different fixes",
        [("q_late", "fix", {"content": spans_of("late")}, "a"), ("q_late", "fix", {"source": []}, "b")],
        {"conflicting": 1},
    ),
    ("beyond the text", [("q_late", "fix", {"content": [[0, 9999]]}, "a")], {"malformed": 1}),
    ("no spans", [("q_late", "fix", {"content": [3, 4]}, "a")], {"malformed": 1}),
    ("no content left", [("q_late", "fix", {"content": []}, "a")], {"malformed": 1}),
    ("no object", [("q_late", "fix", [1], "a")], {"malformed": 1}),
    ("flagged", [("q_late", "flag", None, "a")], {}),
    ("skipped", [("q_late", "skip", None, "a")], {}),
]


@pytest.mark.parametrize(("reviews", "expected"), [row[1:] for row in COUNTED], ids=[row[0] for row in COUNTED])
def test_what_became_of_every_review_is_counted(newsroom: Newsroom, reviews: list, expected: dict) -> None:
    for target, action, change, by in reviews:
        newsroom.review(target, action, change, by=by)
    found = newsroom.read()
    assert found.counts == expected
    usable = {"accepted", "fixed", "rejected"} & expected.keys()
    assert len(found.documents) == len(usable)


def test_a_quotation_whose_words_changed_is_left_out(newsroom: Newsroom) -> None:
    newsroom.review("q_late", "accept")
    newsroom.execute("UPDATE documents SET text = 'Now ' || text WHERE id = 'd_ferry'")
    found = newsroom.read()
    assert (found.documents, found.counts) == ({}, {"stale": 1})


def test_a_quotation_that_is_no_longer_found_still_teaches(newsroom: Newsroom) -> None:
    newsroom.review("q_late", "accept")
    newsroom.execute("UPDATE quotations SET is_current = 0 WHERE id = 'q_late'")
    assert newsroom.read().counts == {"accepted": 1}


def test_reviews_of_claims_are_not_of_quotations(newsroom: Newsroom) -> None:
    newsroom.review("q_late", "reject", kind="claim")
    assert newsroom.read().documents == {}


def test_the_summary_tells_people_and_names_nobody(newsroom: Newsroom) -> None:
    assert newsroom.read().summary() == "none, in 0 documents"
    newsroom.review("q_late", "accept", by="a.person")
    newsroom.review("q_cared", "accept", by="a.person")
    newsroom.review("q_cared", "reject", by="b.person")
    found = newsroom.read()
    assert found.summary() == "1 accepted, 1 left out because reviewers disagree, in 1 documents"
    assert "person" not in repr(found)
    assert "private" not in repr(found)


def test_reading_writes_nothing(newsroom: Newsroom) -> None:
    newsroom.review("q_late", "accept")
    before = newsroom.path.read_bytes()
    newsroom.read()
    assert newsroom.path.read_bytes() == before
    assert sorted(path.name for path in newsroom.path.parent.iterdir()) == ["news.db"]


@pytest.mark.parametrize("content", [None, b"no database", b""], ids=["missing", "another file", "empty"])
def test_what_is_no_database_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "news.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StoreError, match=r"news\.db") as caught:
        read_corrections([path])
    assert "\n" not in str(caught.value)
