"""Questions and relations: the facts of two claims in, whether they answer one question and how they relate out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.claims.answers import rounding, shown, widened
from quotes.claims.questions import ClaimFacts, question_of, relate, same_question

FLOOD = ClaimFacts(
    claim_id="c_1", document_id="d_1", outlet="Courier", published="2025-03-05", text="at least 35 people were killed",
    measured="people", terms=("die", "Tessen"), unit="person", kind="quantity", direction=None, role="level",
    value_min=35, value_max=None, comparator=">=", asserted_by="Agency", denied=False,
)  # fmt: skip


def later(low: float | None, high: float | None, sign: str, **more: object) -> ClaimFacts:
    given = {"claim_id": "c_2", "document_id": "d_2", "published": "2025-03-07", **more}
    return replace(FLOOD, value_min=low, value_max=high, comparator=sign, **given)  # type: ignore[arg-type]


EXACT = replace(FLOOD, value_max=35, comparator="=")
RELATIONS = [
    (FLOOD, later(35, None, ">="), "same"),
    (FLOOD, later(35, 35, "="), "refines"),
    (FLOOD, later(41, 41, "="), "compatible"),
    (EXACT, later(35, None, ">="), "compatible"),
    (EXACT, later(41, 41, "="), "updates"),
    (EXACT, later(30, 30, "="), "conflicts"),
    (EXACT, later(41, 41, "=", published="2025-03-05"), "conflicts"),
    (EXACT, later(4000, 4000, "="), "incomparable"),
    (EXACT, later(35, 35, "=", denied=True), "conflicts"),
    (EXACT, later(35, 35, "=", rate="year"), "incomparable"),
    (EXACT, later(35, 35, "=", unit="percent"), "incomparable"),
    (EXACT, later(35, 35, "=", role="delta"), "incomparable"),
    (EXACT, later(None, 40, "<="), "compatible"),
    (EXACT, later(None, 20, "<"), "conflicts"),
    (replace(EXACT, value_min=24, value_max=100, comparator="~"), later(35, 35, "="), "refines"),
    (replace(EXACT, value_min=80_000, value_max=None, comparator=">"), later(85_000, 85_000, "="), "compatible"),
]


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    RELATIONS,
    ids=[f"{a.comparator}{a.value_min}-{b.comparator}{b.value_min}-{k}" for a, b, k in RELATIONS],
)
def test_relations(a: ClaimFacts, b: ClaimFacts, kind: str) -> None:
    relation = relate(a, b)
    assert relation.kind == kind
    assert relation.why
    assert 0 < relation.score <= 1


def test_precision_drift_is_named() -> None:
    relation = relate(FLOOD, later(35, 35, "="))
    assert "precision drift" in relation.why
    assert "precision drift" not in relate(FLOOD, later(41, 41, "=")).why


def test_a_rounded_value_agrees_with_the_exact_one() -> None:
    money = replace(EXACT, unit="USD", terms=("budget", "Tessen"), value_min=2.8e6, value_max=2.8e6)
    exact = replace(money, claim_id="c_2", value_min=2_817_400, value_max=2_817_400)
    assert relate(money, exact).kind in ("compatible", "refines")


def test_opposite_directions_conflict() -> None:
    down = replace(EXACT, unit="percent", role="delta", direction="down", terms=("crime", "change"))
    assert relate(down, replace(down, claim_id="c_2", direction="up")).kind == "conflicts"


def test_a_rate_of_another_month_is_incomparable() -> None:
    march = replace(EXACT, unit="percent", terms=("rate",), text="the rate was 35% in March")
    may = replace(march, claim_id="c_2", text="the rate was 36% in May", value_min=36, value_max=36)
    assert relate(march, may).kind == "incomparable"


ASKED = [
    ("another value", {"value_min": 60, "value_max": 60}, True),
    ("another speaker", {"asserted_by": "Mayor"}, True),
    ("another day", {"published": "2025-04-01"}, True),
    ("deaths for people killed", {"unit": "death", "measured": "deaths"}, True),
    ("another event", {"terms": ("injure", "Tessen")}, False),
    ("another place", {"terms": ("die", "Ghent")}, False),
    ("another unit", {"unit": "percent"}, False),
    ("a change for a level", {"role": "delta"}, False),
    ("another rate", {"rate": "year"}, False),
    ("children among the dead", {"unit": "child", "terms": ("child", "die", "Tessen")}, False),
    ("a part of the whole", {"behind": " of those who died", "text": "35 of those who died"}, False),
    ("a forecast", {"text": "35 people will die"}, False),
    ("a month that reads like a forecast", {"text": "35 people died by the end of May"}, True),
    ("each of many", {"text": "35 people die every year"}, False),
    ("what it takes", {"text": "35 people needed to be killed"}, False),
    ("another year", {"sentence": "In the flood of 1997, 35 people were killed"}, False),
    ("the place named only around it", {"terms": ("die", "^Tessen")}, True),
    ("no place, days later", {"terms": ("die",)}, True),
    ("no place, weeks later", {"terms": ("die",), "published": "2025-05-01"}, False),
    ("no figure", {"value_min": None, "value_max": None}, False),
]


@pytest.mark.parametrize(("name", "change", "same"), ASKED, ids=[row[0] for row in ASKED])
def test_same_question(name: str, change: dict[str, object], same: bool) -> None:
    other = replace(FLOOD, claim_id="c_2", document_id="d_2", **change)  # type: ignore[arg-type]
    assert same_question(FLOOD, other) is same


JOBS = replace(
    FLOOD, text="Riverwork created 900 jobs", measured="jobs", terms=("job", ".create", "Riverwork"), unit="job",
    value_min=900, value_max=900, comparator="=", printed="900",
)  # fmt: skip

COUNTED = [
    ("another verb of making", {"terms": ("job", ".bring", "Riverwork")}, True),
    ("where, beside one name", {"terms": ("job", ":coast", ".create", "Riverwork")}, True),
    ("something else is done to them", {"terms": ("job", ".cut", "Riverwork")}, False),
    ("of somebody else", {"terms": ("job", ".create", "Hillworks")}, False),
    ("jobs of one kind", {"terms": ("factory", "job", ".create", "Riverwork")}, False),
]


@pytest.mark.parametrize(("name", "change", "same"), COUNTED, ids=[row[0] for row in COUNTED])
def test_things_counted_must_undergo_the_same(name: str, change: dict[str, object], same: bool) -> None:
    other = replace(JOBS, claim_id="c_2", document_id="d_2", **change)  # type: ignore[arg-type]
    assert same_question(JOBS, other) is same


def test_happenings_to_which_something_was_done_are_some_of_them() -> None:
    arrests = replace(FLOOD, unit="arrest", terms=("arrest", ".arrest", "Tessen"))
    unregistered = replace(arrests, document_id="d_2", terms=("arrest", ".register", "Tessen"))
    assert not same_question(arrests, unregistered)


RATE = replace(
    FLOOD, text="the rate is 7 percent", terms=("unemployment", "Calderra"), unit="percent", measured="rate",
    value_min=7, value_max=7, comparator="=",
)  # fmt: skip


def rate(**more: object) -> ClaimFacts:
    changed = {"claim_id": "c_2", "document_id": "d_2", "value_min": 8, "value_max": 8, **more}
    return replace(RATE, **changed)  # type: ignore[arg-type]


RATES = [
    ("a day later", {"published": "2025-03-06"}, "conflicts"),
    ("weeks later, the same voice", {"published": "2025-04-06"}, "updates"),
    ("weeks later, another voice", {"published": "2025-04-06", "asserted_by": "Union"}, "incomparable"),
    ("a poll", {"text": "8 percent, a poll says"}, "incomparable"),
    ("a share of voters", {"terms": ("voter", "unemployment", "Calderra")}, "incomparable"),
    ("what had been said before", {"text": "it had put the rate at 8 percent"}, "incomparable"),
]


@pytest.mark.parametrize(("name", "change", "kind"), RATES, ids=[row[0] for row in RATES])
def test_rates_that_differ(name: str, change: dict[str, object], kind: str) -> None:
    assert relate(RATE, rate(**change)).kind == kind


def test_a_people_and_its_country_are_one_place() -> None:
    assert same_question(RATE, rate(terms=("unemployment", "^Calderran")))


def test_counts_of_unknown_date_may_be_of_two_days() -> None:
    assert relate(EXACT, later(41, 41, "=", published=None)).kind == "incomparable"


SHOWN = [
    ({"printed": "15,000", "unit": "job"}, "15,000 jobs"),
    ({"printed": "Twelve", "unit": "person"}, "twelve people"),
    ({"printed": "$1.4 million", "unit": "USD", "comparator": "~"}, "about $1.4 million"),
    ({"printed": "7.5% and 8%", "unit": "percent", "comparator": "range"}, "7.5% to 8%"),
    ({"printed": "dozens", "unit": "family", "comparator": "~"}, "dozens of families"),
    ({"printed": "", "unit": "person", "comparator": ">="}, "at least 35 people"),
    ({"printed": "3", "unit": "USD", "rate": "hour"}, "3 per hour"),
]


@pytest.mark.parametrize(("change", "words"), SHOWN, ids=[row[1] for row in SHOWN])
def test_a_figure_is_shown_as_printed(change: dict[str, object], words: str) -> None:
    assert shown(replace(FLOOD, **{"comparator": "=", **change})) == words  # type: ignore[arg-type]


def test_another_event_is_another_question() -> None:
    assert question_of(FLOOD).id != question_of(later(41, 41, "=", terms=("arrest", "Tessen"))).id


def test_a_question_ignores_value_time_and_speaker() -> None:
    other = later(99, 99, "=", asserted_by="Mayor", published=None)
    assert question_of(FLOOD).id == question_of(other).id


@pytest.mark.parametrize(
    ("value", "half"), [(35, 0.5), (8.1, 0.05), (1200, 50), (80_000, 5000), (2.8e6, 50_000), (0, 0.5)]
)
def test_rounding_is_half_the_last_printed_place(value: float, half: float) -> None:
    assert rounding(value) == pytest.approx(half)


values = st.none() | st.integers(1, 10**9).map(float)


@given(values, values, st.sampled_from(["=", "~", ">", ">=", "<", "<=", "range"]), values, values)
def test_any_two_claims_relate_and_a_claim_agrees_with_itself(
    a: float | None, b: float | None, sign: str, c: float | None, d: float | None
) -> None:
    one = replace(FLOOD, value_min=a, value_max=b, comparator=sign)  # type: ignore[arg-type]
    two = later(c, d, sign)
    assert relate(one, two).why
    if one.has_value:
        assert relate(one, one).kind == "same"
        low, high = widened(one)
        assert (a is None or low <= a) and (b is None or high >= b)
