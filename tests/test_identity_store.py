"""Identities in the database: what saving links, what people judge, and that both last."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.errors import StoreError
from quotes.identity.roster import read_roster
from quotes.models import Attribution, Document, Extraction, Mention, Quotation, Run, Speaker, SpeakerRole, make_id
from quotes.store import Store, utc_now
from quotes.store.connection import writing
from quotes.store.merging import Judge, judge_unsure
from quotes.store.undoing import take_back

RUN = Run("r_one", "0.1.0", "en_core_web_sm", "3.8.0")
MAYOR, JUDGE, GOVERNOR = SpeakerRole("mayor", ("alba",)), SpeakerRole("judge"), SpeakerRole("governor")


def article(name: str, *speakers: Speaker, said: str = "It rained.", **more: object) -> Extraction:
    """A document in which each speaker says one thing."""
    text = "".join(f"“{said}” {speaker.name} said.\n" for speaker in speakers)
    document = Document(**{"id": make_id("d", name), "input": f"{name}.txt", "sha256": name, "text": text, **more})
    quotations, mentions, attributions, at = [], [], [], 0
    for speaker in speakers:
        start = text.index(said, at)
        named = text.index(speaker.name, start)
        at = named + len(speaker.name)
        quotation = Quotation(
            make_id("q", name, start),
            "direct",
            "speech",
            ((start, start + len(said)),),
            (),
            ((named, at),),
            "marks",
            0.9,
        )
        quotations.append(quotation)
        mentions.append(Mention(named, at, speaker.id, "name", 1.0))
        attributions.append(Attribution(quotation.id, speaker.id, "name", 1.0))
    return Extraction(document, tuple(quotations), speakers, tuple(mentions), tuple(attributions))


def person(name: str, *roles: SpeakerRole) -> Speaker:
    return Speaker(name.lower().replace(" ", "-").replace(".", ""), name, "person", (name,), roles)


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(tmp_path / "quotes.db") as opened:
        yield opened
        assert opened.verify() == []


def save(store: Store, *extractions: Extraction) -> None:
    for extraction in extractions:
        store.save(extraction, RUN)
    store.settle_speakers()


def who(store: Store, name: str) -> list[str]:
    """Who speaks in a document, in text order, by the quotations' own rows."""
    sql = "SELECT speaker_id FROM quotations WHERE document_id = ? ORDER BY start_char"
    return [row[0] for row in store.db.execute(sql, [make_id("d", name)])]


def rows(store: Store, table: str) -> list[dict]:
    return list(store.db.query(f"SELECT * FROM {table} ORDER BY 1, 2"))


def pairs(store: Store) -> set[tuple[str, str]]:
    return {(row["left_id"], row["right_id"]) for row in rows(store, "speaker_pairs")}


ONE = article("one", person("Ana Sol", MAYOR), published="2025-01-01")
TWO = article("two", person("Ana M. Sol", MAYOR), published="2025-02-01")
OTHER = article("other", person("Ana Sol", JUDGE))
BARE = article("bare", person("Sol"))
BARE_MAYOR = article("bare mayor", person("Sol", MAYOR))


# What saving links.


def test_every_speaker_of_a_document_is_recorded_with_why(store: Store) -> None:
    save(store, ONE, TWO)
    first, second = sorted(rows(store, "document_speakers"), key=lambda row: row["local_id"] != "ana-sol")
    assert (first["own_id"], first["speaker_id"], first["method"]) == ("ana-sol", "ana-sol", "new")
    assert (second["local_id"], second["speaker_id"], second["method"]) == ("ana-m-sol", "ana-sol", "middle")
    assert "both mayor (alba)" in second["why"]
    assert json.loads(second["roles"]) == [["mayor", ["alba"], False]]
    assert who(store, "two") == ["ana-sol"]


def test_roles_have_the_days_they_were_seen(store: Store) -> None:
    save(store, ONE, TWO)
    (role,) = rows(store, "speaker_roles")
    assert (role["role"], role["from_date"], role["to_date"]) == ("mayor (alba)", "2025-01-01", "2025-02-01")


def test_a_namesake_of_another_trade_is_another_speaker_and_a_pair_to_judge(store: Store) -> None:
    save(store, ONE, OTHER)
    assert (who(store, "one"), who(store, "other")) == (["ana-sol"], ["ana-sol-judge"])
    assert pairs(store) == {("ana-sol", "ana-sol-judge")}


def test_two_persons_of_one_document_are_never_one(store: Store) -> None:
    save(store, ONE, article("both", person("Ana Sol", MAYOR), person("A. Sol", MAYOR)))
    one, other = who(store, "both")
    assert one == "ana-sol"
    assert other != one


def test_a_surname_waits_until_a_later_document_brings_the_full_name(store: Store) -> None:
    save(store, BARE_MAYOR)
    (before,) = who(store, "bare mayor")
    assert before.startswith("sol-")
    save(store, ONE)
    assert who(store, "bare mayor") == ["ana-sol"]
    assert store.db.execute("SELECT merged_into FROM speakers WHERE id = ?", [before]).fetchone() == ("ana-sol",)
    assert "Sol" in {row["name"] for row in rows(store, "speaker_names") if row["speaker_id"] == "ana-sol"}


def test_a_surname_alone_stays_open(store: Store) -> None:
    save(store, ONE, BARE)
    (bare,) = who(store, "bare")
    assert bare.startswith("sol-")
    assert pairs(store) == {("ana-sol", bare)}


def test_saving_again_gives_the_same_rows(store: Store) -> None:
    everything = (ONE, TWO, OTHER, BARE, BARE_MAYOR)
    save(store, *everything)
    before = list(store.db.conn.iterdump())
    for extraction in everything:
        assert store.save(extraction, RUN) == "unchanged"
    store.settle_speakers()
    assert list(store.db.conn.iterdump()) == before


def test_a_fuller_name_keeps_the_link_of_its_document(store: Store) -> None:
    save(store, BARE)
    (bare,) = who(store, "bare")
    fuller = Speaker("ana-sol", "Ana Sol", "person", ("Ana Sol", "Sol"))
    found = article("bare", person("Sol"))
    renamed = Extraction(
        found.document,
        found.quotations,
        (fuller,),
        tuple(Mention(m.start, m.end, "ana-sol", m.method, m.score) for m in found.mentions),
        tuple(Attribution(a.quotation_id, "ana-sol", a.method, a.score) for a in found.attributions),
    )
    save(store, renamed)
    assert who(store, "bare") == [bare]


def test_a_speaker_no_document_has_any_more_goes(store: Store) -> None:
    save(store, ONE)
    save(store, article("one", person("Eva Rio")))
    assert [row["id"] for row in rows(store, "speakers")] == ["eva-rio"]
    assert {row["local_id"] for row in rows(store, "document_speakers")} == {"eva-rio"}


# What people judge.


def test_same_makes_one_and_all_rows_follow(store: Store) -> None:
    save(store, ONE, OTHER)
    assert store.judge_same("ana-sol", "ana-sol-judge", "ada", "the same person") == "ana-sol"
    assert who(store, "other") == ["ana-sol"]
    assert {row["speaker_id"] for row in rows(store, "mentions")} == {"ana-sol"}
    assert pairs(store) == set(), "what is judged is no question any more"
    (judgement,) = rows(store, "judgements")
    assert (judgement["decision"], judgement["reviewer"], judgement["note"]) == ("same", "ada", "the same person")
    roles = {row["role"] for row in rows(store, "speaker_roles") if row["speaker_id"] == "ana-sol"}
    assert roles == {"mayor (alba)", "judge"}


def test_a_merge_and_its_undoing_survive_a_re_extraction(store: Store) -> None:
    save(store, ONE, OTHER)
    store.judge_same("ana-sol-judge", "ana-sol", "ada")
    store.save(OTHER, RUN, again=True)
    assert who(store, "other") == ["ana-sol"]
    store.judge_different("ana-sol", "ana-sol-judge", "ada")
    assert (who(store, "one"), who(store, "other")) == (["ana-sol"], ["ana-sol-judge"])
    store.save(OTHER, RUN, again=True)
    store.settle_speakers()
    assert who(store, "other") == ["ana-sol-judge"]
    assert {row["role"] for row in rows(store, "speaker_roles") if row["speaker_id"] == "ana-sol"} == {"mayor (alba)"}


def test_a_document_taken_out_of_a_speaker_stays_out(store: Store) -> None:
    save(store, ONE, TWO)
    (new,) = store.split_document("ana-sol", TWO.document.id, "ada")
    assert (who(store, "one"), who(store, "two")) == (["ana-sol"], [new])
    store.save(TWO, RUN, again=True)
    store.settle_speakers()
    assert who(store, "two") == [new]
    assert "Ana M. Sol" not in {r["name"] for r in rows(store, "speaker_names") if r["speaker_id"] == "ana-sol"}


def test_judgements_are_append_only_and_the_last_holds(store: Store) -> None:
    save(store, ONE, OTHER)
    store.judge_different("ana-sol", "ana-sol-judge", "ada")
    store.judge_same("ana-sol", "ana-sol-judge", "bo")
    assert who(store, "other") == ["ana-sol"]
    assert [row["decision"] for row in store.db.query("SELECT * FROM judgements ORDER BY rowid")] == [
        "different",
        "same",
    ]


def test_what_was_judged_different_is_not_made_one_by_way_of_a_third(store: Store) -> None:
    save(store, ONE, OTHER, article("third", person("Ana Sol", GOVERNOR)))
    one, two, three = (who(store, name)[0] for name in ("one", "other", "third"))
    store.judge_different(one, two, "ada")
    store.judge_same(one, three, "ada")
    with pytest.raises(StoreError, match="were judged different; judge those two first"):
        store.judge_same(two, three, "ada")


@pytest.mark.parametrize(
    "attempt",
    [
        lambda store: store.judge_same("ana-sol", "nobody", "ada"),
        lambda store: store.judge_different("ana-sol", "ana-sol", "ada"),
        lambda store: store.split_document("ana-sol", "d_none", "ada"),
    ],
)
def test_a_judgement_on_nobody_is_refused_in_one_line(store: Store, attempt) -> None:
    save(store, ONE)
    with pytest.raises(StoreError) as refused:
        attempt(store)
    assert "\n" not in str(refused.value)
    assert rows(store, "judgements") == []


PEOPLE = [
    person("Ana Sol", MAYOR), person("Ana Sol", JUDGE), person("Ana Sol"), person("Ana M. Sol", MAYOR),
    person("Sol"), person("Sol", MAYOR), person("Sol", JUDGE), person("A. Sol"),
]  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(PEOPLE))), split=st.integers(1, len(PEOPLE) - 1))
def test_no_order_of_documents_joins_what_was_judged_different(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], split: int
) -> None:
    articles = [article(f"doc {i}", person_) for i, person_ in enumerate(PEOPLE)]
    with Store.open(tmp_path_factory.mktemp("order") / "quotes.db") as store:
        save(store, article("left", person("Ana Sol", MAYOR)), article("right", person("Ana Sol", JUDGE)))
        (left,), (right,) = who(store, "left"), who(store, "right")
        store.judge_different(left, right, "ada")
        save(store, *(articles[i] for i in order[:split]))
        save(store, *(articles[i] for i in order[split:]))
        assert who(store, "left") != who(store, "right")
        once = {name: who(store, name) for name in (e.document.input.removesuffix(".txt") for e in articles)}
        for extraction in articles:
            store.save(extraction, RUN, again=True)
        assert {name: who(store, name) for name in once} == once
        assert store.verify() == []


# Rosters.

ROSTER = """
- name: Ana Sol
  also: [Ana Maria Sol, Sol]
  wikidata: Q42
  roles:
    - {role: mayor, place: Alba, from: 2020-01-01}
"""


def test_a_roster_knows_names_offices_and_dates(store: Store) -> None:
    assert store.load_roster(read_roster("r.yml", ROSTER)) == 1
    assert store.load_roster(read_roster("r.yml", ROSTER)) == 0, "loading the same twice changes nothing"
    (speaker,) = rows(store, "speakers")
    assert (speaker["id"], speaker["wikidata"], speaker["is_known"]) == ("ana-sol", "Q42", 1)
    assert store.counts().speakers == 0, "nobody has quoted her yet"
    save(store, BARE)
    assert who(store, "bare") == ["ana-sol"]


def test_a_roster_loaded_later_finds_who_was_open(store: Store) -> None:
    save(store, BARE)
    store.load_roster(read_roster("r.yml", ROSTER))
    assert who(store, "bare") == ["ana-sol"]


def test_an_older_database_gets_keys_for_its_names(tmp_path: Path) -> None:
    with Store.open(tmp_path / "old.db") as store:
        save(store, ONE)
        store.db.execute("DELETE FROM speaker_keys")
    with Store.open(tmp_path / "old.db") as store:
        save(store, TWO)
        assert who(store, "two") == ["ana-sol"]


# Taking a judgement back.


def take_back_last(store: Store) -> tuple[str, str]:
    last = store.db.execute("SELECT id FROM judgements ORDER BY rowid DESC LIMIT 1").fetchone()[0]
    with writing(store.db):
        return take_back(store.db, last, Judge("ada", utc_now(), "looked wrong"))


@pytest.mark.parametrize("decide", ["judge_same", "judge_different"])
def test_a_judgement_taken_back_is_an_open_pair_again(store: Store, decide: str) -> None:
    save(store, ONE, OTHER)
    before = rows(store, "document_speakers"), rows(store, "speakers"), pairs(store)
    getattr(store, decide)("ana-sol", "ana-sol-judge", "ada")
    assert pairs(store) == set()
    assert take_back_last(store) == ("ana-sol", "ana-sol-judge")
    assert (rows(store, "document_speakers"), rows(store, "speakers"), pairs(store)) == before
    assert (who(store, "one"), who(store, "other")) == (["ana-sol"], ["ana-sol-judge"])
    notes = [row[0] for row in store.db.execute("SELECT note FROM judgements ORDER BY rowid")]
    assert notes == ["", f"taken back: {decide.removeprefix('judge_')}; looked wrong"]


def test_what_was_judged_again_since_is_not_taken_back(store: Store) -> None:
    save(store, ONE, OTHER)
    store.judge_different("ana-sol", "ana-sol-judge", "ada")
    first = rows(store, "judgements")[0]["id"]
    store.judge_same("ana-sol", "ana-sol-judge", "bo")
    with pytest.raises(StoreError, match="judged again since"), writing(store.db):
        take_back(store.db, first, Judge("ada", utc_now()))
    with pytest.raises(StoreError, match="no such judgement"), writing(store.db):
        take_back(store.db, "j_none", Judge("ada", utc_now()))
    assert who(store, "other") == ["ana-sol"]


def test_two_that_another_judgement_makes_one_stay_one(store: Store) -> None:
    save(store, ONE, OTHER, article("third", person("Ana Sol", GOVERNOR)))
    (third,) = who(store, "third")
    store.judge_different("ana-sol", "ana-sol-judge", "ada")
    taken = rows(store, "judgements")[0]["id"]
    # Stored by an older program, which did not look for pairs kept apart.
    for other in ("ana-sol-judge", third):
        store.db.execute("UPDATE speakers SET merged_into = 'ana-sol' WHERE id = ?", [other])
    with pytest.raises(StoreError, match="make them one"), writing(store.db):
        take_back(store.db, taken, Judge("ada", utc_now()))
    assert len(rows(store, "judgements")) == 1, "nothing is half written"
    store.db.execute("UPDATE speakers SET merged_into = NULL")


def test_unsure_closes_a_pair_and_joins_nobody(store: Store) -> None:
    save(store, ONE, OTHER)
    with writing(store.db):
        judge_unsure(store.db, "ana-sol", "ana-sol-judge", Judge("ada", utc_now()))
    assert pairs(store) == set()
    assert [row["decision"] for row in rows(store, "judgements")] == ["unsure"]
    assert who(store, "other") == ["ana-sol-judge"]
