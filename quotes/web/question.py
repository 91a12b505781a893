"""/-/question/<id>: all answers to one question over time, how they relate, and what people judged about it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from datasette.database import Database
from datasette.utils.asgi import Request, Response

from quotes.web.cells import page_path
from quotes.web.chart import Answer, draw
from quotes.web.private import question_history
from quotes.web.site import Row, identifier, may_review, page, readable_database, row_or_404, rows

if TYPE_CHECKING:
    from datasette.app import Datasette

MOST_ANSWERS = 200
MOST_RELATIONS = 12
"""Shown of one kind."""
RELATIONS_OPEN = 3
"""Of these so many at once, the others when asked for: the chart tells most of it."""
READ = 1_000
"""Claims read of a question, the latest stored: a question may have been answered in a hundred thousand articles."""

QUESTION = "SELECT id, label, unit, kind FROM questions WHERE id = ?"
CLAIMS = f"""
SELECT latest.id, claims.text AS claim, claims.sentence, claims.kind, claims.asserted_by, claims.speaker_id,
    claims.is_denied, claims.is_hedged, claims.review, claims.rating, claims.document_id, documents.outlet,
    documents.published, coalesce(documents.title, documents.input) AS document
FROM (SELECT id FROM claims WHERE question_id = ? ORDER BY rowid DESC LIMIT {READ}) AS latest
JOIN claims ON claims.id = latest.id
JOIN documents ON documents.id = claims.document_id
WHERE claims.is_current = 1 ORDER BY documents.published IS NULL, documents.published, claims.rowid
"""
FIGURES = """
SELECT claim_id, figure, value_min, value_max, direction, unit, role FROM figure_list
WHERE claim_id IN (SELECT value FROM json_each(?)) ORDER BY claim_id, start_char
"""
RELATIONS = """
SELECT kind, why, score, claim_id, other_id FROM claim_relations
WHERE claim_id IN (SELECT value FROM json_each(:ids)) AND other_id IN (SELECT value FROM json_each(:ids))
ORDER BY score DESC, claim_id, other_id LIMIT 2000
"""
# Each fact-check once, with the answer it fits best.  SQLite takes the other columns from the row that has the maximum.
FACT_CHECKS = """
SELECT *, max(coalesce(score, 0) + (decided = 'accept')) AS place FROM claim_fact_checks
WHERE claim_id IN (SELECT value FROM json_each(?)) AND decided <> 'reject'
GROUP BY fact_check_id ORDER BY place DESC, fact_check_id LIMIT 6
"""
KINDS = {
    "conflicts": "Answers that contradict",
    "updates": "Answers that were updated",
    "refines": "More exact, or less: where the figure’s precision drifts",
    "same": "The same answer, given again",
    "compatible": "Answers that agree",
    "incomparable": "Answers that cannot be compared",
}
"""What a later claim is to an earlier one, the most telling first."""


async def show_question(datasette: Datasette, request: Request) -> Response:
    """The page of one question."""
    database = await readable_database(datasette, request)
    question = await row_or_404(database, QUESTION, identifier(request), "question")
    answers, has_more = await answers_to(database, question)
    related = relations_by_kind(
        await _relations(database, answers), {claim_id: row for row in answers for claim_id in row["ids"]}
    )
    context = {
        "question": question,
        "answers": answers,
        "has_more": has_more,
        "most_answers": MOST_ANSWERS,
        "chart": chart(datasette, answers, question["label"]),
        "related": related,
        "fact_checks": await rows(database, FACT_CHECKS, [_ids(answers)]),
        "shown": RELATIONS_OPEN,
        "history": await question_history(database, question["id"], private=await may_review(datasette, request)),
        "database_path": datasette.urls.database(database.name),
    }
    return await page(datasette, request, "quotes_question.html", context)


async def answers_to(database: Database, question: Row) -> tuple[list[dict[str, Any]], bool]:
    """The latest answers in order of time, each print of a wire story once, and whether there are more."""
    claims = await rows(database, CLAIMS, [question["id"]])
    merged = copies_once(claims)
    shown = merged[-MOST_ANSWERS:]
    figures: dict[str, list[Row]] = {}
    for row in await rows(database, FIGURES, [json.dumps([answer["id"] for answer in shown])]):
        figures.setdefault(row["claim_id"], []).append(row)
    unit = unit_of(question["unit"], figures)
    for answer in shown:
        answer.update(interval(figures.get(answer["id"], []), unit))
    conflicting = {
        claim_id
        for row in await _relations(database, shown)
        if row["kind"] == "conflicts"
        for claim_id in (row["claim_id"], row["other_id"])
    }
    for answer in shown:
        answer["is_conflicting"] = not conflicting.isdisjoint(answer["ids"])
    return shown, len(merged) > len(shown) or len(claims) >= READ


def copies_once(claims: Iterable[Row]) -> list[dict[str, Any]]:
    """One answer for each sentence and claim in it, where it was printed first; `outlets` are all that print it."""
    found: dict[tuple[object, ...], dict[str, Any]] = {}
    for row in claims:
        key = (" ".join(row["sentence"].split()), " ".join(row["claim"].split()), row["kind"], row["asserted_by"])
        answer = found.setdefault(key, {**row, "ids": [], "outlets": []})
        answer["ids"].append(row["id"])
        outlet = row["outlet"] or "unknown outlet"
        if outlet not in answer["outlets"]:
            answer["outlets"].append(outlet)
    return list(found.values())


def unit_of(asked: str | None, figures: Mapping[str, Sequence[Row]]) -> str | None:
    """The unit that can be drawn on one scale: the question's, or the most common where no figure has that."""
    units = Counter(row["unit"] for each in figures.values() for row in each)
    return asked if asked in units or not units else units.most_common(1)[0][0]


def interval(figures: Sequence[Row], unit: str | None) -> dict[str, Any]:
    """What a claim answers: its figures in words, and the one that is drawn as an interval; a fall is below zero."""
    words = "; ".join(row["figure"] for row in figures)
    fitting = [row for row in figures if row["unit"] == unit]
    drawn = next((row for row in fitting if row["role"] not in ("from", "to")), None) or next(
        (row for row in fitting if row["role"] == "to"), next(iter(fitting), None)
    )
    if drawn is None:
        return {"figures": words, "figure": None, "low": None, "high": None}
    low, high = drawn["value_min"], drawn["value_max"]
    if drawn["direction"] == "down" and drawn["role"] not in ("from", "to"):
        low, high = (None if high is None else -high), (None if low is None else -low)
    return {"figures": words, "figure": drawn["figure"], "low": low, "high": high}


def chart(datasette: Datasette, answers: Sequence[Row], title: str, here: str | None = None) -> str:
    """The picture of those answers that have a figure on the scale; `here` is the claim whose page it is on."""
    drawn = [
        Answer(
            day=(row["published"] or "no date")[:10],
            figure=row["figure"],
            low=row["low"],
            high=row["high"],
            who=row["asserted_by"]
            if row["asserted_by"] not in ("article", "anonymous")
            else _VOICES[row["asserted_by"]],
            outlets=tuple(row["outlets"]),
            path=page_path(datasette, "claim", row["id"]),
            states=states(row, here),
        )
        for row in answers
        if row["figure"] is not None
    ]
    return draw(drawn, title)


_VOICES = {"article": "the article itself", "anonymous": "somebody not named"}


def states(answer: Row, here: str | None = None) -> tuple[str, ...]:
    """What there is to say of an answer, in words."""
    found = {
        "this claim": here in answer["ids"],
        "in conflict": answer["is_conflicting"],
        "denied": answer["is_denied"],
        "hedged": answer["is_hedged"],
    }
    return tuple(word for word, holds in found.items() if holds)


def relations_by_kind(relations: Iterable[Row], answers: Mapping[str, Row]) -> list[dict[str, Any]]:
    """Pairs of answers with why, conflicts first; what a copy of a story repeats is told once."""
    told: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in relations:
        earlier, later = answers[row["claim_id"]], answers[row["other_id"]]
        if earlier is not later:
            told.setdefault((row["kind"], earlier["id"], later["id"]), {**row, "earlier": earlier, "later": later})
    grouped = [(title, [pair for (named, *_), pair in told.items() if named == kind]) for kind, title in KINDS.items()]
    return [
        {
            "title": title,
            "kind": pairs[0]["kind"],
            "pairs": pairs[:MOST_RELATIONS],
            "more": max(0, len(pairs) - MOST_RELATIONS),
        }
        for title, pairs in grouped
        if pairs
    ]


async def _relations(database: Database, answers: Iterable[Row]) -> list[Row]:
    return await rows(database, RELATIONS, {"ids": _ids(answers)})


def _ids(answers: Iterable[Row]) -> str:
    """All claims of these answers, copies too, as a list in JSON."""
    return json.dumps([claim_id for answer in answers for claim_id in answer["ids"]])
