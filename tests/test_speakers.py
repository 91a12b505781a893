"""Who a source is.  In the texts [brackets] mark sources, {braces} what each of them says, in the order they close."""

from __future__ import annotations

import re

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from quotes.models import Quotation, Speaker, SpeakerRole
from quotes.speakers.component import Resolution, find_speakers, get_speakers, set_speakers
from quotes.speakers.resolver import SCORES, pronoun_score

pytestmark = pytest.mark.model

_MARK = re.compile(r"[\[\]{}]")


def read(nlp: Language, marked: str, methods: dict[int, str] | None = None) -> tuple[Doc, list[Quotation]]:
    """The Doc of a marked text without its marks, and its quotations; content without a source has `[]` before it."""
    text = ""
    opened: list[int] = []
    sources: list[tuple[int, int]] = []
    contents: list[tuple[int, int]] = []
    for piece in re.split(r"([\[\]{}])", marked):
        if not _MARK.fullmatch(piece):
            text += piece
        elif piece in "[{":
            opened.append(len(text))
        else:
            (sources if piece == "]" else contents).append((opened.pop(), len(text)))
    assert len(sources) == len(contents), marked
    quotations = [
        Quotation(
            id=f"q{number}",
            type="direct" if text[content[0]] in "“\"'" else "indirect",
            act="speech",
            content=(content,),
            cue=(),
            source=(source,) if source[0] < source[1] else (),
            method=(methods or {}).get(number, "given"),
            score=1.0,
        )
        for number, (source, content) in enumerate(zip(sources, contents, strict=True))
    ]
    # The parse alone: quotations are given here, so no other stage is asked.
    with nlp.select_pipes(disable=[p for p in ("quotations", "speakers", "claims") if p in nlp.pipe_names]):
        return nlp(text), quotations


def resolve(nlp: Language, marked: str, methods: dict[int, str] | None = None) -> Resolution:
    return find_speakers(*read(nlp, marked, methods))


def speakers_of(nlp: Language, marked: str, methods: dict[int, str] | None = None) -> list[str | None]:
    """The speaker's name for every quotation, None where there is none."""
    resolution = resolve(nlp, marked, methods)
    names = {speaker.id: speaker.name for speaker in resolution.speakers}
    chosen = {a.quotation_id: names[a.speaker_id] for a in resolution.attributions}
    return [chosen.get(f"q{number}") for number in range(marked.count("{"))]


RUBIO, BUKELE = "Marco Rubio", "Nayib Bukele"

NAMES = {
    "whose campaign is named": ("Rubio’s campaign began. [Rubio’s] promise was {a new port}.", ["Rubio"]),
    "role behind an unknown given name": (
        "[Hedda Lindmoor, the chief statistician,] said {it fell}.",
        ["Hedda Lindmoor"],
    ),
    "a full name": ("[Marco Rubio] said {the flights would go on}.", [RUBIO]),
    "title before the name": ("[U.S. Secretary of State Marco Rubio] said {the flights would go on}.", [RUBIO]),
    "abbreviated title": ("[Sen. Marco Rubio] said {the flights would go on}.", [RUBIO]),
    "form of address": ("[Mr. Rubio] said {the flights would go on}.", ["Rubio"]),
    "former": ("[Former President Luis Prado] said {the harbour was sold}.", ["Luis Prado"]),
    "possessive country": ("[El Salvador’s President Nayib Bukele] said {the prison was full}.", [BUKELE]),
    "organisation before the name": (
        "[State Department spokesman Mark Weller] said {the talks had ended}.",
        ["Mark Weller"],
    ),
    "apposition behind": (
        "[Marco Rubio, the U.S. secretary of state,] said {the flights would go on}.",
        [RUBIO],
    ),
    "apposition before": ("[The secretary of state, Marco Rubio,] said {the flights would go on}.", [RUBIO]),
    "relative clause with another name": (
        "[Marco Rubio, who met Nayib Bukele on Monday,] said {the flights would go on}.",
        [RUBIO],
    ),
    "owner before a titled name": ("[Trump's lawyer Michael Hartman] said {the case was over}.", ["Michael Hartman"]),
    "inverted": ("{“We will go on,”} said [Marco Rubio].", [RUBIO]),
    "junior": ("[Martin Weiss Jr.] said {the mine would close}.", ["Martin Weiss Jr."]),
    "particle": ("[Ursula von der Leyen] said {the tariff was wrong}.", ["Ursula von der Leyen"]),
}

JOINED = {
    "surname after full name": (
        "[Marco Rubio] said {the flights would go on}. [Rubio] said {a waiver was needed}.",
        [RUBIO, RUBIO],
    ),
    "surname before full name": (
        "Rubio to visit Panama\n\n[Rubio] said {a waiver was needed}. Marco Rubio arrived on Sunday.",
        [RUBIO],
    ),
    "given name": (
        "Marco Rubio spoke on Monday. [Marco] said {a waiver was needed}.",
        [RUBIO],
    ),
    "middle initial": (
        "Donald J. Trump spoke on Monday. [Donald Trump] said {the border was closed}.",
        ["Donald J. Trump"],
    ),
    "headline running on behind the surname": (
        "Rubio Calls For Calm\n\n[Marco Rubio] said {a waiver was needed}. [Rubio] said {it was urgent}.",
        [RUBIO, RUBIO],
    ),
    "hyphen": (
        "[Anna Lund-Berger] said {a waiver was needed}. [Lund-Berger] said {it was urgent}.",
        ["Anna Lund-Berger", "Anna Lund-Berger"],
    ),
    "nickname": (
        "William Hartley spoke on Monday. [Bill Hartley] said {the road was closed}.",
        ["William Hartley"],
    ),
    "title and surname": (
        "Sen. Ana Torres visited Lima. [Senator Torres] said {the dam was safe}.",
        ["Ana Torres"],
    ),
    "capitals": (
        "Vice President Mike Pence spoke on Fox News.\n\n[PENCE]: {We are going to win.}",
        ["Mike Pence"],
    ),
    "acronym in brackets": (
        "The World Health Organization (WHO) met in Geneva. [The WHO] said {the outbreak was over}.",
        ["World Health Organization"],
    ),
}

SURNAMESAKES = {
    "last mentioned": (
        "[Ana Torres] said {the dam was safe}. Her rival disagreed.\n\n"
        "[Luis Torres] said {the dam was cracked}. {“It leaks,”} [Torres] said.",
        ["Ana Torres", "Luis Torres", "Luis Torres"],
    ),
    "both in one sentence": (
        "Ana Torres and Luis Torres met on Monday. [Torres] said {the dam was safe}.",
        [None],
    ),
    "told by the form of address": (
        "Ana Torres and Luis Torres met on Monday. [Ms. Torres] said {the dam was safe}.",
        ["Ana Torres"],
    ),
    "told by the given name": (
        "Ana Torres and Luis Torres met on Monday. [Luis] said {the dam was safe}.",
        ["Luis Torres"],
    ),
    "kin keep the full name": (
        "[Peter Lazar] said {the work was hard}. [Lazar] said {he was tired}. "
        "He lives with his wife, Gabriela Lazar. [Lazar] said {the town was small}.",
        ["Peter Lazar", "Peter Lazar", "Peter Lazar"],
    ),
}

PRONOUNS = {
    "he, after a quotation": (
        "{“It is not good,”} [Rubio] told reporters. [He] credited {Panama with reducing migration}.",
        ["Rubio", "Rubio"],
    ),
    "she skips the man": (
        "Ana Torres met Luis Prado in Lima. [She] said {the dam was safe}.",
        ["Ana Torres"],
    ),
    "he skips the woman": (
        "Luis Prado met Ana Torres in Lima. [He] said {the dam was safe}.",
        ["Luis Prado"],
    ),
    "a name inside the quotation is not meant": (
        "{“We trust Luis Prado,”} [Peter Hart] said. [He] added {that the vote was near}.",
        ["Peter Hart", "Peter Hart"],
    ),
    "through several sentences": (
        "[Ana Torres] said {the dam was safe}. {“It holds,”} [she] said. {“It will hold,”} [she] added.",
        ["Ana Torres"] * 3,
    ),
    "in the same sentence": (
        "[Marco Rubio] said {a waiver was needed} and that [he] would issue {a broader one}.",
        [RUBIO, RUBIO],
    ),
    "possessive": (
        "Ana Torres spoke in Lima. In [her] view, {the dam is safe}.",
        ["Ana Torres"],
    ),
    "who": ("Ana Torres, [who] said {the dam was safe}, left Lima.", ["Ana Torres"]),
    "I inside a quotation": (
        "{“[I] believe {the dam is safe},”} [Ana Torres] said.",
        ["Ana Torres", "Ana Torres"],
    ),
    "it": (
        "The State Department closed the case. [It] said {the papers were lost}.",
        ["State Department"],
    ),
    "a woman called spokesman": (
        "[Company spokesman Rosa Lind] said {the mine was safe}. {“Nobody was hurt,”} [she] said.",
        ["Rosa Lind", "Rosa Lind"],
    ),
}

UNCLEAR_PRONOUNS = {
    "nobody named": "[He] said {the dam was safe}.",
    "only a woman named": "Ana Torres left Lima. [He] said {the dam was safe}.",
    "two men alike": "Peter Hart and Luis Prado left Lima. [He] said {the dam was safe}.",
    "after an anonymous speaker": "Peter Hart left. A spokesman for Peter Hart called. [He] said {the dam was safe}.",
    "the reporter's own I": "Peter Hart left Lima. [I] think {the dam was safe}.",
    "you": "Peter Hart left Lima. [You] think {the dam was safe}.",
    "they": "Peter Hart and Ana Torres left Lima. [They] said {the dam was safe}.",
    "those who": "Peter Hart met voters [who] said {the dam was safe}.",
}

DESCRIPTIONS = {
    "by party": (
        "Republican Ana Torres met Democrat Luis Prado. [The GOP nominee] said {the dam was safe}.",
        ["Ana Torres"],
    ),
    "a headline's lawmaker": (
        "Lawmaker urges calm\n\nRep. Ana Torres met voters. [The lawmaker] said {it was safe}.",
        ["Ana Torres"],
    ),
    "office introduced without its place": (
        "Sen. Ana Torres met voters. [The Vermont senator] said {the dam was safe}.",
        ["Ana Torres"],
    ),
    "the role of a title": (
        "Secretary of State Marco Rubio left Panama on Monday. [The secretary of state] said {a waiver was needed}.",
        [RUBIO],
    ),
    "the role of an apposition": (
        "Ana Torres, the mayor of Lima, opened the dam. [The mayor] said {it was safe}.",
        ["Ana Torres"],
    ),
    "abbreviation and word": (
        "Sen. Ana Torres opened the dam. [The senator] said {it was safe}.",
        ["Ana Torres"],
    ),
    "people and country": (
        "El Salvador’s President Nayib Bukele met Panama’s President Luis Prado. "
        "[The Salvadoran president] said {the prison was full}.",
        [BUKELE],
    ),
    "ministry": (
        "The Health Ministry closed two schools. [The ministry] said {the water was unsafe}.",
        ["Health Ministry"],
    ),
}

ANONYMOUS = {
    "officials": "Marco Rubio arrived. [Salvadoran officials] said {the prison was full}.",
    "a spokesman for somebody": "Marco Rubio arrived. [A spokesman for Rubio] said {the prison was full}.",
    "somebody's lawyer": "Marco Rubio arrived. [Rubio's lawyer] said {the prison was full}.",
    "a friend of somebody": "Marco Rubio arrived. [A friend of Rubio] said {the prison was full}.",
    "people familiar": "Marco Rubio arrived. [People familiar with the matter] said {the prison was full}.",
    "a person close to somebody": "Marco Rubio arrived. [A person close to Rubio] said {the prison was full}.",
    "two neighbours": "Marco Rubio arrived. [Two neighbours] said {the prison was full}.",
    "a resident": "Marco Rubio arrived. [A resident] said {the prison was full}.",
    "one of the aides": "Marco Rubio arrived. [One of Rubio's aides] said {the prison was full}.",
    "police": "Marco Rubio arrived. [Police] said {the prison was full}.",
    "some of a party": "Marco Rubio arrived. [Some Democrats] said {the prison was full}.",
    "a role in a transcript": "HOST: Good morning. [HOST]: {Is the prison full?}",
    "an office of nobody named": "Marco Rubio arrived. [The mayor’s office] said {the prison was full}.",
    "a statement that nobody issued": "Marco Rubio read a book. [The statement] said {the prison was full}.",
    "a poll by nobody": "Marco Rubio arrived. [A poll] showed {the prison was popular}.",
    "people with a name among them": "[Marco Rubio and his aides] said {the prison was full}.",
    "the president of nowhere": "Marco Rubio arrived. [The president] said {the prison was full}.",
    "half a word": "Marco Rubio arrived. [The American-born 29-year-old] said {the prison was full}.",
    "two committees": "Marco Rubio arrived. [Two House Committees] asked {whether the prison was full}.",
    "an unknown party's branch": "The Republican Party met. [The local party] said {the hall was full}.",
}

BODIES = {
    "a statement by who issued it": (
        "The Lima Council issued a statement on Friday. Engineers disagreed. [The statement] said {the wall was thin}.",
        "Lima Council",
        "organisation",
    ),
    "somebody's office": ("Ana Sol left. [Sol’s office] said {the prison was full}.", "Sol office", "organisation"),
    "a place beside a firm named after it": (
        "Air Panama flew them home. [Panama] said {the flights would go on}.",
        "Panama",
        "organisation",
    ),
    "a newspaper by what it printed": (
        "The Lima Post said on Monday that the dam leaks. Engineers disagreed. [The article] said {the wall was thin}.",
        "Lima Post",
        "organisation",
    ),
    "an agency that is a department": (
        "The Department of Fisheries met on Monday. [The agency] said {stocks had fallen}.",
        "Department of Fisheries",
        "organisation",
    ),
    "a poll is its pollster's": ("[A Gallup poll] showed {the prison was popular}.", "Gallup", "organisation"),
    "research by a body": (
        "[Research conducted by the Lima Institute] showed {the prison was full}.",
        "Lima Institute",
        "organisation",
    ),
    "a capital for its government": ("[Washington] said {the flights would go on}.", "Washington", "organisation"),
    "the White House": ("[The White House] said {the flights would go on}.", "White House", "organisation"),
    "a department": ("[The State Department] said {the flights would go on}.", "State Department", "organisation"),
    "an administration": (
        "[The Trump administration] said {the flights would go on}.",
        "Trump administration",
        "organisation",
    ),
    "a government": (
        "[The Salvadoran government] said {the flights would go on}.",
        "Salvadoran government",
        "organisation",
    ),
    "a person's campaign": ("[Mrs. Torres's campaign] said {the vote was fair}.", "Torres campaign", "organisation"),
    "a party's people": ("[Democrats] said {the vote was fair}.", "Democrats", "group"),
    "a person": ("[Ana Torres] said {the vote was fair}.", "Ana Torres", "person"),
}


@pytest.mark.parametrize(("marked", "expected"), NAMES.values(), ids=NAMES)
def test_a_source_with_a_name(nlp: Language, marked: str, expected: list[str | None]) -> None:
    assert speakers_of(nlp, marked) == expected


@pytest.mark.parametrize(("marked", "expected"), JOINED.values(), ids=JOINED)
def test_names_of_one_speaker_are_joined(nlp: Language, marked: str, expected: list[str | None]) -> None:
    assert speakers_of(nlp, marked) == expected


@pytest.mark.parametrize(("marked", "expected"), SURNAMESAKES.values(), ids=SURNAMESAKES)
def test_two_people_with_one_surname(nlp: Language, marked: str, expected: list[str | None]) -> None:
    assert speakers_of(nlp, marked) == expected


@pytest.mark.parametrize(("marked", "expected"), PRONOUNS.values(), ids=PRONOUNS)
def test_a_source_that_is_a_pronoun(nlp: Language, marked: str, expected: list[str | None]) -> None:
    assert speakers_of(nlp, marked) == expected


@pytest.mark.parametrize("marked", UNCLEAR_PRONOUNS.values(), ids=UNCLEAR_PRONOUNS)
def test_an_unclear_pronoun_names_nobody(nlp: Language, marked: str) -> None:
    assert speakers_of(nlp, marked) == [None]


@pytest.mark.parametrize(("marked", "expected"), DESCRIPTIONS.values(), ids=DESCRIPTIONS)
def test_a_source_that_describes(nlp: Language, marked: str, expected: list[str | None]) -> None:
    assert speakers_of(nlp, marked) == expected


@pytest.mark.parametrize("marked", ANONYMOUS.values(), ids=ANONYMOUS)
def test_an_anonymous_source_has_no_speaker(nlp: Language, marked: str) -> None:
    resolution = resolve(nlp, marked)
    assert resolution.attributions == ()


@pytest.mark.parametrize(("marked", "name", "kind"), BODIES.values(), ids=BODIES)
def test_the_type_of_a_speaker(nlp: Language, marked: str, name: str, kind: str) -> None:
    assert [(s.name, s.type) for s in resolve(nlp, marked).speakers] == [(name, kind)]


def test_a_speaker_has_every_name_seen_and_a_mention_for_each(nlp: Language) -> None:
    doc, quotations = read(
        nlp,
        "Secretary of State Marco Rubio met Nayib Bukele. [Rubio] said {the flights would go on}. "
        "[He] added {that a waiver was needed}.",
    )
    resolution = find_speakers(doc, quotations)
    roles = (SpeakerRole("secretary of state"),)
    assert resolution.speakers == (Speaker("marco-rubio", RUBIO, "person", (RUBIO, "Rubio"), roles),)
    printed = [(doc.text[m.start : m.end], m.method) for m in resolution.mentions]
    assert printed == [(RUBIO, "name"), ("Rubio", "surname"), ("He", "pronoun")]


def test_who_is_only_talked_about_is_no_speaker(nlp: Language) -> None:
    assert [s.name for s in resolve(nlp, "Ana Torres met [Luis Prado], who said {the dam held}.").speakers] == [
        "Luis Prado"
    ]


def test_one_person_has_one_id_in_all_documents(nlp: Language) -> None:
    texts = ("[Sen. Marco Rubio] said {no}.", "Rubio, Marco Rubio’s friends say, is fair. [Rubio] said {no}.")
    assert {s.id for text in texts for s in resolve(nlp, text).speakers} == {"marco-rubio"}


def test_a_running_quotation_goes_on_with_its_speaker(nlp: Language) -> None:
    marked = "{“We will go on,”} [Ana Torres] said.\n\n[]{“And we will win.”}"
    assert speakers_of(nlp, marked, {1: "running-speaker"}) == ["Ana Torres", "Ana Torres"]
    assert speakers_of(nlp, marked) == ["Ana Torres", None]


def test_a_running_quotation_after_an_anonymous_one_stays_anonymous(nlp: Language) -> None:
    marked = "Ana Torres left. {“We will go on,”} [an aide] said.\n\n[]{“And we will win.”}"
    assert speakers_of(nlp, marked, {1: "running-speaker"}) == [None, None]


def test_a_text_without_quotations_has_no_speakers(nlp: Language) -> None:
    doc, _ = read(nlp, "Ana Torres left Lima.")
    assert find_speakers(doc, []) == Resolution()


def test_a_resolution_survives_the_doc_and_its_bytes(nlp: Language) -> None:
    doc, quotations = read(nlp, "[Ana Torres] said {the dam was safe}. {“It holds,”} [she] said.")
    resolution = find_speakers(doc, quotations)
    set_speakers(doc, resolution)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert get_speakers(again) == resolution
    assert resolution.attributions


def test_a_pronoun_is_surer_the_further_its_antecedent_is_ahead() -> None:
    assert pronoun_score(1.2) < pronoun_score(2.0) < pronoun_score(3.0) < SCORES["name"]


@pytest.mark.corpus
def test_the_users_own_document(nlp: Language, shared) -> None:
    """Every "Rubio" and "he" that speaks is Marco Rubio; Washington speaks as a body."""
    text = (shared / "data" / "seed" / "reuters-2025-02-13.txt").read_bytes().decode()
    marks = [
        ("Washington", "reducing the number of Salvadorans"),
        ("Rubio", "repatriating migrants created"),
        ("He", "reducing migration through the Darien"),
        ("Rubio", "a waiver had to be issued"),
        ("he", "issue a broader waiver"),
        ("The Salvadoran president", "unflinching security crackdown"),
    ]
    quotations = []
    for number, (source, content) in enumerate(marks):
        at = text.index(content)
        matches = [m.span() for m in re.finditer(rf"\b{source}\b", text)]
        span = max((m for m in matches if m[0] < at), default=matches[0])
        quotations.append(
            Quotation(f"q{number}", "indirect", "speech", ((at, at + len(content)),), (), (span,), "given", 1.0)
        )
    with nlp.select_pipes(disable=["quotations", "speakers", "claims"]):
        resolution = find_speakers(nlp(text), quotations)
    assert [a.speaker_id for a in resolution.attributions] == [
        "washington",
        "marco-rubio",
        "marco-rubio",
        "marco-rubio",
        "marco-rubio",
        "nayib-bukele",
    ]
    names = {speaker.id: speaker.names for speaker in resolution.speakers}
    assert names["marco-rubio"] == (RUBIO, "Rubio")
    assert names["nayib-bukele"] == (BUKELE, "Bukele")
