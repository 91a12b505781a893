"""Datelines, date lines, bylines and headlines: text in → what stands above the article, and where that begins."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.reading.datelines import Dateline, find_dateline
from quotes.reading.dates import parse_date
from quotes.reading.documents import make_document
from quotes.reading.titles import find_heading, find_title

BODY = "The ferry to Skarholm will run again from Monday, the harbour office said."
CLOSED = "Headline about a ferry\n\n"


# --- datelines: what is printed above the body → place, agency, published


@pytest.mark.parametrize(
    ("above", "place", "agency", "published"),
    [
        pytest.param(" date 2025-02-13 SAN SALVADOR (Reuters): ", "SAN SALVADOR", "Reuters", "2025-02-13", id="date"),
        pytest.param("date: 2025-02-13 OSLO (AP) — ", "OSLO", "AP", "2025-02-13", id="date-colon"),
        pytest.param("2025-02-13 OSLO (AP) — ", "OSLO", "AP", "2025-02-13", id="date-bare"),
        pytest.param("2025-02-13 OSLO — ", "OSLO", None, "2025-02-13", id="date-place"),
        pytest.param("Published February 13, 2025\n\nOSLO — ", "OSLO", None, "2025-02-13", id="date-line-above"),
        pytest.param("OSLO (AP) — ", "OSLO", "AP", None, id="em-dash"),
        pytest.param("OSLO (AP)—", "OSLO", "AP", None, id="em-dash-tight"),
        pytest.param("OSLO (AP) – ", "OSLO", "AP", None, id="en-dash"),
        pytest.param("OSLO (AP) -- ", "OSLO", "AP", None, id="two-hyphens"),
        pytest.param("OSLO (AP) - ", "OSLO", "AP", None, id="hyphen"),
        pytest.param("OSLO (AP): ", "OSLO", "AP", None, id="colon"),
        pytest.param("OSLO, March 3 (Reuters) - ", "OSLO", "Reuters", None, id="day-of-an-unknown-year"),
        pytest.param("OSLO, Mar 3, 2025 (Reuters) - ", "OSLO", "Reuters", "2025-03-03", id="day-and-year"),
        pytest.param("OSLO, 3 March 2025 (Reuters) - ", "OSLO", "Reuters", "2025-03-03", id="day-first"),
        pytest.param("March 3 (Reuters) - ", None, "Reuters", None, id="day-no-place"),
        pytest.param("(Reuters) - ", None, "Reuters", None, id="agency-alone"),
        pytest.param("OSLO — ", "OSLO", None, None, id="place-alone"),
        pytest.param("OSLO -- ", "OSLO", None, None, id="place-two-hyphens"),
        pytest.param("OSLO - ", "OSLO", None, None, id="place-hyphen"),
        pytest.param("OSLO\xa0— ", "OSLO", None, None, id="no-break-space"),
        pytest.param("RENO, Nev. (AP) — ", "RENO, Nev.", "AP", None, id="state"),
        pytest.param("BEDFORD, N.H. — ", "BEDFORD, N.H.", None, None, id="state-place-alone"),
        pytest.param("RENO, Nev., March 3 (UPI) — ", "RENO, Nev.", "UPI", None, id="state-and-day"),
        pytest.param(
            "SKARHOLM, Norland (Coast Wire) — ", "SKARHOLM, Norland", "Coast Wire", None, id="unlisted-agency"
        ),
        pytest.param("New York (AFP) – ", "New York", "AFP", None, id="small-letters-known-agency"),
        pytest.param("Rio de Janeiro (dpa) - ", "Rio de Janeiro", "dpa", None, id="particles"),
        pytest.param("SÃO PAULO (AP/Reuters) — ", "SÃO PAULO", "AP/Reuters", None, id="two-agencies"),
        pytest.param("KYIV/WARSAW, Feb 3 (Reuters) - ", "KYIV/WARSAW", "Reuters", None, id="two-places"),
        pytest.param("PORT-AU-PRINCE, Haiti (AP) — ", "PORT-AU-PRINCE, Haiti", "AP", None, id="hyphens"),
        pytest.param("McALLEN, Texas — ", "McALLEN, Texas", None, None, id="Mc"),
        pytest.param("COX’S BAZAR, Bangladesh — ", "COX’S BAZAR, Bangladesh", None, None, id="apostrophe"),
        pytest.param("LIVE OAK, Fla. — ", "LIVE OAK, Fla.", None, None, id="a-tag-that-is-a-place"),
        pytest.param("OSLO, Feb. 13, 2025 /PRNewswire/ -- ", "OSLO", "PRNewswire", "2025-02-13", id="press-release"),
        pytest.param("**OSLO (AP)** — ", "OSLO", "AP", None, id="bold"),
        pytest.param("\ufeffOSLO (AP) — ", "OSLO", "AP", None, id="byte-order-mark"),
        pytest.param("OSLO (AP)\n\n", "OSLO", "AP", None, id="on-a-line-of-its-own"),
        pytest.param(CLOSED + "OSLO (AP) — ", "OSLO", "AP", None, id="below-a-headline"),
        pytest.param("Head\r\n\r\nOSLO (AP) — ", "OSLO", "AP", None, id="crlf"),
    ],
)
def test_a_dateline_is_read_and_the_body_begins_behind_it(
    above: str, place: str | None, agency: str | None, published: str | None
) -> None:
    text = above + BODY
    assert find_dateline(text) == Dateline(place, agency, published, body_start=len(above))
    assert text[len(above) :] == BODY


@pytest.mark.parametrize(
    "text",
    [
        f"EXCLUSIVE — {BODY}",
        f"EXCLUSIVE (Reuters) — {BODY}",
        f"WATCH: {BODY}",
        f"UPDATE (9 p.m.) — {BODY}",
        f"UPDATE: 5/12 — {BODY}",
        f"LIVE UPDATES — {BODY}",
        f"NATO — {BODY}",
        f"HOST — {BODY}",
        f"PENCE: {BODY}",
        f"PENCE (laughing): {BODY}",
        f"11:00 am – {BODY}",
        f"Oslo — {BODY}",
        f"The harbour — once the pride of the town — is closed. {BODY}",
        f"Sen. Olga Prinn (R-Fla.) — {BODY}",
        f"PRINN (R-Fla.) — {BODY}",
        f"Olga Prinn (Labour) - {BODY}",
        f"FERRY (Updated) - {BODY}",
        f"WHY THE FERRY IS LATE AGAIN, AND WHO PAYS FOR IT - {BODY}",
        f"FERRY — the word is an old one, older than the harbour. {BODY}",
        f"HARBOUR–SKARHOLM ferries are late. {BODY}",
        f"FERRY SINKS — Crew safe\n\n{BODY}",
        f"SIEGEL--{BODY}",
        f"“OSLO — {BODY}”",
        "",
        " \n\n ",
        "OSLO",
        "OSLO — ",
    ],
)
def test_what_only_looks_like_a_dateline_is_none(text: str) -> None:
    assert find_dateline(text) == Dateline()


def test_a_short_sentence_is_a_body_and_a_headline_is_none() -> None:
    assert find_dateline("OSLO — The ferry is back.\n\nIt sails.") == Dateline("OSLO", body_start=7)
    assert find_dateline("OSLO — “It sails.”") == Dateline("OSLO", body_start=7)
    assert find_dateline("OSLO — The ferry is back\n\nIt sails.") == Dateline()


def test_a_dateline_stands_above_the_article_not_in_it() -> None:
    text = "\n\n".join([BODY * 5, f"OSLO (AP) — {BODY}"])
    assert find_dateline(text) == Dateline()


def test_a_dateline_has_to_be_in_the_first_lines() -> None:
    assert find_dateline("\n".join(["A short line"] * 6 + [f"OSLO (AP) — {BODY}"])) == Dateline()


CAPITALS = st.text("ABCDEFGHIJKLMNOPRSTUÅÖÜÉ", min_size=4, max_size=12).map(lambda word: word + "VILLE")
REGIONS = st.sampled_from(["", ", Nev.", ", N.H.", ", Norland", ", British Columbia"])
DAYS = st.sampled_from(["", ", March 3", ", Feb. 13", ", 3 May"])
MARKS = st.sampled_from([" — ", "—", " – ", " -- ", " - "])


@given(
    before=st.sampled_from(["", " ", "\n", CLOSED]),
    city=CAPITALS,
    region=REGIONS,
    day=DAYS,
    agency=st.sampled_from(["", " (Reuters)", " (AP)", " (Coast Wire)"]),
    mark=MARKS,
)
def test_place_agency_and_body_are_stretches_of_the_text(
    before: str, city: str, region: str, day: str, agency: str, mark: str
) -> None:
    above = before + city + region + day + agency + mark
    found = find_dateline(above + BODY)
    assert (found.place, found.agency) == (city + region, agency.strip(" ()") or None)
    assert found.body_start == len(above)


@given(st.text(alphabet=st.sampled_from("AB b—–-():,./\n\r\t*_ 12\ufeff“date By (AP)"), max_size=200))
def test_any_text_is_read_and_what_is_found_is_in_it(text: str) -> None:
    found = find_dateline(text)
    assert 0 <= found.body_start <= len(text)
    for words in (found.place, found.agency):
        assert words is None or words in text[: found.body_start]


# --- bylines and date lines


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ada Ling", "Ada Ling"),
        ("BY ADA LING", "ADA LING"),
        ("By Ada Ling and Joris van den Berg", "Ada Ling and Joris van den Berg"),
        ("By Ada Ling, Bo O’Hara and J.B. Moss", "Ada Ling, Bo O’Hara and J.B. Moss"),
        ("By Ada Ling, staff writer", "Ada Ling"),
        ("By Ada Ling | The Skarholm Post", "Ada Ling"),
        ("**By Ada Ling**", "Ada Ling"),
    ],
)
def test_a_byline_names_the_author(line: str, author: str) -> None:
    found = find_dateline(f"{line}\n\nOSLO — {BODY}")
    assert (found.author, found.place) == (author, "OSLO")
    without = find_dateline(f"{line}\n{BODY}")
    assert without == Dateline(author=author, body_start=len(line) + 1)


@pytest.mark.parametrize(
    "line",
    ["By Monday the ferry was back.", "By Ada Ling’s count the ferry is late.", "By all means", "By Sunday", "by Ada"],
)
def test_a_sentence_that_begins_with_by_is_no_byline(line: str) -> None:
    assert find_dateline(f"{line}\n\n{BODY}") == Dateline()


@pytest.mark.parametrize(
    "line",
    [
        "2025-02-13",
        "date 2025-02-13",
        "Date: 13 February 2025",
        "Published: Feb. 13, 2025",
        "February 13, 2025",
        "Thursday, 13 February 2025",
        "Posted on February 13, 2025 at 10:30 a.m.",
        "2025-02-13 10:30",
    ],
)
def test_a_date_on_a_line_of_its_own_is_the_date(line: str) -> None:
    found = find_dateline(f"{line}\n\n{BODY}")
    assert (found.published or "")[:10] == "2025-02-13"
    assert found.body_start == len(line) + 2


@pytest.mark.parametrize(
    "text",
    [
        "February 13, 2025 was the day the ferry stopped.",
        "Published on 13 February 2025, the report says the ferry is late.",
        "On February 13, 2025, the ferry stopped.",
        "2025-02-31\n\nThe ferry stopped.",
    ],
)
def test_a_date_in_a_sentence_and_a_day_that_never_was_are_not(text: str) -> None:
    assert find_dateline(text) == Dateline()


# --- dates


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2025-02-13", "2025-02-13"),
        ("2025/2/3", "2025-02-03"),
        ("13 February 2025", "2025-02-13"),
        ("February 13, 2025", "2025-02-13"),
        ("Feb. 13, 2025", "2025-02-13"),
        ("Sept 1 2025", "2025-09-01"),
        ("Thursday, February 13th, 2025", "2025-02-13"),
        ("2025-02-13T09:30:00Z", "2025-02-13T09:30:00+00:00"),
        ("2025-02-13 9:30", "2025-02-13T09:30:00"),
        ("2025-02-13 09:30:00 +0100", "2025-02-13T09:30:00+01:00"),
        ("", None),
        ("2025", None),
        ("February 2025", None),
        ("02/03/2025", None),
        ("2025-02-30", None),
        ("32 May 2025", None),
        ("yesterday", None),
        ("2025-02-13T09:30 Mars", None),
        ("2025-02-13 25:00", None),
    ],
)
def test_only_a_certain_date_is_read(words: str, expected: str | None) -> None:
    assert parse_date(words) == expected


@given(st.dates(date(1000, 1, 1)), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%b. %d, %Y", "%A, %d %b %Y", "%Y-%m-%d"]))
def test_every_day_is_read_in_every_form(day: date, form: str) -> None:
    assert parse_date(day.strftime(form)) == day.isoformat()


@given(st.datetimes(datetime(1000, 1, 1)), st.sampled_from([None, 0, 330, -480]))
def test_date_and_time_are_kept(moment: datetime, offset: int | None) -> None:
    zone = None if offset is None else timezone(timedelta(minutes=offset))
    moment = moment.replace(tzinfo=zone)
    assert parse_date(moment.isoformat()) == moment.isoformat()


@given(st.text())
def test_no_words_break_the_reading_of_dates(words: str) -> None:
    found = parse_date(words)
    assert found is None or datetime.fromisoformat(found)


# --- headlines


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(f"Ferry back on Monday\n\n{BODY}", "Ferry back on Monday", id="first-line"),
        pytest.param(f"\ufeff  Ferry  back \r\n\r\n{BODY}", "Ferry back", id="white-space"),
        pytest.param(f"Is the ferry back?\n \n{BODY}", "Is the ferry back?", id="question"),
        pytest.param(f"‘We sail,’ says captain\n\n{BODY}", "‘We sail,’ says captain", id="quoted"),
        pytest.param(f"date 2025-02-13\n\nFerry back\n\n{BODY}", "Ferry back", id="below-a-date"),
        pytest.param(f"By Ada Ling\n\nFerry back\n\n{BODY}", "Ferry back", id="below-a-byline"),
        pytest.param(f"Ferry back\n{BODY}", None, id="no-blank-line"),
        pytest.param(f"The ferry is back.\n\n{BODY}", None, id="sentence"),
        pytest.param(f"“The ferry is back.”\n\n{BODY}", None, id="quoted-sentence"),
        pytest.param(f"The captain said:\n\n{BODY}", None, id="colon"),
        pytest.param(f"OSLO (AP) — The ferry is back\n\n{BODY}", None, id="dateline"),
        pytest.param(f"OSLO (AP)\n\nThe ferry is back\n\n{BODY}", None, id="below-a-dateline"),
        pytest.param(f"{'long ' * 31}\n\n{BODY}", None, id="too-long"),
        pytest.param(f"* * *\n\n{BODY}", None, id="no-letters"),
        pytest.param("Ferry back\n\n", None, id="nothing-below"),
        pytest.param("", None, id="empty"),
    ],
)
def test_the_headline_of_a_plain_text(text: str, title: str | None) -> None:
    assert find_title(text) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"# Ferry back\n\n{BODY}", "Ferry back"),
        (f"\r\n# Ferry back ##\r\n{BODY}", "Ferry back"),
        ("# Ferry back", "Ferry back"),
        (f"## Ferry back\n\n{BODY}", None),
        (f"#ferry\n\n{BODY}", None),
        (f"{BODY}\n\n# Ferry back", None),
    ],
)
def test_the_heading_of_a_markdown_text(text: str, title: str | None) -> None:
    assert find_heading(text) == title


# --- the documents this was built for


@pytest.mark.corpus
def test_the_wire_report_that_started_this(shared: Path) -> None:
    path = shared / "data" / "seed" / "reuters-2025-02-13.txt"
    data = path.read_bytes()
    document = make_document(str(path), data)
    assert document.text.encode("utf-8") == data
    assert (document.published, document.dateline, document.agency) == ("2025-02-13", "SAN SALVADOR", "Reuters")
    assert (document.title, document.outlet, document.author) == (None, None, None)
    assert document.text[: document.body_start] == " date 2025-02-13 SAN SALVADOR (Reuters): "
