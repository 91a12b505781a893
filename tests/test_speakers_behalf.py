"""On whose behalf somebody speaks: the person, where named, is the speaker; the body or person spoken for is kept too."""

from __future__ import annotations

import pytest
from test_speakers import resolve

pytestmark = pytest.mark.model

STATE = "State Department"
CASES = {
    "title": (
        "The State Department met. [State Department spokesman Mark Weller] said {the talks had ended}.",
        "Mark Weller",
        STATE,
    ),
    "apposition": (
        "[Mark Weller, a spokesman for the State Department,] said {the talks had ended}.",
        "Mark Weller",
        STATE,
    ),
    "apposition before": (
        "[A spokeswoman for the State Department, Ann Weller,] said {the talks had ended}.",
        "Ann Weller",
        STATE,
    ),
    "unnamed": ("[A spokesman for the State Department] said {the talks had ended}.", None, STATE),
    "unnamed, before": ("[A State Department spokesman] said {the talks had ended}.", None, STATE),
    "of a person": (
        "Ana Torres left. [Torres’s lawyer, Jean Morel,] said {she was innocent}.",
        "Jean Morel",
        "Ana Torres",
    ),
    "of a person, pronoun": ("Ana Torres left. [Her lawyer] said {she was innocent}.", None, "Ana Torres"),
    "campaign": (
        "On Monday [Clinton campaign manager Jean Morel] said {the poll was wrong}.",
        "Jean Morel",
        "Clinton campaign",
    ),
    "by description": (
        "The State Department met. [A spokesman for the department] said {the talks had ended}.",
        None,
        STATE,
    ),
    "no representative": ("[State Department official Mark Weller] said {the talks had ended}.", "Mark Weller", None),
    "heads it": ("[Transport Secretary Ana Torres] said {the line would open}.", "Ana Torres", None),
    "nobody known": ("[A spokesman] said {the talks had ended}.", None, None),
}


@pytest.mark.parametrize(("marked", "speaker", "body"), CASES.values(), ids=CASES)
def test_speaker_and_whom_the_speaker_speaks_for(nlp, marked: str, speaker: str | None, body: str | None) -> None:
    resolution = resolve(nlp, marked)
    names = {s.id: s.name for s in resolution.speakers}
    assert [names[a.speaker_id] for a in resolution.attributions] == ([speaker] if speaker else [])
    assert [names[a.speaker_id] for a in resolution.spoken_for] == ([body] if body else [])


SPOKEN = (
    'Mark Weller, a spokesman for the State Department, said the talks had ended. "They will resume," Weller said. '
    "A State Department spokeswoman said the envoy had left."
)


def test_whom_somebody_speaks_for_is_stored_and_follows_a_merge(nlp, tmp_path) -> None:
    from quotes.models import Document
    from quotes.store import Store
    from quotes.tracker import make_run, track

    document = Document("d1", "talks.txt", "0" * 64, SPOKEN)
    with Store.open(tmp_path / "x.db") as store:
        (extraction,) = track([document], nlp)
        store.save(extraction, make_run(nlp))
        said = list(store.db.query("SELECT speaker, on_behalf_of FROM quotation_list ORDER BY quotation_id"))
        found = {(row["speaker"], row["on_behalf_of"]) for row in said}
        assert found >= {("Mark Weller", "State Department"), (None, "State Department")}
        assert store.save(extraction, make_run(nlp)) == "unchanged"
        (other,) = track([Document("d2", "two.txt", "1" * 64, "The Foreign Bureau said the talks had ended.")], nlp)
        store.save(other, make_run(nlp))
        ids = {row["name"]: row["id"] for row in store.db.query("SELECT id, name FROM speakers")}
        store.judge_same(ids["State Department"], ids["Foreign Bureau"], "ada", into=ids["Foreign Bureau"])
        bodies = {row["on_behalf_of"] for row in store.db.query("SELECT on_behalf_of FROM quotation_list")} - {None}
        assert bodies == {"Foreign Bureau"}
