"""Claims that are related, grouped into questions.

Each claim, the earliest first, joins the earliest question whose first claim it is related to itself, or
begins one: claims far apart are never chained into one.  What people judged goes first.  The outcome depends
on the claims, their relations and the judgements alone, not on the order in which they were stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol

from sqlite_utils import Database

from quotes.models import make_id
from quotes.store.facts import QuestionLike
from quotes.store.rows import Row

Order = tuple[str, str, int, str]
"""Date of publication, document, offset, claim: what comes first."""


class Asking(Protocol):
    """What a question is, on ids of claims."""

    def question(self, claim_id: str) -> QuestionLike: ...
    def is_one(self, one: str, other: str) -> bool: ...


def group(
    orders: Mapping[str, Order],
    original: Mapping[str, str],
    links: Iterable[tuple[str, str]],
    judged: Iterable[tuple[str, str, str]],
) -> dict[str, str]:
    """Claim → the first claim of its question, for every claim that copies no other.

    `links` are pairs of related claims; `judged` are pairs with what was decided last, `same` or `different`.
    """
    near: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in links:
        near[one].add(other)
        near[other].add(one)
    decided = [(original[one], original[other], what) for one, other, what in judged if {one, other} <= orders.keys()]
    apart = _pairs_of(decided, "different")
    leader: dict[str, str] = {}
    members: dict[str, set[str]] = {}
    for claim in sorted(set(original.values()), key=orders.__getitem__):
        firsts = sorted((other for other in near[claim] if leader.get(other) == other), key=orders.__getitem__)
        first = next((each for each in firsts if apart[claim].isdisjoint(members[each])), claim)
        leader[claim] = first
        members.setdefault(first, set()).add(claim)
    for one, other, _ in (pair for pair in decided if pair[2] == "same"):
        _join(leader, members, apart, sorted((leader[one], leader[other]), key=orders.__getitem__))
    return leader


def _pairs_of(decided: Iterable[tuple[str, str, str]], what: str) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, other, decision in decided:
        if decision == what and one != other:
            found[one].add(other)
            found[other].add(one)
    return found


def _join(
    leader: dict[str, str], members: dict[str, set[str]], apart: Mapping[str, set[str]], firsts: list[str]
) -> None:
    """Make two questions one, unless a judgement keeps a claim of one and a claim of the other apart."""
    one, other = firsts
    if one == other or any(not apart[claim].isdisjoint(members[other]) for claim in members[one] if claim in apart):
        return
    for claim in members.pop(other):
        leader[claim] = one
        members[one].add(claim)


def write_questions(
    db: Database,
    groups: Mapping[str, str],
    original: Mapping[str, str],
    asked: Mapping[str, QuestionLike],
    orders: Mapping[str, Order],
    asking: Asking,
) -> int:
    """Write `questions` and `claims.question_id`; the number of rows that changed."""
    stored = {row["id"]: row for row in db.query("SELECT id, label, unit, kind, claim_id FROM questions")}
    known = {row["claim_id"]: row for row in stored.values() if row["claim_id"]}
    rows: dict[str, Row] = {}
    of_first: dict[str, str] = {}
    for first in sorted(set(groups.values()), key=orders.__getitem__):
        row = known[first] if first in known and first not in asked else _row(first, asked, asking)
        taken = rows.get(row["id"])
        if taken and not asking.is_one(taken["claim_id"], first):
            row = {**row, "id": make_id("q", row["id"], first)}
        of_first[first] = row["id"]
        rows.setdefault(row["id"], row)
    differing = [row for id_, row in rows.items() if stored.get(id_) != row]
    db.table("questions").upsert_all(differing, pk="id")
    wanted = {claim: of_first[groups[first]] for claim, first in original.items()}
    now = dict(db.execute("SELECT id, question_id FROM claims WHERE is_current").fetchall())
    links = [(question, claim) for claim, question in wanted.items() if now[claim] != question]
    db.conn.executemany("UPDATE claims SET question_id = ? WHERE id = ?", links)
    return len(differing) + len(links)


def _row(first: str, asked: Mapping[str, QuestionLike], asking: Asking) -> Row:
    question = asked[first] if first in asked else asking.question(first)
    return {
        "id": question.id,
        "label": question.label,
        "unit": question.unit,
        "kind": question.kind,
        "claim_id": first,
    }
