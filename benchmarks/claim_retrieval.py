"""How well known fact-checks are found for a text: MAP@5, P@1 and recall, as JSON.

    python benchmarks/claim_retrieval.py checkthat2020/task2_v3 --split dev
    python benchmarks/claim_retrieval.py knownlie

The folders hold either verified_claims.docs.tsv with <split>/tweets.queries.tsv and
<split>/tweet-vclaim-pairs.qrels (CheckThat 2020, task 2), or snopes_pairs.tsv and snopes_verified.tsv.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from quotes.factchecks.finding import CANDIDATES, find
from quotes.factchecks.matching import Known, Matcher, Query
from quotes.factchecks.words import read_words
from quotes.store import Store
from quotes.store.connection import writing
from quotes.store.factchecks import COLUMNS, candidates, import_fact_check


class Task(NamedTuple):
    """Fact-checks, and texts with the ids of those that are about them."""

    known: list[Known]
    queries: dict[str, str]
    right: dict[str, set[str]]


def read_checkthat(folder: Path, split: str) -> Task:
    """CheckThat 2020, task 2."""
    documents = _rows(folder / "verified_claims.docs.tsv")
    known = [Known(row[0], row[1], row[2]) for row in documents]
    queries = {row[0]: row[1] for row in _rows(folder / split / "tweets.queries.tsv")}
    right: dict[str, set[str]] = defaultdict(set)
    for line in (folder / split / "tweet-vclaim-pairs.qrels").read_text(encoding="utf-8").splitlines():
        query, _, document, relevant = line.split()
        if relevant != "0":
            right[query].add(document)
    return Task(known, queries, right)


def read_pairs(folder: Path) -> Task:
    """Known-lie: pairs of a text and a fact, facts being the claims of the verified."""
    facts: dict[str, str] = {}
    for title, fact in _rows(folder / "snopes_verified.tsv"):
        facts.setdefault(fact, title)
    pairs = _rows(folder / "snopes_pairs.tsv")
    ids = {fact: str(number) for number, fact in enumerate(facts)}
    known = [Known(ids[fact], fact, title) for fact, title in facts.items()]
    right: dict[str, set[str]] = defaultdict(set)
    for text, fact in pairs:
        if fact in ids:
            right[text].add(ids[fact])
    return Task(known, {text: text for text in right}, right)


def score(task: Task) -> dict[str, float]:
    """MAP@5 of BM25 alone and of our ranking, P@1, recall at 5 and among the candidates."""
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "known.db") as store:
        with writing(store.db):
            for each in task.known:
                row = dict.fromkeys(COLUMNS) | {"id": each.id, "claim_reviewed": each.claim, "title": each.title}
                import_fact_check(store.db, row | {"url": "https://example.org/"}, "benchmark", "")
        matcher = Matcher(task.known)
        tally: dict[str, float] = defaultdict(float)
        started = time.perf_counter()
        for key, text in task.queries.items():
            right = task.right[key]
            first = candidates(store.db, read_words(text).printed, CANDIDATES)
            found = [match.id for match in find(store.db, matcher, Query(text), limit=CANDIDATES)]
            tally["map5_bm25"] += average_precision(first, right)
            tally["map5"] += average_precision(found, right)
            tally["p1"] += found[:1] != [] and found[0] in right
            tally["recall5"] += bool(right & set(found[:5]))
            tally["recall_candidates"] += bool(right & set(first))
        spent = time.perf_counter() - started
    count = len(task.queries)
    return {
        "known": len(task.known),
        "queries": count,
        **{name: round(value / count, 4) for name, value in tally.items()},
        "queries_per_second": round(count / spent, 1),
    }


def average_precision(ranked: list[str], right: set[str], depth: int = 5) -> float:
    """Average precision of the first `depth`, over as many right ones as fit there."""
    hits, total = 0, 0.0
    for at, document in enumerate(ranked[:depth], start=1):
        if document in right:
            hits += 1
            total += hits / at
    return total / min(len(right), depth) if right else 0.0


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))[1:]


def main() -> None:
    """Read, score, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="dev", help="train or dev")
    arguments = parser.parse_args()
    is_pairs = (arguments.folder / "snopes_pairs.tsv").exists()
    task = read_pairs(arguments.folder) if is_pairs else read_checkthat(arguments.folder, arguments.split)
    sys.stdout.write(json.dumps(score(task), indent=1) + "\n")


if __name__ == "__main__":
    main()
