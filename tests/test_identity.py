"""Who is who across documents: names and profiles in, decisions out."""

from __future__ import annotations

import pytest

from quotes.identity.bodies import match_bodies
from quotes.identity.context import context_of, regions_in, shared_weight
from quotes.identity.deciding import decide
from quotes.identity.ids import new_id
from quotes.identity.names import match_names, person_keys
from quotes.identity.types import told_type
from quotes.identity.values import DatedRole, Profile
from quotes.models import Speaker, SpeakerRole


def role(
    head: str, *modifiers: str, past: bool = False, first: str | None = None, last: str | None = None
) -> DatedRole:
    return DatedRole(SpeakerRole(head, modifiers, past), first, last)


def office(head: str, *modifiers: str, first: str, last: str | None = None) -> DatedRole:
    return DatedRole(SpeakerRole(head, modifiers), first, last, is_known=True)


def person(name: str, *roles: DatedRole, id_: str | None = None, **more: object) -> Profile:
    return Profile(**{"id": id_ or name, "name": name, "type": "person", "names": (name,), "roles": roles, **more})


def body(name: str, *names: str, **more: object) -> Profile:
    return Profile(**{"id": name, "name": name, "type": "organisation", "names": (name, *names), **more})


# Names of persons.


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Ana Sol", "Ana Sol", "exact"),
        ("ANA SOL", "Ana Sol", "exact"),
        ("Antonio Guterres", "António Guterres", "exact"),
        ("Søren Kjær", "Soren Kjaer", "exact"),
        ("Łukasz Wójcik", "Lukasz Wojcik", "exact"),
        ("Park Soo-yeon", "Park Sooyeon", "exact"),
        ("Pieter van den Broek", "Pieter Vandenbroek", "exact"),
        ("Camille Roux-Delmas", "Camille Roux Delmas", "exact"),
        ("Tom O’Hara", "Tom O'Hara", "exact"),
        ("João de Souza", "Joao Souza", "exact"),
        ("Edward “Ted” Lind", "Edward Lind", "exact"),
        ("J.D. Hale", "JD Hale", "exact"),
        ("Abdel Fattah al-Sisi", "Abdel Fatah El-Sisi", "spelling"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "spelling"),
        ("Volodymyr Zelenskiy", "Volodymyr Zelenskyy", "spelling"),
        ("Mohammed Qaddour", "Muhammad Kaddour", "spelling"),
        ("Kareem Tamimi", "Karim Tamimi", "spelling"),
        ("Bill Ferris", "William Ferris", "nickname"),
        ("Bill Ferris", "William T. Ferris", "nickname"),
        ("Hillary Clinton", "Hillary Rodham Clinton", "middle"),
        ("George Bush", "George W. Bush", "middle"),
        ("J.D. Hale", "James David Hale", "initials"),
        ("J. Hale", "James Hale", "initial"),
        ("Szalai Tibor", "Tibor Szalai", "order"),
        ("Kim Min-jun", "Min-jun Kim", "order"),
        ("Aldo Costa Jr.", "Aldo Costa", "suffix"),
        ("Tamara Iversen", "Tamara Iversen-Holt", "added surname"),
        ("Gabriela Fuentes", "Gabriela Fuentes Arriaga", "longer name"),
        ("Rubio", "Marco Rubio", "bare"),
        ("Van den Broek", "Pieter van den Broek", "bare"),
        ("Zhao", "Zhao Wenling", "bare"),
        ("Peña", "Rodrigo Peña Salcedo", "bare"),
        ("Lula", "Lula da Silva", "given"),
        ("Aldo Costa Jr.", "Aldo Costa Sr.", None),
        ("George H. Bush", "George W. Bush", None),
        ("Jon Abbott", "John Abbott", None),
        ("David Price", "David Pryce", None),
        ("Stephen Moreau", "Stéphane Moreau", None),
        ("James Thomas", "Thomas James", None),
        ("Ana Sol", "Eva Sol", None),
        ("Rubio", "Marco Rubini", None),
    ],
)
def test_how_names_of_persons_agree(one: str, other: str, kind: str | None) -> None:
    for pair in ((one, other), (other, one)):
        match = match_names(*pair)
        assert (match.kind if match else None) == kind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Volodymyr Zelensky", "V. Zelenskiy"),
        ("Tamara Iversen", "Tamara Iversen-Holt"),
        ("Szalai Tibor", "Tibor Szalai"),
        ("Xi Jinping", "Xi Jinping"),
        ("Gabriela Fuentes", "Gabriela Fuentes Arriaga"),
    ],
)
def test_names_that_agree_share_a_key(one: str, other: str) -> None:
    assert person_keys(one) & person_keys(other)


# Names of bodies.


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("the World Bank", "World Bank", "exact"),
        ("U.S. Department of State", "US State Department", "exact"),
        ("United States Department of Agriculture", "U.S. Agriculture Department", "exact"),
        ("World Health Organisation", "World Health Organization", "exact"),
        ("Acme Inc.", "Acme", "exact"),
        ("Ministry of Finance", "Finance Ministry", "generic"),
        ("Coast Guard", "coast guard", "generic"),
        ("State Department", "US State Department", "place"),
        ("WHO", "World Health Organization", "acronym"),
        ("WHO", "WHO", "acronym"),
        ("University of Washington", "Washington University", None),
        ("Bank of Calderra", "Bank of Chile", None),
    ],
)
def test_how_names_of_bodies_agree(one: str, other: str, kind: str | None) -> None:
    match = match_bodies((one,), (other,))
    assert (match.kind if match else None) == kind


def test_two_full_names_are_not_one_because_their_initials_are() -> None:
    assert match_bodies(("Eastland Airways", "EA"), ("Environment Agency",)) is None


# Decisions.

RUBIO = person("Marco Rubio", office("secretary of state", first="2025-01-21"), is_known=True)
KERRY = person("John Kerry", office("secretary of state", first="2013-02-01", last="2017-01-20"), is_known=True)
SENATOR = person("Mike Rogers", role("congressman", "alabama"))


@pytest.mark.parametrize(
    ("local", "candidates", "expected"),
    [
        pytest.param(person("Ana Sol", role("mayor", "lima")), [person("Ana Sol", role("mayor", "lima"))], "Ana Sol",
                     id="one name, one office"),
        pytest.param(person("Ana Sol", role("mayor", "peru")), [person("Ana Sol", role("mayor", "peruvian"))], "Ana Sol",
                     id="a people is its place"),
        pytest.param(person("Mike Rogers", role("congressman", "michigan")), [SENATOR], None, id="one office, two places"),
        pytest.param(person("Bill Ferris", role("judge")), [person("William Ferris", role("judge"))], "William Ferris",
                     id="a nickname"),
        pytest.param(person("Marcus Bell", role("rapper")), [person("Marcus Bell", role("judge"))], None,
                     id="two fields of life"),
        pytest.param(person("Marcus Bell", role("rapper"), companions=frozenset({"x", "y"})),
                     [person("Marcus Bell", role("judge"), companions=frozenset({"x", "y"}))], "Marcus Bell",
                     id="two fields, but in one company"),
        pytest.param(person("Ana Sol", role("mayor", past=True)), [person("Ana Sol", role("mayor"))], None,
                     id="a former mayor alone, until the batch is known"),
        pytest.param(person("Rubio", role("secretary of state"), last_seen="2025-03-01"), [RUBIO], "Marco Rubio",
                     id="a surname and an office of a roster"),
        pytest.param(person("Kerry", role("secretary of state"), last_seen="2025-03-01"), [KERRY], "John Kerry",
                     id="nobody else bears the surname: an office that has ended will do"),
        pytest.param(person("Sol"), [person("Ana Sol")], None, id="a surname alone"),
        pytest.param(person("Sol", role("governor")), [person("Ana Sol", role("governor"))], "Ana Sol",
                     id="a surname and an office"),
        pytest.param(person("Sol", role("governor")),
                     [person("Ana Sol", role("governor")), person("Eva Sol", role("governor"))], None,
                     id="two bear surname and office"),
        pytest.param(person("Sol", outlets=frozenset({("Wire", "2025-01-05")}), companions=frozenset({"x"})),
                     [person("Ana Sol", outlets=frozenset({("Wire", "2025-01-03")}), companions=frozenset({"x"}))],
                     "Ana Sol", id="the same company, the same outlet, the same week"),
        pytest.param(person("Aldo Costa Jr."), [person("Aldo Costa", role("senator"))], None, id="father and son"),
        pytest.param(person("J. Hale"), [person("James Hale")], None, id="one initial"),
        pytest.param(person("Tamara Iversen-Holt", role("novelist")), [person("Tamara Iversen", role("novelist"))],
                     "Tamara Iversen", id="a surname added, one trade"),
        pytest.param(person("Tamara Iversen-Holt"), [person("Tamara Iversen")], None, id="a surname added, nothing else"),
        pytest.param(body("World Bank"), [body("the World Bank")], "the World Bank", id="a body's name"),
        pytest.param(body("Finance Ministry"), [body("Ministry of Finance")], None, id="which finance ministry"),
        pytest.param(body("Finance Ministry", places=frozenset({"oslo"})),
                     [body("Ministry of Finance", places=frozenset({"oslo"}))], "Ministry of Finance",
                     id="the finance ministry of one place"),
        pytest.param(body("Finance Ministry", regions=frozenset({"peru"})),
                     [body("Ministry of Finance", regions=frozenset({"norway"}))], None, id="of two countries"),
        pytest.param(body("EA"), [body("Eastland Airways", "EA"), body("Environment Agency", "EA")], None,
                     id="initials of two bodies"),
        pytest.param(body("EA"), [body("Eastland Airways", "EA")], None, id="two letters"),
        pytest.param(body("FBI"), [body("Federal Bureau of Investigation", is_known=True)],
                     "Federal Bureau of Investigation", id="initials of a roster's body"),
        pytest.param(person("Washington"), [body("Washington")], None, id="a person and a place"),
    ],
)  # fmt: skip
def test_decisions(local: Profile, candidates: list[Profile], expected: str | None) -> None:
    decision = decide(local, candidates)
    assert decision.speaker_id == expected, decision.why
    assert 0 <= decision.score <= 1
    assert decision.why
    assert decide(local, candidates[::-1]).speaker_id == expected, "the order of candidates says nothing"


def test_a_full_name_with_nothing_else_waits_for_the_batch() -> None:
    local, candidate = person("Ana Sol"), person("Ana Sol", id_="ana-sol")
    assert decide(local, [candidate]).speaker_id is None
    assert decide(local, [candidate], all_seen=True).speaker_id == "ana-sol"


def test_a_name_that_two_bear_needs_more() -> None:
    judge, rapper = (person("Marcus Bell", role(head), id_=head) for head in ("judge", "rapper"))
    assert decide(person("Marcus Bell"), [judge, rapper], all_seen=True).speaker_id is None
    told = person("Marcus Bell", role("judge"))
    assert decide(told, [judge, rapper], all_seen=True).speaker_id == "judge"


def test_who_is_not_joined_but_may_be_the_same_is_asked_about() -> None:
    decision = decide(person("Sol"), [person("Ana Sol")])
    assert [rival.id for rival in decision.rivals] == ["Ana Sol"]
    assert "Sol can be Ana Sol" in decision.why


def test_two_holders_of_one_office_are_not_even_asked_about() -> None:
    assert decide(person("Mike Rogers", role("congressman", "michigan")), [SENATOR]).rivals == ()


# Ids.


@pytest.mark.parametrize(
    ("local", "taken", "expected"),
    [
        pytest.param(person("Ana Sol"), set(), "ana-sol", id="free"),
        pytest.param(person("Ana Sol", role("mayor", "port", "alba")), {"ana-sol"}, "ana-sol-port-alba", id="by place"),
        pytest.param(person("Ana Sol", role("judge")), {"ana-sol"}, "ana-sol-judge", id="by role"),
        pytest.param(body("FBI"), set(), "fbi", id="initials"),
        pytest.param(
            body("Finance Ministry", places=frozenset({"oslo"})), set(), "finance-ministry-oslo", id="generic"
        ),
    ],
)
def test_ids_can_be_read(local: Profile, taken: set[str], expected: str) -> None:
    assert new_id(local, "d_1", taken.__contains__) == expected


def test_a_bare_surname_is_its_documents_own() -> None:
    one, other = (new_id(person("Sol"), document, set().__contains__) for document in ("d_1", "d_2"))
    assert one.startswith("sol-")
    assert one != other


# Surroundings.


def test_context_leaves_out_the_speakers_and_what_is_common() -> None:
    found = context_of("Ana Sol of the Port Alba Museum spoke on Monday about embroidery.", ["Ana Sol"])
    assert "port alba museum" in found
    assert "~embroidery" in found
    assert not {"ana", "sol", "monday"} & found


def test_shared_names_weigh_more_than_shared_words() -> None:
    assert shared_weight(frozenset({"port alba"}), frozenset({"port alba"})) > shared_weight(
        frozenset({"~embroidery"}), frozenset({"~embroidery"})
    )


def test_regions_are_found_by_people_and_by_two_words() -> None:
    assert regions_in("The Peruvian minister flew to Rhode Island.") == {"peru", "rhode_island"}


@pytest.mark.parametrize(
    ("speaker", "kind"),
    [
        (Speaker("x", "Nkechi Achebe", "organisation", roles=(SpeakerRole("deputy director"),)), "person"),
        (Speaker("x", "Alan Reed", "organisation"), "person"),
        (Speaker("x", "World Bank", "organisation"), "organisation"),
        (Speaker("x", "WHO", "organisation"), "organisation"),
        (Speaker("x", "Democrats", "group"), "group"),
    ],
)
def test_what_kind_of_speaker_a_name_is(speaker: Speaker, kind: str) -> None:
    assert told_type(speaker) == kind
