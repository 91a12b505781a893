"""What people decided, for an invented database: reviews, verdicts, judgements and known fact-checks."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterable

PEOPLE = ("ada", "bruno", "carla", "dorin", "elsa")
DAY = "2026-01-{:02d}T{:02d}:{:02d}:{:02d}Z"
RATINGS = ("true", "false", "misleading", "unproven")


class Decisions:
    """Writes them into a filled database, in the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, rng: random.Random, quotations: int, documents: int) -> None:
        self.connection, self.rng = connection, rng
        self.quotations, self.documents = quotations, documents
        self._made = 0

    def write(self) -> None:
        """All of them."""
        self._reviews("quotation", "quotations", max(5, self.quotations // 200))
        self._reviews("claim", "claims", max(5, self.quotations // 400))
        self._verdicts(max(3, self.quotations // 500))
        self._pairs(max(4, self.documents // 20))
        self._fact_checks(max(3, self.documents // 100))

    def _many(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        self.connection.executemany(sql, rows)

    def _some(self, table: str, columns: str, count: int) -> list[tuple[str, ...]]:
        """Rows spread over a whole table."""
        last = self.connection.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0]
        wanted = json.dumps(sorted(self.rng.sample(range(1, last + 1), min(count, last))))
        sql = f"SELECT {columns} FROM {table} WHERE rowid IN (SELECT value FROM json_each(?)) ORDER BY rowid"
        return self.connection.execute(sql, [wanted]).fetchall()

    def _when(self) -> str:
        """One second after the decision before."""
        self._made += 1
        rest, second = divmod(self._made, 60)
        rest, minute = divmod(rest, 60)
        day, hour = divmod(rest, 24)
        return DAY.format(1 + day % 28, hour, minute, second)

    def _id(self, prefix: str) -> str:
        return f"{prefix}_{self.rng.getrandbits(64):016x}"

    def _reviews(self, kind: str, table: str, count: int) -> None:
        reviews, states = [], []
        for row_id, document_id in self._some(table, "id, document_id", count):
            action = self.rng.choices(("accept", "reject", "flag", "skip"), weights=(6, 2, 1, 1))[0]
            person, when = self.rng.choice(PEOPLE), self._when()
            reviews.append((self._id("r"), kind, row_id, document_id, action, "a note for colleagues", person, when))
            if action in ("accept", "reject"):
                states.append((f"{action}ed", int(action == "accept"), row_id))
        self._many(
            "INSERT INTO reviews (id, target_type, target_id, document_id, action, note, reviewer, reviewed_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            reviews,
        )
        self._many(f"UPDATE {table} SET review = ?, is_current = ? WHERE id = ?", states)

    def _verdicts(self, count: int) -> None:
        verdicts, ratings, drafts = [], [], []
        for (claim_id,) in self._some("claims", "id", count):
            rating, state = self.rng.choice(RATINGS), self.rng.choice(("draft", "published"))
            links = json.dumps(["https://register.example/figures"])
            person, when = self.rng.choice(PEOPLE), self._when()
            verdicts.append((self._id("v"), claim_id, rating, "The register says so.", links, state, person, when))
            if state == "published":
                ratings.append((rating, claim_id))
            else:
                drafts.append((when, claim_id))
        self._many(
            "INSERT INTO verdicts (id, claim_id, rating, explanation, evidence, state, reviewer, decided_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            verdicts,
        )
        self._many("UPDATE claims SET rating = ? WHERE id = ?", ratings)
        self._many("UPDATE claims SET draft = 'waiting', draft_at = ? WHERE id = ?", drafts)

    def _pairs(self, count: int) -> None:
        speakers = [row[0] for row in self._some("speakers", "id", count * 3)]
        self.rng.shuffle(speakers)
        pairs = [tuple(sorted(speakers[at : at + 2])) for at in range(0, len(speakers) - 1, 2)]
        # The most quoted one is asked about, too.
        first = self.connection.execute("SELECT id FROM speakers ORDER BY rowid LIMIT 1").fetchone()[0]
        pairs = [*pairs[:-3], *(tuple(sorted((first, pair[0]))) for pair in pairs[-3:] if first not in pair)]
        self._many(
            "INSERT INTO speaker_pairs (left_id, right_id, score, why, method) VALUES (?, ?, ?, ?, 'unsure')",
            ((*pair, round(self.rng.random(), 4), "the names are alike") for pair in pairs[:count]),
        )
        self._many(
            "INSERT INTO judgements (id, subject, left_id, right_id, decision, note, reviewer, decided_at)"
            " VALUES (?, 'speaker', ?, ?, 'different', 'a note for colleagues', ?, ?)",
            ((self._id("j"), *pair, self.rng.choice(PEOPLE), self._when()) for pair in pairs[count:]),
        )

    def _fact_checks(self, count: int) -> None:
        checks, matches, decisions = [], [], []
        for number, (claim_id, text) in enumerate(self._some("claims", "id, text", count)):
            check = self._id("fc")
            url = f"https://checks.example/{number}"
            checks.append(
                (check, text, "somebody", "False", "Invented Checks", url, "2025-06-01", DAY.format(1, 0, 0, 0))
            )
            matches.append((claim_id, check, round(self.rng.uniform(0.4, 1), 3), "the words are alike"))
            if number % 4 == 0:
                decisions.append((self._id("fd"), claim_id, check, self.rng.choice(("accept", "reject", "unsure")),
                                  "a note for colleagues", self.rng.choice(PEOPLE), self._when()))  # fmt: skip
        self._many(
            "INSERT INTO fact_checks (id, claim_reviewed, claimant, rating, publisher, url, published, imported_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            checks,
        )
        self._many("INSERT INTO fact_check_matches (claim_id, fact_check_id, score, why) VALUES (?, ?, ?, ?)", matches)
        self._many(
            "INSERT INTO fact_check_decisions (id, claim_id, fact_check_id, decision, note, reviewer, decided_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            decisions,
        )
