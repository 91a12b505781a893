"""A reviewer names a speaker: who is known is found, who is not is added once."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_store import Clock, rows

from quotes.errors import StoreError
from quotes.store import Store
from quotes.store.connection import writing
from quotes.store.identities import add_names
from quotes.store.naming import named_speaker, speakers_called

NOW = "2025-03-01T00:00:00Z"
KNOWN = [
    ("ana-sol", "Ana Sol", "person"),
    ("ana-sol-minister", "Ana Sol", "person"),
    ("lea-marsh", "Lea Marsh", "person"),
    ("water-board", "Water Board", "organisation"),
]


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(tmp_path / "quotes.db", now=Clock()) as opened:
        with writing(opened.db):
            for id_, name, kind in KNOWN:
                opened.db.table("speakers").insert({"id": id_, "name": name, "type": kind, "added_at": NOW})
                add_names(opened.db, id_, [name], kind)
        yield opened


def named(store: Store, typed: str, document: str = "d_1", new_type: str = "") -> str:
    with writing(store.db):
        return named_speaker(store.db, typed, document, NOW, new_type)


@pytest.mark.parametrize(
    ("typed", "speaker"),
    [
        ("Lea Marsh", "lea-marsh"),
        ("  Lea   Marsh ", "lea-marsh"),
        ("lea marsh", "lea-marsh"),
        ("WATER BOARD", "water-board"),
        ("Ana Sol [ana-sol-minister]", "ana-sol-minister"),
        ("anything [lea-marsh]", "lea-marsh"),
    ],
)
def test_who_is_known_is_found(store: Store, typed: str, speaker: str):
    before = rows(store, "speakers")
    assert named(store, typed) == speaker
    assert rows(store, "speakers") == before


def test_a_new_name_is_a_new_person_once(store: Store):
    assert named(store, "Jo van Dale") == "jo-van-dale"
    assert named(store, "jo  van dale") == "jo-van-dale"
    added = rows(store, "speakers")[-1]
    assert (added["id"], added["name"], added["type"], added["merged_into"]) == (
        "jo-van-dale", "Jo van Dale", "person", None,
    )  # fmt: skip
    assert speakers_called(store.db, "Jo van Dale") == ["jo-van-dale"]
    assert len(rows(store, "speakers")) == len(KNOWN) + 1


@pytest.mark.parametrize(
    ("typed", "new_type", "stored"),
    [
        ("Jo van Dale", "", "person"),
        ("Sandholm Harbour Authority", "", "organisation"),
        ("the City Council", "", "organisation"),
        ("SHA", "", "organisation"),
        ("Friends of the Old Ferry", "", "person"),
        ("Friends of the Old Ferry", "group", "group"),
        ("Ferry Watch", "organisation", "organisation"),
        ("Sandholm Council", "person", "person"),
    ],
)
def test_a_new_speaker_is_what_a_person_says_else_what_the_name_suggests(
    store: Store, typed: str, new_type: str, stored: str
):
    assert named(store, typed, new_type=new_type)
    assert rows(store, "speakers")[-1]["type"] == stored


def test_who_is_known_stays_what_he_is(store: Store):
    before = rows(store, "speakers")
    assert named(store, "Lea Marsh", new_type="group") == "lea-marsh"
    assert rows(store, "speakers") == before
    with pytest.raises(StoreError, match="a speaker is one of person, organisation, group"):
        named(store, "Ferry Watch", new_type="choir")
    assert rows(store, "speakers") == before


def test_a_surname_alone_is_not_everybody_of_that_name(store: Store):
    """Like a speaker that extraction finds: a bare name gets an id of its article's."""
    made = named(store, "Marsh")
    assert made.startswith("marsh-") and made != "marsh"


def test_an_id_that_another_name_has_is_not_taken(store: Store):
    assert named(store, "Léa Marsh!") not in {id_ for id_, *_ in KNOWN}


def test_who_is_mostly_called_so_comes_before_who_is_called_so_too(store: Store):
    with writing(store.db):
        add_names(store.db, "water-board", ["Lea Marsh"], "organisation")
    assert named(store, "Lea Marsh") == "lea-marsh"


def test_who_was_merged_is_whom_he_was_merged_into(store: Store):
    store.judge_same("ana-sol", "ana-sol-minister", "rosa", into="ana-sol-minister")
    assert named(store, "Ana Sol") == "ana-sol-minister"
    assert named(store, "Ana Sol [ana-sol]") == "ana-sol-minister"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Ana Sol", r"several are called Ana Sol; say which: Ana Sol \[ana-sol\], Ana Sol \[ana-sol-minister\]"),
        ("Ana Sol [nobody]", "there is no speaker nobody"),
        ("…", "a name has letters"),
        ("", "a name has letters"),
        ("x" * 201, "at most 200 characters"),
    ],
)
def test_what_is_no_name_makes_nobody(store: Store, typed: str, says: str):
    before = rows(store, "speakers")
    with pytest.raises(StoreError, match=says):
        named(store, typed)
    assert rows(store, "speakers") == before
