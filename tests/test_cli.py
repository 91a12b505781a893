"""The command line as a user meets it: real inputs, real databases, exit codes, one line for a mistake."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quotes import language
from quotes.cli import main

ARTICLE = """RIVERTON (Meridian) — Mayor Lena Ortiz said on Monday that crime had fallen by 12% since 2023.

“We are not finished,” Ortiz told reporters. “There is more to do.”

Police arrested more than 300 people last year.
"""

pytestmark = pytest.mark.model


@pytest.fixture(scope="module", autouse=True)
def _one_pipeline() -> object:
    """Load the model once for all commands of this file: every command is its own process for a user."""
    patch = pytest.MonkeyPatch()
    loaded: dict[str | None, object] = {}
    load = language.load

    def once(name: str | None = None, **options: object) -> object:
        key = f"{name} {sorted(options.items())}"
        return loaded.get(key) or loaded.setdefault(key, load(name, **options))

    patch.setattr(language, "load", once)
    yield
    patch.undo()


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        lines = list(connection.iterdump())
    connection.close()
    return lines


def test_extract_prints_the_contract_as_json_lines(article: Path) -> None:
    result = run("extract", article, "--format", "jsonl")
    assert result.exit_code == 0, result.output
    (record,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert record["document"]["dateline"] == "RIVERTON"
    assert record["document"]["agency"] == "Meridian"
    said = {quotation["content"]: quotation for quotation in record["quotations"]}
    broken = next(quotation for quotation in said.values() if quotation["type"] == "direct")
    assert broken["speaker"] == "Lena Ortiz"
    assert len(broken["content_spans"]) == 2
    assert any(claim["asserted_by"] == "Lena Ortiz" and claim["kind"] == "change" for claim in record["claims"])
    arrests = [f for claim in record["claims"] for f in claim["figures"] if f["comparator"] == ">"]
    assert [(f["value_min"], f["value_max"], f["unit"]) for f in arrests] == [(300, None, "person")]


def test_extracted_offsets_are_those_of_the_file(article: Path) -> None:
    record = json.loads(run("extract", article, "--format", "jsonl").stdout)
    for quotation in record["quotations"]:
        words = " ".join(ARTICLE[start:end] for start, end in quotation["content_spans"])
        assert words == quotation["content"]
    for claim in record["claims"]:
        assert ARTICLE[claim["start"] : claim["end"]] == claim["text"]


@pytest.mark.parametrize("form", ["table", "html"])
def test_extract_for_people_names_speaker_and_figure(article: Path, form: str) -> None:
    result = run("extract", article, "--format", form)
    assert result.exit_code == 0
    assert "Lena Ortiz" in result.stdout
    assert "12%" in result.stdout


def test_extract_reads_standard_input() -> None:
    result = run("extract", "-", "--format", "jsonl", stdin=ARTICLE)
    assert json.loads(result.stdout)["document"]["input"] == "-"


def test_add_twice_changes_no_row(tmp_path: Path, article: Path) -> None:
    database = tmp_path / "x.db"
    first = run("add", database, article)
    assert (first.exit_code, "1 added" in first.stdout) == (0, True), first.output
    before = dump(database)
    second = run("add", database, article)
    assert "0 added, 0 updated, 1 unchanged, 0 failed" in second.stdout
    assert dump(database) == before


def test_a_broken_file_among_good_ones_is_named_and_the_rest_is_stored(tmp_path: Path, article: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "b.txt").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01")
    (folder / "c.txt").write_text("“It is late,” said Ivo Maes.\n", encoding="utf-8")
    database = tmp_path / "x.db"
    result = run("add", database, folder)
    assert result.exit_code == 1
    assert "2 added, 0 updated, 0 unchanged, 1 failed" in result.stdout
    assert result.stderr.startswith(f"quotes: {folder / 'b.txt'}: ")
    assert len(result.stderr.splitlines()) == 1
    status = run("status", database, "--verify")
    assert "b.txt" in status.stdout
    (folder / "b.txt").write_text("“It is early,” said Ivo Maes.\n", encoding="utf-8")
    retried = run("retry", database)
    assert (retried.exit_code, "1 added" in retried.stdout) == (0, True), retried.output
    assert "nothing failed" in run("retry", database).stdout


BAD_INPUTS = {
    "empty": b"",
    "blank": b" \n\n ",
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01",
    "not utf-8": "Señor Ortiz said it.".encode("latin-1"),
    "too large": b"a" * 20_000_000,
}


@pytest.mark.parametrize("content", BAD_INPUTS.values(), ids=BAD_INPUTS.keys())
@pytest.mark.parametrize("command", ["add", "extract"])
def test_bad_input_is_one_line_and_exit_code_1(tmp_path: Path, content: bytes, command: str) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content)
    arguments = [tmp_path / "x.db", bad] if command == "add" else [bad]
    result = run(command, *arguments)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith(f"quotes: {bad}: ")


def test_a_missing_path_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    result = run("add", tmp_path / "x.db", tmp_path / "gone.txt")
    assert result.exit_code == 1
    assert "gone.txt: no such file" in result.stderr


def test_a_database_that_cannot_be_written_is_one_line_and_exit_code_1(tmp_path: Path, article: Path) -> None:
    result = run("add", tmp_path / "no-such-folder" / "x.db", article)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "x.db" in result.stderr


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, article: Path) -> None:
    before = article.read_bytes()
    result = run("add", article, article)
    assert result.exit_code == 1
    assert article.read_bytes() == before


def test_a_missing_model_is_one_line_with_the_mend(tmp_path: Path, article: Path) -> None:
    result = run("extract", article, "--model", "en_core_web_nonesuch")
    assert result.exit_code == 1
    assert "en_core_web_nonesuch" in result.stderr
    assert "--model" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["add"], ["extract"], ["extract", "x", "--format", "xml"], ["nonsense"]])
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_speakers_and_claims_are_listed_and_shown(tmp_path: Path, article: Path) -> None:
    database = tmp_path / "x.db"
    run("add", database, article)
    assert "Lena Ortiz" in run("speakers", database).stdout
    said = run("speakers", database, "show", "Ortiz", "--format", "jsonl").stdout.splitlines()
    assert any("We are not finished" in json.loads(line)["content"] for line in said)
    rows = [
        json.loads(line) for line in run("claims", database, "--format", "jsonl", "--limit", "5").stdout.splitlines()
    ]
    shown = json.loads(run("claims", database, "show", rows[0]["claim_id"]).stdout)
    assert shown["claim"] == rows[0]["claim"]
    assert shown["reasons"]
    assert run("speakers", database, "show", "Nobody").exit_code == 1


def test_backup_is_the_same_database(tmp_path: Path, article: Path) -> None:
    database, copy = tmp_path / "x.db", tmp_path / "copy.db"
    run("add", database, article)
    assert run("backup", database, copy).exit_code == 0
    assert dump(copy) == dump(database)


def every_command() -> list[tuple[str, object]]:
    return sorted(main.commands.items())


@pytest.mark.parametrize("name", [name for name, _ in every_command()])
def test_every_command_has_help_with_an_example(name: str) -> None:
    result = run(name, "-h")
    assert result.exit_code == 0
    assert "Example: quotes " in result.stdout


def test_the_users_document(shared: Path) -> None:
    document = shared / "data" / "seed" / "reuters-2025-02-13.txt"
    record = json.loads(run("extract", document, "--format", "jsonl").stdout)
    assert (record["document"]["published"], record["document"]["dateline"]) == ("2025-02-13", "SAN SALVADOR")
    by_rubio = [q for q in record["quotations"] if q["speaker"] == "Marco Rubio"]
    assert sum(q["type"] == "direct" for q in by_rubio) == 3
    for words in ("repatriating migrants", "a waiver had to be issued", "a broader waiver", "deportation program"):
        assert any(words in q["content"] for q in by_rubio), words
    assert any(q["speaker"] == "Washington" and q["cue"] for q in record["quotations"])
    claims = [(claim, figure) for claim in record["claims"] for figure in claim["figures"]]
    (gap,) = [claim for claim, f in claims if (f["value_min"], f["unit"], f["direction"]) == (90, "percent", "down")]
    assert gap["asserted_by"] == "Marco Rubio"
    assert gap["measured"].startswith("migration through the Darien Gap")
    (arrests,) = [claim for claim, f in claims if (f["value_min"], f["comparator"]) == (80_000, ">")]
    assert arrests["asserted_by"] == "article"
    assert any(f["value_min"] == 43 and "Colombian migrants" in claim["text"] for claim, f in claims)


def test_rules_and_tagger_are_one_or_the_other(article: Path, tmp_path: Path) -> None:
    result = run("extract", article, "--rules", "--tagger", tmp_path)
    assert result.exit_code == 2
    assert "give one of --rules and --tagger" in result.stderr


def test_the_method_tells_what_found_a_quotation(article: Path) -> None:
    methods = {
        option: {
            q["method"] for q in json.loads(run("extract", article, "--format", "jsonl", *option).stdout)["quotations"]
        }
        for option in ((), ("--rules",))
    }
    assert methods[()] == {"tagger"}
    assert "tagger" not in methods[("--rules",)] != set()


def test_a_tagger_that_is_none_is_one_line_with_the_mend(article: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("extract", article, "--tagger", tmp_path / "empty")
    assert result.exit_code == 1
    assert "holds no tagger" in result.stderr
    assert "quotes train" in result.stderr


def test_a_run_records_the_finder_and_its_model(article: Path, tmp_path: Path) -> None:
    database = tmp_path / "runs.db"
    run("add", database, article)
    run("add", database, article, "--again", "--rules")
    found = [
        json.loads(row[0]) for row in sqlite3.connect(database).execute("SELECT settings FROM runs ORDER BY rowid")
    ]
    assert [settings["finder"] for settings in found] == ["tagger", "rules"]
    assert len(found[0]["tagger"]) == 12
