"""What a roster adds to a document: gender, and offices held on the day it was published."""

from __future__ import annotations

import pytest
from test_speakers import read

from quotes.models import KnownSpeaker, Office, SpeakerRole
from quotes.speakers.component import find_speakers
from quotes.speakers.known import KnownSpeakers, roles_at

SENATOR = Office(SpeakerRole("senator", ("vermont",)), "2007", "2020-12")
SECRETARY = Office(SpeakerRole("secretary of state"), "2009-01-21", "2013-02-01")
SOL = KnownSpeaker(("Ana Sol", "Ana Maria Sol"), "person", "female", (SENATOR, SECRETARY))


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2010-05-04", [("senator", False), ("secretary of state", False)]),
        ("2016-09-30", [("senator", False), ("secretary of state", True)]),
        ("2008-01-01", [("senator", False)]),
        ("2021-01-02", [("senator", True), ("secretary of state", True)]),
        (None, [("senator", False), ("secretary of state", False)]),
    ],
)
def test_offices_count_by_the_day(day: str | None, told: list) -> None:
    assert [(" ".join(role.head), role.past) for role in roles_at(SOL.offices, day)] == told


CASES = {
    "an office not printed": ("Ana Sol came late. [The Vermont senator] said {the dam was safe}.", ["Ana Sol"]),
    "a past office": ("Ana Sol came late. [The former secretary of state] said {the dam was safe}.", ["Ana Sol"]),
    "a present office that is past": ("Ana Sol came late. [The secretary of state] said {the dam was safe}.", [None]),
    "gender": ("Sol Ltd. rose. Ana Sol and Kim Marsh met. [She] said {the dam was safe}.", ["Ana Sol"]),
    "somebody else": ("Ann Sol came late. [The former secretary of state] said {the dam was safe}.", [None]),
}


@pytest.mark.model
@pytest.mark.parametrize(("marked", "speakers"), CASES.values(), ids=CASES)
def test_descriptions_find_whom_a_roster_knows(nlp, marked: str, speakers: list) -> None:
    doc, quotations = read(nlp, marked)
    doc.user_data["published"] = "2016-09-30"
    found = find_speakers(doc, quotations, KnownSpeakers([SOL]))
    names = {speaker.id: speaker.name for speaker in found.speakers}
    chosen = {link.quotation_id: names[link.speaker_id] for link in found.attributions}
    assert [chosen.get(q.id) for q in quotations] == speakers
    assert all(not speaker.roles for speaker in found.speakers), "a roster's roles were not printed"


def test_a_name_of_two_tells_nothing() -> None:
    assert not KnownSpeakers([SOL, KnownSpeaker(("Ana Sol",), "person")])._by_name.get(("ana", "sol"))
