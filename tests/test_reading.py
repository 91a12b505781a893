"""Reading: arguments in → documents with exact text and metadata, or one line that names the input and the mend."""

from __future__ import annotations

import hashlib
import io
import os
import socket
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from quotes.errors import InputError
from quotes.models import Document, make_id
from quotes.reading import MAX_CHARS, Input, expand, read, read_all
from quotes.reading.documents import make_document
from quotes.reading.inputs import printable
from quotes.reading.loading import MAX_BYTES

STORY = "The ferry to Skarholm is back, the harbour office said.\n\n“We sail at nine,” said Ada Ling.\n"
HEAD = "---\ntitle: Ferry back\noutlet: The Skarholm Post\npublished: 2025-02-13\n---\n"


def write(path: Path, content: str | bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return str(path)


def read_one(argument: str, stdin: bytes = b"") -> Document:
    (found,) = read_all([argument], io.BytesIO(stdin))
    assert isinstance(found, Document), found
    return found


def fail_one(argument: str, stdin: bytes = b"") -> InputError:
    """The error for an argument; every one names the input, on one line, and has a mend."""
    (found,) = read_all([argument], io.BytesIO(stdin))
    assert isinstance(found, InputError), found
    assert str(found) == f"{found.name}: {found.problem}"
    assert len(str(found).splitlines()) == 1
    assert ";" in found.problem
    return found


def names(*arguments: str) -> list[str]:
    return [item.name for item in expand(arguments)]


# --- the text is kept


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(STORY, id="plain"),
        pytest.param(STORY.replace("\n", "\r\n"), id="crlf"),
        pytest.param(STORY.replace("\n", "\r"), id="cr"),
        pytest.param("\ufeff" + STORY, id="byte-order-mark"),
        pytest.param("\n \t" + STORY + "\n\n", id="white-space-around"),
        pytest.param(STORY.strip(), id="no-last-newline"),
        pytest.param("---\ntitle: no front matter in plain text\n---\n" + STORY, id="dashes"),
        pytest.param("Zoë\u0301 \U0001f6a2 “é” \u2028 \x0c \x85 said so.", id="unicode"),
    ],
)
def test_plain_text_is_kept_to_the_last_character(tmp_path: Path, text: str) -> None:
    document = read_one(write(tmp_path / "a.txt", text))
    assert document.text == text
    assert document.sha256 == hashlib.sha256(text.encode("utf-8")).hexdigest()


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=300)


@given(text=texts)
def test_any_text_comes_back_unchanged(text: str) -> None:
    assume(text.replace("\ufeff", "").strip())
    assume(not text.lstrip("\ufeff").lstrip().lower().startswith(("<html", "<!doctype")))
    data = text.encode("utf-8")
    document = make_document("a.txt", data)
    assert document.text.encode("utf-8") == data
    assert document.dateline is None or document.dateline in text
    assert 0 <= document.body_start <= len(text)


@given(text=texts)
def test_any_markdown_body_comes_back_unchanged(text: str) -> None:
    assume(text.replace("\ufeff", "").strip())
    assert make_document("a.md", (HEAD + text).encode("utf-8")).text == text


@given(data=st.binary(max_size=200))
def test_any_bytes_give_a_document_or_an_error_on_one_line(data: bytes) -> None:
    for name in ("a.txt", "a.md", "-"):
        try:
            assert data.endswith(make_document(name, data).text.encode("utf-8"))
        except InputError as error:
            assert len(str(error).splitlines()) == 1


# --- front matter


def test_front_matter_tells_about_the_article_below_it(tmp_path: Path) -> None:
    head = """---
title: "Ferry back: 'at nine'"
outlet: The Skarholm Post
author: Ada Ling
published: 13 February 2025
url: https://post.example/ferry
licence: CC BY 4.0
tags: [sea, {deep: [1, 2]}]
---
"""
    path = write(tmp_path / "a.md", head + "\n" + STORY)
    assert read_one(path) == Document(
        id=make_id("d", "url", "https://post.example/ferry"),
        input=path,
        sha256=hashlib.sha256((head + "\n" + STORY).encode()).hexdigest(),
        text="\n" + STORY,
        title="Ferry back: 'at nine'",
        outlet="The Skarholm Post",
        author="Ada Ling",
        published="2025-02-13",
        url="https://post.example/ferry",
        licence="CC BY 4.0",
    )


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("published_at: 2025-02-13T09:30:00Z", "published", "2025-02-13T09:30:00+00:00"),
        ("date: 2025-02-13", "published", "2025-02-13"),
        ("Date: February 13, 2025", "published", "2025-02-13"),
        ("license: CC0", "licence", "CC0"),
        ("authors: [Ada Ling, Bo Moss]", "author", "Ada Ling, Bo Moss"),
        ("author:\n- Ada Ling\n- Bo Moss", "author", "Ada Ling, Bo Moss"),
        ("title: >\n  Ferry\n  back", "title", "Ferry back"),
        ("title: 2025-02-13", "title", "2025-02-13"),
        ("title: no", "title", "no"),
        ("title: 1.10", "title", "1.10"),
        ('title: "Ferry\\ud800\\0 back"', "title", "Ferry back"),
        ("outlet:", "outlet", None),
        ("outlet: ~", "outlet", None),
        ("author: NULL", "author", None),
        ("author: 'NULL'", "author", "NULL"),
        ("unknown: x", "outlet", None),
        ("# only a comment", "title", None),
    ],
)
def test_values_are_read_as_they_are_written(line: str, field: str, value: str | None) -> None:
    document = make_document("a.md", f"---\n{line}\n---\n{STORY}".encode())
    assert getattr(document, field) == value
    assert document.text == STORY


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("---\r\ntitle: Ferry back\r\n---\r\n", id="crlf"),
        pytest.param("---\rtitle: Ferry back\r---\r", id="cr"),
        pytest.param("\ufeff---\ntitle: Ferry back\n---\n", id="byte-order-mark"),
        pytest.param("--- \ntitle: Ferry back\n--- \n", id="blanks-behind-dashes"),
        pytest.param("---\ntitle: Ferry back\n...\n", id="dots"),
    ],
)
def test_front_matter_in_every_dress(head: str) -> None:
    document = make_document("a.md", (head + STORY).encode())
    assert (document.title, document.text) == ("Ferry back", STORY)


words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=30)


@given(title=words, outlet=words, author=words, text=words)
def test_front_matter_goes_round(title: str, outlet: str, author: str, text: str) -> None:
    def quote(value: str) -> str:
        return "'" + value.replace("'", "''") + "'"

    head = f"---\ntitle: {quote(title)}\noutlet: {quote(outlet)}\nauthor: {quote(author)}\n---\n"
    document = make_document("a.md", (head + text).encode())
    assert (document.title, document.outlet, document.author, document.text) == (title, outlet, author, text)


@pytest.mark.parametrize(
    ("head", "problem"),
    [
        pytest.param("---\ntitle: Ferry: back\n---\n", "line 2: mapping values are not allowed here", id="colon"),
        pytest.param("---\ntitle: x\nurl: [1\n---\n", "line 4", id="open-bracket"),
        pytest.param("---\ntitle: x\n\toutlet: y\n---\n", "line 3", id="tab"),
        pytest.param("---\ntitle: a\x07b\n---\n", "line 2: a control character", id="control"),
        pytest.param("---\ntitle: x\n\n# to be done\n", "never closed", id="not-closed"),
        pytest.param("---\njust words\n---\n", "no key", id="words"),
        pytest.param("---\n- one\n---\n", "no key", id="list"),
        pytest.param("---\nx: " + "[" * 5000 + "\n---\n", "nested too deep", id="deep"),
        pytest.param("---\npublished: soon\n---\n", "'soon' is no date", id="date"),
        pytest.param("---\npublished: 2025-02-30\n---\n", "'2025-02-30' is no date", id="no-such-day"),
        pytest.param("---\ndate: 02/03/2025\n---\n", "'02/03/2025' is no date", id="two-days"),
        pytest.param("---\nurl: post.example\n---\n", "no web address", id="no-scheme"),
        pytest.param("---\nurl: javascript:alert(1)\n---\n", "no web address", id="script"),
        pytest.param("---\nurl: 'http://[post'\n---\n", "no web address", id="bracket"),
        pytest.param("---\ntitle: {a: b}\n---\n", "title is no line of text", id="mapping"),
    ],
)
def test_bad_front_matter_is_named_with_its_line(tmp_path: Path, head: str, problem: str) -> None:
    error = fail_one(write(tmp_path / "a.md", head + STORY))
    assert problem in error.problem
    assert "front matter" in error.problem


def test_front_matter_wins_over_what_the_text_says() -> None:
    text = "By Bo Moss\n\ndate 2025-02-12 OSLO (Reuters): The ferry is back, the harbour office said."
    bare = make_document("a.md", text.encode())
    assert (bare.published, bare.author, bare.outlet, bare.agency) == ("2025-02-12", "Bo Moss", None, "Reuters")
    full = make_document("a.md", (HEAD.replace("---\n", "---\nauthor: Ada Ling\n", 1) + text).encode())
    assert (full.published, full.author, full.outlet) == ("2025-02-13", "Ada Ling", "The Skarholm Post")
    assert (full.dateline, full.agency) == ("OSLO", "Reuters")
    assert full.text[full.body_start :].startswith("The ferry")


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.md", f"{HEAD}# Another heading\n\n{STORY}", "Ferry back"),
        ("a.md", f"# A heading\n\n{STORY}", "A heading"),
        ("a.MARKDOWN", f"# A heading\n\n{STORY}", "A heading"),
        ("a.md", f"A line\n\n{STORY}", None),
        ("a.txt", f"A line\n\n{STORY}", "A line"),
        ("a", f"A line\n\n{STORY}", "A line"),
        ("a.txt", STORY, None),
    ],
)
def test_the_title_is_that_of_the_head_or_of_the_text(name: str, text: str, title: str | None) -> None:
    assert make_document(name, text.encode()).title == title


# --- what a document is


def test_an_article_without_an_address_is_known_by_outlet_and_text() -> None:
    plain = make_document("a.txt", STORY.encode())
    assert plain.id == make_id("d", "text", "", plain.sha256)
    assert make_document("elsewhere/b.txt", STORY.encode()).id == plain.id
    assert make_document("a.md", (HEAD + STORY).encode()).id != plain.id
    other = make_document("a.md", (HEAD.replace("Skarholm", "Oslo") + STORY).encode())
    assert other.id != make_document("a.md", (HEAD + STORY).encode()).id


def test_an_article_with_an_address_stays_itself_when_its_text_is_corrected() -> None:
    head = "---\nurl: https://post.example/ferry\n---\n"
    first, second = (make_document("a.md", (head + text).encode()) for text in (STORY, STORY + "Corrected.\n"))
    assert first.id == second.id
    assert first.sha256 != second.sha256


# --- arguments


def test_a_folder_is_walked_in_the_order_of_names(tmp_path: Path) -> None:
    for path in ("b.md", "a.txt", "c/z.text", "c/a/q.MARKDOWN", "d.TXT"):
        write(tmp_path / path, STORY)
    for path in ("README.md", "c/readme.md", ".hidden.txt", ".git/a.txt", "e.csv", "f.jpg", "g"):
        write(tmp_path / path, STORY)
    expected = ["a.txt", "b.md", "c/a/q.MARKDOWN", "c/z.text", "d.TXT"]
    assert names(str(tmp_path)) == [str(tmp_path / path) for path in expected]
    assert [d.input for d in read_all([str(tmp_path)]) if isinstance(d, Document)] == names(str(tmp_path))


def test_a_folder_is_named_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "news" / "a.txt", STORY)
    monkeypatch.chdir(tmp_path)
    assert names("news/", ".", "news/a.txt") == ["news/a.txt", "news/a.txt", "news/a.txt"]


def test_a_file_that_is_named_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    for name in ("README.md", ".hidden.txt", "story", "story.log", "a[1].txt"):
        assert read_one(write(tmp_path / name, STORY)).text == STORY


def test_links_to_folders_are_not_followed_in_a_walk(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", STORY)
    (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "linked.txt").symlink_to(tmp_path / "a.txt")
    assert names(str(tmp_path)) == [str(tmp_path / "a.txt"), str(tmp_path / "linked.txt")]
    (tmp_path / "door").mkdir()
    (tmp_path / "way").symlink_to(tmp_path / "door", target_is_directory=True)
    write(tmp_path / "door" / "b.txt", STORY)
    assert names(str(tmp_path / "way")) == [str(tmp_path / "way" / "b.txt")]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["a.txt", "b.txt"]),
        ("[ab].txt", ["a.txt", "b.txt"]),
        ("**/*.txt", ["a.txt", "b.txt", "c/d.txt"]),
        ("?.md", ["e.md"]),
    ],
)
def test_a_pattern_names_the_files_it_matches(tmp_path: Path, pattern: str, expected: list[str]) -> None:
    for path in ("b.txt", "a.txt", "c/d.txt", "e.md", ".f.txt"):
        write(tmp_path / path, STORY)
    assert names(str(tmp_path / pattern)) == [str(tmp_path / path) for path in expected]


def test_standard_input_is_read_as_plain_text_or_with_front_matter() -> None:
    document = read_one("-", STORY.encode())
    assert (document.input, document.text, document.title) == ("-", STORY, None)
    document = read_one("-", (HEAD + STORY).encode())
    assert (document.text, document.title, document.outlet) == (STORY, "Ferry back", "The Skarholm Post")
    divided = "---\nThe ferry is back, they said.\n---\n"
    assert read_one("-", divided.encode()).text == divided


def test_inputs_are_read_one_by_one(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", STORY)

    def arguments() -> object:
        yield str(tmp_path)
        raise AssertionError("asked for more than was read")

    assert isinstance(next(read_all(arguments())), Document)  # type: ignore[arg-type]


# --- what cannot be read


BINARY = {
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "is not text but a JPEG picture"),
    "pdf": (b"%PDF-1.7\n%words", "is not text but a PDF"),
    "zip": (b"PK\x03\x04\x14\x00", "is not text but a ZIP archive"),
    "png": (b"\x89PNG\r\n\x1a\n\x00", "is not text but a PNG picture"),
    "rtf": (b"{\\rtf1\\ansi words}", "is not text but an RTF document"),
    "nul": (b"words\x00words", "is not text (a NUL byte at byte 5)"),
    "late-nul": (b"words " * 5000 + b"\x00", "is not text (a NUL byte at byte 30000)"),
    "utf-16": (STORY.encode("utf-16"), "is text in UTF-16; convert it to UTF-8"),
    "latin-1": ("Zoë said so".encode("latin-1"), "is not UTF-8 (byte 2 is 0xeb); convert it to UTF-8"),
    "cut": ("said Zoë".encode()[:-1], "is not UTF-8 (byte 7 is 0xc3)"),
    "empty": (b"", "is empty"),
    "blank": (" \r\n\t\u00a0\n".encode(), "is empty"),
    "only-a-mark": (b"\xef\xbb\xbf", "is empty"),
    "page": (b"<!DOCTYPE html>\n<html><body>words", "is a web page"),
}


@pytest.mark.parametrize(("data", "problem"), BINARY.values(), ids=BINARY.keys())
def test_what_is_no_text_is_told_and_how_to_mend_it(tmp_path: Path, data: bytes, problem: str) -> None:
    for argument, stdin in ((write(tmp_path / "a.txt", data), b""), ("-", data)):
        error = fail_one(argument, stdin)
        assert error.name == argument
        assert error.problem.startswith(problem)


def test_front_matter_alone_is_no_article(tmp_path: Path) -> None:
    assert "no article below it" in fail_one(write(tmp_path / "a.md", HEAD + "\n")).problem


def test_a_page_is_no_text_yet(tmp_path: Path) -> None:
    assert "save the page as text" in fail_one(write(tmp_path / "a.html", "<p>words")).problem
    assert "save the page as text" in fail_one("https://post.example/ferry").problem
    assert "save the page as text" in fail_one("HTTP://post.example/ferry?a=*").problem


def test_a_large_file_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"word " * 4_000_000)
    begin = time.perf_counter()
    error = fail_one(str(path))
    assert time.perf_counter() - begin < 0.5
    assert error.problem.startswith("too large: 20,000,000 bytes, the limit is 1,000,000 characters; split it")


@pytest.mark.parametrize("size", [MAX_CHARS + 1, MAX_BYTES, MAX_BYTES + 1])
def test_the_limit_is_one_of_characters(tmp_path: Path, size: int) -> None:
    data = b"a" * size
    assert "too large" in fail_one("-", data).problem
    assert "too large" in fail_one(write(tmp_path / "a.txt", data)).problem


@pytest.mark.parametrize("letter", ["a", "é", "\U0001f6a2"])
def test_a_text_as_long_as_the_limit_is_read(tmp_path: Path, letter: str) -> None:
    assert len(read_one(write(tmp_path / "a.txt", letter * MAX_CHARS)).text) == MAX_CHARS


def test_an_argument_that_names_nothing_is_told(tmp_path: Path) -> None:
    assert fail_one(str(tmp_path / "none.txt")).problem.startswith("no such file or folder; check the path")
    path = write(tmp_path / "a.txt", STORY)
    assert fail_one(f"{path}/b.txt").problem.startswith("no such file or folder")
    assert fail_one(str(tmp_path / "*.md")).problem.startswith("no file matches this pattern")
    assert fail_one("x" * 5000).problem.startswith("cannot be read (file name too long)")
    assert fail_one("").name == "''"
    (tmp_path / "sub").mkdir()
    assert fail_one(str(tmp_path / "sub")).problem.startswith("no article in this folder; put *.txt, *.md")
    assert fail_one(str(tmp_path / "s*")).problem.startswith("matches only folders")
    write(tmp_path / "sub" / "README.md", STORY)
    assert fail_one(str(tmp_path / "sub")).problem.startswith("no article in this folder")


def test_what_is_no_regular_file_is_told_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "is not a regular file" in fail_one(str(tmp_path / "pipe.txt")).problem
    assert "is not a regular file" in fail_one("/dev/zero").problem
    with socket.socket(socket.AF_UNIX) as listener, pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        listener.bind("s.txt")
        assert "is not a regular file" in fail_one("s.txt").problem


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder, not a file"):
        read(Input("news", "file", tmp_path))


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert "no such file; check the path, and where it leads" in fail_one(str(tmp_path)).problem


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.txt", STORY)
    if os.geteuid() == 0:  # for whom no permission is denied

        def refuse(self: Path, *args: object) -> object:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    else:
        Path(path).chmod(0)
    assert fail_one(path).problem == "permission denied; make it readable (chmod +r)"


def test_a_folder_that_may_not_be_read_is_told_and_the_rest_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a" / "a.txt", STORY)
    write(tmp_path / "b.txt", STORY)
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    error, document = read_all([str(tmp_path)])
    assert isinstance(error, InputError) and error.problem.startswith("cannot be read (permission denied)")
    assert error.name == str(tmp_path / "a")
    assert isinstance(document, Document)


def test_a_broken_file_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", STORY)
    write(tmp_path / "b.txt", b"\xff\xd8\xff\xe0")
    write(tmp_path / "c.md", "---\ntitle: [\n---\n" + STORY)
    write(tmp_path / "d.txt", STORY)
    found = list(read_all(["gone.txt", str(tmp_path), "-"], io.BytesIO(STORY.encode())))
    kinds = [(type(f).__name__, f.name if isinstance(f, InputError) else f.input) for f in found]
    folder = str(tmp_path)
    assert kinds == [
        ("InputError", "gone.txt"),
        ("Document", f"{folder}/a.txt"),
        ("InputError", f"{folder}/b.txt"),
        ("InputError", f"{folder}/c.md"),
        ("Document", f"{folder}/d.txt"),
        ("Document", "-"),
    ]


SLOW = {
    "one-letter": "a" * MAX_CHARS,
    "blank-lines": " \n" * 400_000 + "x",
    "blanks": "x" + " " * (MAX_CHARS - 2) + "y",
    "byline": "By " + "Ada Ling, " * 90_000,
    "names": "By " + "Ada " * 200_000,
    "capitals": "OSLO " * 200_000,
    "commas": "OSLO, " * 150_000,
    "brackets": "(" * MAX_CHARS,
    "dashes": "- " * 400_000,
    "heading": "# " + " " * 900_000 + "x",
    "front-matter": "---\n" + "a: b\n" * 150_000 + "---\nwords",
    "breaks": "---\n" * 200_000 + "words",
    "lines": "x\n" * 400_000,
}


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW.keys())
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_no_text_takes_long_to_read(name: str, text: str) -> None:
    begin = time.process_time()
    try:
        make_document(name, text.encode())
    except InputError as error:
        assert "front matter" in error.problem
    assert time.process_time() - begin < 2  # a slip that makes the time grow with the square takes minutes


# --- names


def test_a_name_can_always_be_shown_and_stored(tmp_path: Path) -> None:
    write(tmp_path / "line\nbreak.txt", STORY)
    write(tmp_path / os.fsdecode(b"zo\xeb.txt"), b"")
    good, bad = read_all([str(tmp_path)])
    assert isinstance(good, Document) and good.input == f"{tmp_path}/line\\nbreak.txt"
    assert isinstance(bad, InputError) and str(bad).startswith(f"{tmp_path}/zo\\udceb.txt: is empty")


@given(name=st.text(st.characters()))
def test_printable_is_one_line_of_storable_text(name: str) -> None:
    shown = printable(name)
    shown.encode("utf-8")
    assert len(shown.splitlines()) <= 1
    assert printable(shown) == shown


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(argument=st.text(st.characters(codec="utf-8", exclude_characters="/~"), max_size=20))
def test_no_argument_breaks_the_batch(argument: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "dir" / "a.txt", STORY)
    monkeypatch.chdir(tmp_path / "dir")
    assume(not argument.startswith(".."))
    found = list(read_all([argument, "a.txt"], io.BytesIO()))
    assert isinstance(found[-1], Document)
    assert len(found) >= 2
