"""The payload of an evaluation as Markdown tables, in percent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from quotes.evaluation.scoring import TYPES

_COLUMNS = (
    "gold",
    "pred",
    "exact P/R/F1",
    "norm P/R/F1",
    "soft P/R/F1",
    "tok P/R/F1",
    "IoU>=.5 P/R/F1",
    "source non-null: head/overlap/exact",
    "joint P/R/F1",
    "frag P/R/F1",
)
_MEASURES = ("exact", "norm", "soft", "tok", "iou50")
_SOURCES = ("src_nn", "src_nn_overlap", "src_nn_exact")


def report(payload: Mapping[str, Any], title: str) -> str:
    """Tables of the types, the slices and the outlets, whichever the payload has."""
    parts = [type_table(payload["types"], f"{title}, scope={payload['scope']}")]
    if payload.get("slices"):
        parts.append(slice_table(payload["slices"]))
    if payload.get("outlets"):
        parts.append(outlet_table(payload["outlets"]))
    return "\n\n".join(parts)


def type_table(types: Mapping[str, Any], title: str) -> str:
    """One row a type, and a line on unlinked spans."""
    rows = (_type_row(kind, types[kind]) for kind in TYPES)
    whole = types["all"]
    unlinked = (
        f"unlinked spans, exact P/R/F1: source {_percent(whole['role_source'])}, cue {_percent(whole['role_cue'])}; "
        f"source accuracy over all pairs {_percent([whole['src_acc']])}; "
        f"no source given where gold has one {_percent([whole['src_nn_missing']])} % of pairs"
    )
    return _table((title, *_COLUMNS), rows) + "\n\n" + unlinked


def _type_row(kind: str, row: Mapping[str, Any]) -> list[str]:
    joint = _percent(row["joint"])
    if "ci" in row:
        low, high = row["ci"]["joint"]
        joint += f" [{100 * low:.0f}-{100 * high:.0f}]"
    measures = [_percent(row[measure]) for measure in _MEASURES]
    sources = _percent([row[source] for source in _SOURCES])
    return [kind, str(row["gold"]), str(row["pred"]), *measures, sources, joint, _percent(row["frag"])]


def slice_table(slices: Mapping[str, list[int]]) -> str:
    """One row a slice: how many there are, the share found, the share found with the right source."""
    rows = (
        [name, str(gold), f"{100 * found / gold:.0f}", f"{100 * joint / gold:.0f}"]
        for name, (gold, found, joint) in slices.items()
    )
    return _table(("slice (scope all)", "gold", "found %", "joint %"), rows)


def outlet_table(outlets: Mapping[str, Any]) -> str:
    """One row an outlet: joint F1 by type."""
    rows = (
        [outlet, str(types["all"]["gold"]), *(_percent([types[kind]["joint"][2]]) for kind in TYPES)]
        for outlet, types in outlets.items()
    )
    return _table(("outlet, joint F1", "gold", *TYPES), rows)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *(list(row) for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _percent(values: Iterable[float]) -> str:
    return "/".join(f"{100 * value:.1f}" for value in values)
