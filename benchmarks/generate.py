"""A large database of invented news, to measure how fast the site is: by default a million quotations.

Every kind of row is there, every offset true (`quotes status --verify` finds no problem), and the same seed gives
the same database.  Speakers and questions are as uneven as in the news: one speaker is quoted in a fifth of all
articles, one question has thousands of answers.  Nothing is extracted: rows are written straight into the tables,
with indexes and triggers made afterwards, so that a million quotations take minutes.
"""

from __future__ import annotations

import json
import random
import sqlite3
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
from decided import Decisions
from invented import Article, Newsroom, Said, Stated, each_share, is_body, questions, speaker_name

from quotes.store import Store
from quotes.store.counting import recount

NOW = "2026-01-05T08:00:00Z"
FLUSH = 20_000
"""Rows of a table that are held back and written at once."""
RELATED = 2
"""Earlier claims of its question that each claim is compared with; the first claims of a question with more."""

COLUMNS = {
    "documents": "id title outlet published input sha256 text words run_id added_at extracted_at",
    "speakers": "id name type added_at",
    "speaker_names": "speaker_id name",
    "speaker_keys": "key speaker_id",
    "speaker_roles": "speaker_id role head from_date to_date",
    "document_speakers": "document_id local_id own_id speaker_id method score why name names",
    "mentions": "id document_id speaker_id text start_char end_char method score",
    "quotations": "id document_id type act content cue source speaker_id speaker_method speaker_score method score"
    " start_char end_char content_spans cue_spans source_spans",
    "questions": "id label unit kind",
    "claims": "id document_id kind text sentence asserted_by speaker_id quotation_id is_denied is_hedged"
    " check_worthiness question_id method score start_char end_char sentence_start sentence_end",
    "figures": "id claim_id text value_min value_max comparator direction unit role start_char end_char",
    "assertions": "claim_id depth speaker speaker_id stance cue quotation_id",
    "check_reasons": "claim_id position code weight",
    "claim_relations": "claim_id other_id kind score why",
    "speaker_pairs": "left_id right_id score why method",
    "failures": "input stage message failed_at",
}


class Writer:
    """Rows by table, written many at once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._rows: dict[str, list[tuple[object, ...]]] = defaultdict(list)

    def add(self, table: str, *values: object) -> None:
        """One row, its values in the order of COLUMNS."""
        rows = self._rows[table]
        rows.append(values)
        if len(rows) >= FLUSH:
            self._write(table)

    def flush(self) -> None:
        """Write what is held back."""
        for table in COLUMNS:
            self._write(table)

    def _write(self, table: str) -> None:
        names = COLUMNS[table].split()
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        self.connection.executemany(sql, self._rows.pop(table, []))


class Filler:
    """Writes the rows of articles, as an extraction would."""

    def __init__(self, writer: Writer, rng: random.Random, newsroom: Newsroom) -> None:
        self.writer, self.rng, self.newsroom = writer, rng, newsroom
        self._speakers: set[int] = set()
        self._earlier: dict[int, deque[tuple[str, float]]] = defaultdict(lambda: deque(maxlen=RELATED))
        self._first: dict[int, str] = {}

    def new_id(self, prefix: str) -> str:
        """As long as a real one."""
        return f"{prefix}_{self.rng.getrandbits(64):016x}"

    def article(self, number: int, article: Article) -> None:
        """The rows of one article."""
        document = self.new_id("d")
        self.writer.add(
            "documents", document, article.title, article.outlet, article.published, f"articles/{number:06}.md",
            "0" * 64, article.text, len(article.text.split()), "run_1", NOW, NOW,
        )  # fmt: skip
        for speaker in article.cast:
            name = self._speaker(speaker, article.published)
            self.writer.add(
                "document_speakers", document, slug(name), slug(name), slug(name), "exact", 0.9,
                "the same name", name, json.dumps([name]),
            )  # fmt: skip
        for said in article.said:
            quotation = self._quotation(document, said) if said.cue else None
            if said.figure and said.question is not None:
                self._claim(document, article, said, said.figure, said.question, quotation)

    def question(self, number: int, label: str, unit: str) -> None:
        """A question that claims answer."""
        self.writer.add("questions", question_id(number), label, unit, "quantity")

    def _speaker(self, number: int, day: str) -> str:
        name = speaker_name(number)
        if number not in self._speakers:
            self._speakers.add(number)
            self.writer.add("speakers", slug(name), name, "organisation" if is_body(number) else "person", NOW)
            self.writer.add("speaker_names", slug(name), name)
            self.writer.add("speaker_keys", name.split()[-1].lower(), slug(name))
            if number % 3 == 0:
                self.writer.add("speaker_roles", slug(name), "mayor", "mayor", day, day)
        return name

    def _quotation(self, document: str, said: Said) -> str:
        identifier = self.new_id("q")
        cue, source = said.cue, said.source
        speaker = None if said.speaker is None else slug(speaker_name(said.speaker))
        method, sure = (None, None) if speaker is None else ("name", round(self.rng.uniform(0.4, 1), 3))
        self.writer.add(
            "quotations", identifier, document, said.type, said.act, said.content, cue and cue[0],
            source and source[0], speaker, method, sure, "rule", round(self.rng.uniform(0.3, 1), 4),
            said.start, said.start + len(said.content), _spans((said.content, said.start)), _spans(cue), _spans(source),
        )  # fmt: skip
        if speaker is not None and source is not None:
            at = source[1]
            self.writer.add(
                "mentions", self.new_id("m"), document, speaker, source[0], at, at + len(source[0]), "name", 0.9
            )
        return identifier

    def _claim(
        self, document: str, article: Article, said: Said, figure: Stated, question: int, quotation: str | None
    ) -> None:
        rng, identifier = self.rng, self.new_id("c")
        name = "article" if quotation is None else "anonymous"
        name = name if said.speaker is None else speaker_name(said.speaker)
        speaker = None if said.speaker is None else slug(name)
        denied, worth = rng.random() < 0.03, round(rng.betavariate(3, 3), 4)
        self.writer.add(
            "claims", identifier, document, "change" if figure.direction else "quantity", said.content,
            article.text[slice(*said.sentence)], name, speaker, quotation, int(denied), int(rng.random() < 0.1),
            worth, question_id(question), "rule", 0.8, said.start, said.start + len(said.content), *said.sentence,
        )  # fmt: skip
        self.writer.add(
            "figures", self.new_id("f"), identifier, figure.words, figure.low, figure.high, figure.comparator,
            figure.direction, figure.unit, "delta" if figure.direction else "level",
            figure.start, figure.start + len(figure.words),
        )  # fmt: skip
        if quotation is not None:
            stance = "denies" if denied else "asserts"
            self.writer.add("assertions", identifier, 0, name, speaker, stance, "said", quotation)
        self.writer.add("check_reasons", identifier, 0, "HAS_QUANTITY", 0.3)
        self.writer.add("check_reasons", identifier, 1, "NAMED_SPEAKER" if speaker else "NO_BASE", 0.1)
        self._relate(question, identifier, float(figure.low or 0))

    def _relate(self, question: int, claim: str, value: float) -> None:
        earlier = self._earlier[question]
        for other, seen in earlier:
            self._relation(other, claim, seen, value)
        first = self._first.setdefault(question, claim)
        if first != claim and all(first != other for other, _ in earlier) and self.rng.random() < 0.1:
            self.writer.add("claim_relations", first, claim, "same", 0.9, "the same figure")
        earlier.append((claim, value))

    def _relation(self, earlier: str, later: str, seen: float, value: float) -> None:
        kinds = ("same", "conflicts", "updates", "refines", "compatible", "incomparable")
        kind = self.rng.choices(kinds, weights=(3, 1, 1, 1, 2, 4))[0]
        self.writer.add("claim_relations", earlier, later, kind, 0.8, f"{seen:g} and {value:g}")


def generate(path: Path, *, quotations: int, documents: int, seed: int) -> None:
    """Write a new database of so many quotations in so many documents."""
    with Store.open(path):
        pass  # its tables
    rng = random.Random(seed)  # noqa: S311
    asked = questions(rng, max(5, quotations // 50))
    newsroom = Newsroom(rng, max(12, documents * 3 // 5), asked)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection, _in_bulk(connection):
        writer = Writer(connection)
        filler = Filler(writer, rng, newsroom)
        connection.execute(
            "INSERT INTO runs (id, version, model, model_version, started_at) VALUES ('run_1', '0', 'none', '0', ?)",
            [NOW],
        )
        for number, question in enumerate(asked):
            filler.question(number, question.label, question.noun)
        for number, share in enumerate(each_share(quotations, documents)):
            filler.article(number, newsroom.article(number, share))
        for number in range(documents // 2_000):
            writer.add("failures", f"broken/{number}.txt", "reading", "not text", NOW)
        writer.flush()
        Decisions(connection, rng, quotations, documents).write()
    with Store.open(path) as store:
        store.db.execute("PRAGMA analysis_limit = 1000")
        store.db.execute("ANALYZE")
        recount(store.db)
        store.db.execute("ANALYZE")


@contextmanager
def _in_bulk(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction without triggers and indexes, which are made again at its end, and the search indexes filled."""
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    connection.execute("PRAGMA temp_store = MEMORY")
    made = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type"
    ).fetchall()
    searched = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5%'")]
    connection.execute("BEGIN")
    for kind, name, _ in made:
        connection.execute(f"DROP {kind} {name}")
    yield
    for *_, sql in made:
        connection.execute(sql)
    for table in searched:
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
    connection.execute("COMMIT")


def slug(name: str) -> str:
    """A speaker's id."""
    return name.lower().replace(" ", "-")


def question_id(number: int) -> str:
    """A question's id."""
    return f"qu_{number:016x}"


def _spans(part: tuple[str, int] | None) -> str:
    return f"[[{part[1]}, {part[1] + len(part[0])}]]" if part else "[]"


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--quotations", type=click.IntRange(min=1), default=1_000_000, show_default=True)
@click.option("--documents", type=click.IntRange(min=1), default=100_000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
def main(*, path: Path, quotations: int, documents: int, seed: int) -> None:
    """Write a new database of invented news to PATH."""
    if path.exists():
        raise click.ClickException(f"{path}: exists already; remove it first")
    start = time.monotonic()
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    generate(unfinished, quotations=quotations, documents=documents, seed=seed)
    unfinished.rename(path)
    size = path.stat().st_size / 1e9
    click.echo(f"{path}: {quotations:,} quotations, {documents:,} documents, {size:.2f} GB, "
               f"{time.monotonic() - start:.0f} s")  # fmt: skip


if __name__ == "__main__":
    main()
