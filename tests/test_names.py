"""Names of persons: what is stripped, what is one person, which id a name gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.speakers import lexicon
from quotes.speakers.names import normal_case, parse_name, same_person, speaker_id, strip_possessive, title_length


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Marco Rubio", "Marco Rubio"),
        ("U.S. Secretary of State Marco Rubio", "Marco Rubio"),
        ("Sen. Ana Torres", "Ana Torres"),
        ("Mr. Torres", "Torres"),
        ("Prime Minister Keir Starmer", "Keir Starmer"),
        ("former President Luis Prado", "Luis Prado"),
        ("El Salvador’s President Nayib Bukele", "Nayib Bukele"),
        ("Lt. Gov. Dana Whitlock", "Dana Whitlock"),
        ("Attorney General Rosa Lind", "Rosa Lind"),
        ("Rubio’s", "Rubio"),
        ("Bernie Sanders'", "Bernie Sanders"),
        ("MIKE PENCE", "Mike Pence"),
        ("Ursula von der Leyen", "Ursula von der Leyen"),
        ("Dr. Martin Weiss Jr.", "Martin Weiss Jr."),
        ("Harry Hart III", "Harry Hart III"),
    ],
)
def test_a_name_is_what_is_left_without_titles_and_possessive(printed: str, name: str) -> None:
    words = tuple(strip_possessive(printed).split())
    assert " ".join(normal_case(word) for word in words[title_length(words) :]) == name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Marco Rubio", "Marco Rubio", True),
        ("Donald J. Trump", "Donald Trump", True),
        ("Hillary Rodham Clinton", "Hillary Clinton", True),
        ("Bill Hart", "William Hart", True),
        ("José García", "Jose Garcia", True),
        ("MARCO RUBIO", "Marco Rubio", True),
        ("Ana Torres", "Luis Torres", False),
        ("George H. Marsh", "George W. Marsh", False),
        ("Martin Weiss", "Martin Weiss Jr.", False),
        ("Martin Weiss Jr.", "Martin Weiss, Jr.", True),
        ("Ana Torres", "Ana Prado", False),
    ],
)
def test_two_full_names_are_one_person(one: str, other: str, same: bool) -> None:
    first, second = parse_name(tuple(one.split())), parse_name(tuple(other.split()))
    assert first and second
    assert same_person(first, second) is same
    assert same_person(second, first) is same


@pytest.mark.parametrize(
    ("printed", "given_names", "surname", "suffix"),
    [
        ("Marco Rubio", ("marco",), ("rubio",), None),
        ("Ludwig van Beek", ("ludwig",), ("van", "beek"), None),
        ("Mohammed bin Salman", ("mohammed",), ("bin", "salman"), None),
        ("John F. Hart Jr.", ("john", "f"), ("hart",), "jr"),
        ("Rubio", (), ("rubio",), None),
    ],
)
def test_parts_of_a_name(
    printed: str, given_names: tuple[str, ...], surname: tuple[str, ...], suffix: str | None
) -> None:
    name = parse_name(tuple(printed.split()))
    assert name
    assert (name.given, name.surname, name.suffix) == (given_names, surname, suffix)


@pytest.mark.parametrize(
    ("printed", "usual"),
    [
        ("PENCE", "Pence"),
        ("MCCONNELL", "McConnell"),
        ("O'MALLEY", "O'Malley"),
        ("JEAN-LUC", "Jean-Luc"),
        ("Pence", "Pence"),
        ("J.", "J."),
        ("III", "III"),
    ],
)
def test_words_in_capitals_are_put_as_usual(printed: str, usual: str) -> None:
    assert normal_case(printed) == usual


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Marco Rubio", "marco-rubio"),
        ("José García", "jose-garcia"),
        ("Martin O'Malley", "martin-omalley"),
        ("Donald J. Trump", "donald-j-trump"),
        ("U.S. Department of Justice", "us-department-of-justice"),
    ],
)
def test_the_id_of_a_speaker_is_the_name_in_ascii(name: str, expected: str) -> None:
    assert speaker_id(name) == expected


@pytest.mark.parametrize("name", ["Владимир Иванов", "习近平", "", "…"])
def test_a_name_without_latin_letters_gets_a_hash(name: str) -> None:
    assert speaker_id(name).startswith("s_")
    assert speaker_id(name) == speaker_id(name)


def test_names_in_another_script_get_ids_of_their_own() -> None:
    assert speaker_id("Владимир Иванов") != speaker_id("Владимир Петров")


@given(st.text(max_size=40))
def test_every_name_gets_a_stable_id_that_a_url_can_hold(name: str) -> None:
    made = speaker_id(name)
    assert made == speaker_id(name)
    assert made.isascii()
    assert made
    assert all(c.isalnum() or c in "-_" for c in made)


@given(st.text(alphabet="abcXYZ '’s", max_size=12))
def test_stripping_a_possessive_only_shortens(text: str) -> None:
    assert text.startswith(strip_possessive(text))


def test_no_given_name_is_in_both_lists() -> None:
    assert lexicon.given_gender("nayib") == "male"
    assert lexicon.given_gender("kamala") == "female"
    assert not lexicon._words("given_male.txt") & lexicon._words("given_female.txt")


@pytest.mark.parametrize(("one", "other"), [("bill", "william"), ("kate", "katherine"), ("j", "james")])
def test_given_names_that_stand_for_each_other(one: str, other: str) -> None:
    assert lexicon.same_given_name(one, other)


def test_given_names_that_do_not() -> None:
    assert not lexicon.same_given_name("ana", "luis")
