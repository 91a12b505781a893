"""What the copy for the public holds: each table and column by name, so that whatever is added later stays at home.

Left out are names and notes of reviewers, drafts, decisions that are no finding (flags, reviews, judgements), what
failed, rejected and retired rows, suggestions nobody has accepted, and speakers of rosters that no article names.
A claim with a published verdict stays whatever became of its row: what was published does not disappear.
"""

from __future__ import annotations

from dataclasses import dataclass, field

PUBLIC_COPY = 0x71756F74
"""The application_id by which a copy for the public is known: it has no drafts, so nothing of verdicts is hidden."""


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one table that are public.

    `columns` are copied as they are, those of `instead` by an SQL expression over the private row; `where` picks the
    rows.  The private database is attached as `private`, the public one is `main`; parts are copied in their order.
    """

    table: str
    columns: tuple[str, ...]
    where: str = "1"
    instead: dict[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    @property
    def sql(self) -> str:
        """The statement that copies it; the columns in `instead` come last."""
        names = [*self.columns, *self.instead]
        values = [*(f"row.{column}" for column in self.columns), *self.instead.values()]
        return (
            f"INSERT INTO main.{self.table} ({', '.join(names)}) SELECT {', '.join(values)} "
            f"FROM private.{self.table} AS row WHERE {self.where} ORDER BY row.rowid"
        )


ADDRESS = "(row.{column} LIKE 'http://%' OR row.{column} LIKE 'https://%')"


def _without_folders(column: str) -> str:
    """An address as it is; of a path the file's name alone (paths tell of the machine and its users)."""
    folders = f"rtrim(row.{column}, replace(replace(row.{column}, '/', ''), '\\', ''))"
    name = f"replace(replace(row.{column}, {folders}, ''), '\\', '')"
    return f"CASE WHEN {ADDRESS.format(column=column)} THEN row.{column} ELSE {name} END"


_PUBLIC_VERDICT = "EXISTS (SELECT 1 FROM private.verdicts WHERE claim_id = row.id AND state <> 'draft')"
_HELD_CLAIM = "row.claim_id IN (SELECT id FROM main.claims)"
_HELD_QUOTATION = "CASE WHEN row.quotation_id IN (SELECT id FROM main.quotations) THEN row.quotation_id END"
_LAST_DECISION = """
    row.rowid = (
        SELECT max(rowid) FROM private.fact_check_decisions AS made
        WHERE made.claim_id = row.claim_id AND made.fact_check_id = row.fact_check_id
    )
"""
_NAMED_SPEAKERS = """
    row.id IN (
        WITH RECURSIVE named (id) AS (
            SELECT speaker_id FROM main.quotations WHERE speaker_id IS NOT NULL
            UNION SELECT on_behalf_of_id FROM main.quotations WHERE on_behalf_of_id IS NOT NULL
            UNION SELECT speaker_id FROM main.claims WHERE speaker_id IS NOT NULL
            UNION SELECT speaker_id FROM main.assertions WHERE speaker_id IS NOT NULL
            UNION SELECT speaker_id FROM main.document_speakers
            UNION SELECT own_id FROM main.document_speakers
            UNION SELECT speaker_id FROM private.mentions
        ),
        held (id) AS (
            SELECT id FROM named
            UNION SELECT speakers.merged_into FROM held JOIN private.speakers ON speakers.id = held.id
                WHERE speakers.merged_into IS NOT NULL
        )
        SELECT id FROM held
    )
"""
_HELD_SPEAKER = "row.speaker_id IN (SELECT id FROM main.speakers)"

RUNS = Part("runs", ("id", "version", "model", "model_version", "settings", "started_at"))
QUOTATIONS = Part(
    "quotations",
    (
        "id", "document_id", "type", "act", "content", "cue", "source", "speaker_id", "speaker_method",
        "speaker_score", "method", "score", "start_char", "end_char", "content_spans", "cue_spans", "source_spans",
        "is_current", "on_behalf_of_id", "review",
    ),
    where="row.is_current = 1",
    left_out=("extracted",),
)  # fmt: skip
QUESTIONS = Part(
    "questions",
    ("id", "label", "unit", "kind"),
    # Answers are counted anew: of those that are public.
    left_out=("claim_id", "answers", "voices", "outlets", "first_published", "last_published", "is_counted"),
    where="row.id IN (SELECT question_id FROM main.claims)",
)
CLAIMS = Part(
    "claims",
    (
        "id", "document_id", "kind", "text", "sentence", "measured", "asserted_by", "speaker_id", "is_denied",
        "is_hedged", "check_worthiness", "question_id", "terms", "method", "score", "start_char", "end_char",
        "sentence_start", "sentence_end", "measured_start", "measured_end", "is_current", "review", "rating",
        "base", "base_start", "base_end", "time_scope", "time_scope_start", "time_scope_end", "place", "place_start",
        "place_end", "is_forecast",
    ),
    where=f"row.is_current = 1 OR {_PUBLIC_VERDICT}",
    instead={
        "quotation_id": _HELD_QUOTATION,
        "copy_of": """(SELECT first.id FROM private.claims AS first
            WHERE first.id = row.copy_of AND first.is_current = 1)""",
    },
    # How often a claim is made is counted anew: in public ones.
    left_out=("extracted", "draft", "draft_at", "times", "is_repeat"),
)  # fmt: skip
DOCUMENTS = Part(
    "documents",
    (
        "id", "title", "outlet", "author", "published", "dateline", "agency", "licence", "sha256", "text",
        "body_start", "words", "run_id", "added_at", "extracted_at",
    ),
    instead={
        "url": f"CASE WHEN {ADDRESS.format(column='url')} THEN row.url END",
        "input": _without_folders("input"),
    },
)  # fmt: skip

PARTS = (
    RUNS,
    QUOTATIONS,
    CLAIMS,
    QUESTIONS,
    Part(
        "figures",
        (
            "id", "claim_id", "text", "value_min", "value_max", "comparator", "direction", "unit", "role",
            "start_char", "end_char",
        ),
        where=_HELD_CLAIM,
    ),
    Part(
        "assertions",
        ("claim_id", "depth", "speaker", "speaker_id", "stance", "cue"),
        where=_HELD_CLAIM,
        instead={"quotation_id": _HELD_QUOTATION},
    ),
    Part(
        "check_reasons",
        ("claim_id", "position", "code", "weight", "text", "start_char", "end_char"),
        where=_HELD_CLAIM,
    ),
    Part(
        "claim_relations",
        ("claim_id", "other_id", "kind", "score", "why"),
        where=f"{_HELD_CLAIM} AND row.other_id IN (SELECT id FROM main.claims)",
        # Triggers take both from the public claims.
        left_out=("question_id", "check_worthiness"),
    ),
    DOCUMENTS,
    Part(
        "document_speakers",
        ("document_id", "local_id", "own_id", "speaker_id", "method", "score", "why", "name", "names", "roles"),
    ),
    Part("speakers", ("id", "name", "type", "merged_into", "added_at", "wikidata", "is_known", "gender"),
         where=_NAMED_SPEAKERS),
    Part("speaker_names", ("speaker_id", "name", "is_known"), where=_HELD_SPEAKER),
    Part(
        "speaker_roles",
        ("speaker_id", "role", "head", "modifiers", "is_past", "is_known", "from_date", "to_date"),
        where=_HELD_SPEAKER,
    ),
    Part("mentions", ("id", "document_id", "speaker_id", "text", "start_char", "end_char", "method", "score")),
    Part(
        "verdicts",
        ("id", "claim_id", "rating", "explanation", "evidence", "state", "decided_at", "correction"),
        where="row.state <> 'draft'",
        instead={"reviewer": "''"},
    ),
    Part(
        "fact_check_decisions",
        ("id", "claim_id", "fact_check_id", "decision", "decided_at"),
        where=f"row.decision = 'accept' AND {_HELD_CLAIM} AND {_LAST_DECISION}",
        instead={"reviewer": "''", "note": "''"},
    ),
    Part(
        "fact_check_matches",
        ("claim_id", "fact_check_id", "score", "why", "parts"),
        where="EXISTS (SELECT 1 FROM main.fact_check_decisions AS made "
        "WHERE made.claim_id = row.claim_id AND made.fact_check_id = row.fact_check_id)",
    ),
    Part(
        "fact_checks",
        ("id", "claim_reviewed", "claimant", "claim_date", "rating", "publisher", "url", "published", "imported_at",
         "title"),
        where="row.id IN (SELECT fact_check_id FROM main.fact_check_decisions)",
        left_out=("input",),
    ),
)  # fmt: skip
"""Everything that is public, in the order of copying."""

LEFT_OUT = frozenset(
    {"reviews", "judgements", "draft_returns", "failures", "speaker_pairs", "speaker_keys", "question_names"}
)
"""Tables that stay empty: decisions and their notes, paths, and what is for those who judge."""
