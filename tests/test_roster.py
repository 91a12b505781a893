"""Rosters: speakers known beforehand, and what is said when an entry is not as it should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.errors import InputError
from quotes.identity.roster import read_roster

SEEDS = Path(__file__).resolve().parent.parent / "seeds" / "speakers.yml"


def test_an_entry_with_everything() -> None:
    (known,) = read_roster(
        "r.yml",
        """
- id: ana
  name: Ana  Sol
  type: person
  also: [Ana Maria Sol]
  wikidata: Q42
  gender: female
  roles:
    - {role: Mayor, place: Port Alba, from: 2020-01-01, to: 2024}
""",
    )
    assert (known.id, known.name, known.type, known.gender, known.wikidata) == (
        "ana",
        "Ana Sol",
        "person",
        "female",
        "Q42",
    )
    assert known.names == ("Ana Sol", "Ana Maria Sol")
    (role,) = known.roles
    assert (str(role.role), role.first, role.last, role.is_known) == ("mayor (port alba)", "2020-01-01", "2024", True)


def test_a_name_is_enough() -> None:
    (known,) = read_roster("r.yml", "- name: Ana Sol\n")
    assert (known.id, known.type, known.roles) == ("ana-sol", "person", ())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name: Ana Sol", "r.yml: is no list: begin each speaker with '- name: …'"),
        ("- [", "r.yml:1: is no YAML"),
        ("- type: person", "r.yml: entry 1: has no name: write '- name: Ana Sol'"),
        ("- name: Ana\n  born: 1970", "entry 1 (Ana): has 'born', which means nothing here: use also, gender"),
        ("- name: Ana\n  type: woman", "entry 1 (Ana): type 'woman' is none of person, organisation, group"),
        ("- name: Ana\n  id: Ana Sol", "entry 1 (Ana): id 'Ana Sol' is not of small letters"),
        ("- name: Ana\n  wikidata: 42", "entry 1 (Ana): wikidata 42 is no item: write it like Q42"),
        ("- name: Ana\n  gender: f", "entry 1 (Ana): gender 'f' is not female or male"),
        ("- name: Ana\n  also: Sol", "entry 1 (Ana): also is no list of names: write also: [A. Sol, Sol]"),
        ("- name: Ana\n  roles: mayor", "entry 1 (Ana): roles is no list"),
        ("- name: Ana\n  roles: [{place: Alba}]", "entry 1 (Ana): a role has no words"),
        ("- name: Ana\n  roles: [{role: mayor, since: 2020}]", "entry 1 (Ana): a role has 'since'"),
        ("- name: Ana\n  roles: [{role: mayor, from: May}]", "entry 1 (Ana): 'May' is no date: write 2025-01-20"),
        (
            "- name: Ana\n  roles: [{role: mayor, from: 2020, to: 2019}]",
            "entry 1 (Ana): role 'mayor' ends (2019) before",
        ),
        ("- name: Ana\n- name: Ana", "entry 2 (Ana): id ana is taken: give it another with id:"),
    ],
)
def test_a_bad_entry_is_named_with_the_mend(text: str, problem: str) -> None:
    with pytest.raises(InputError) as refused:
        read_roster("r.yml", text)
    assert problem in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_roster_of_the_demo_is_sound() -> None:
    roster = read_roster("speakers.yml", SEEDS.read_text(encoding="utf-8"))
    assert len(roster) >= 60
    items = [known.wikidata for known in roster if known.wikidata]
    assert len(items) == len(set(items)), "one item is one speaker"
