"""The payload of an evaluation as Markdown tables, in percent, padded so that they read in a terminal too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
_F1_COLUMNS = ("exact", "soft", "joint", "unlinked source", "unlinked cue", "unlinked content")
_F1_MEASURES = ("exact", "soft", "joint", "role_source", "role_cue", "frag")
NOTHING = "–"


def report(payload: Mapping[str, Any], title: str) -> str:
    """Tables of the types, the slices, the outlets and the calibration, whichever the payload has."""
    parts = [type_table(payload["types"], f"{title}, scope={payload['scope']}")]
    if "role_source" in payload["types"]["direct"]:
        parts.append(f1_table(payload["types"]))
    if payload.get("slices"):
        parts.append(slice_table(payload["slices"]))
    if payload.get("outlets"):
        parts.append(outlet_table(payload["outlets"]))
    if payload.get("calibration"):
        parts += calibration_tables(payload["calibration"])
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
    joint = _percent(row["joint"]) + _interval(row, "joint")
    measures = [_percent(row[measure]) for measure in _MEASURES]
    sources = _percent([row[source] for source in _SOURCES])
    return [kind, str(row["gold"]), str(row["pred"]), *measures, sources, joint, _percent(row["frag"])]


def f1_table(types: Mapping[str, Any]) -> str:
    """One row a type: F1 of linked and unlinked spans, with intervals where there are some."""
    return _table(("F1", "gold", "pred", *_F1_COLUMNS), ([kind, *_f1_row(types[kind])] for kind in TYPES))


def _f1_row(row: Mapping[str, Any]) -> list[str]:
    some = row["gold"] or row["pred"]
    cells = [_percent([row[m][2]]) + _interval(row, m) if some else NOTHING for m in _F1_MEASURES]
    return [str(row["gold"]), str(row["pred"]), *cells]


def _interval(row: Mapping[str, Any], measure: str) -> str:
    if row.get("ci", {}).get(measure) is None:
        return ""
    low, high = row["ci"][measure]
    return f" [{100 * low:.0f}-{100 * high:.0f}]"


def slice_table(slices: Mapping[str, list[int]]) -> str:
    """One row a slice: how many there are, the share found, the share found with the right source."""
    rows = (
        [name, str(gold), f"{100 * found / gold:.0f}", f"{100 * joint / gold:.0f}"]
        for name, (gold, found, joint) in slices.items()
    )
    return _table(("slice (scope all)", "gold", "found %", "joint %"), rows)


def outlet_table(outlets: Mapping[str, Any]) -> str:
    """A row for each outlet and type: F1 of linked and unlinked spans."""
    rows = (
        [outlet if kind == "all" else "", str(types[kind].get("documents", "")), kind, *_f1_row(types[kind])]
        for outlet, types in outlets.items()
        for kind in ("all", *TYPES[:-1])
    )
    return _table(("outlet, F1", "documents", "type", "gold", "pred", *_F1_COLUMNS), rows)


def calibration_tables(calibration: Mapping[str, Any]) -> Iterator[str]:
    """One row a type with its errors of calibration, then the bins of each kind."""
    columns = ("score", "right", "ece_width", "ece_mass", "brier", "auc")
    names = ("mean score", "right", "ECE equal width", "ECE equal mass", "Brier", "AUC")
    rows = ([kind, str(row["n"]), *(_hundredths(row[c]) for c in columns)] for kind, row in calibration.items())
    yield _table(("calibration", "n", *names), rows)
    for name, bins in calibration["all"]["bins"].items():
        lines = (_bin_row(one) for one in bins)
        yield _table((f"scores, equal {name}", "n", "mean score", "right"), lines)


def _bin_row(one: Mapping[str, Any]) -> list[str]:
    return [
        f"{one['low']:.3f} - {one['high']:.3f}",
        str(one["n"]),
        _hundredths(one["score"]),
        _hundredths(one["right"]),
    ]


def act_report(payload: Mapping[str, Any], title: str) -> str:
    """One row a gold act and one for all, then the confusion of acts."""
    figures = {**payload["acts"], "all": payload}
    counts = ("items", "paired", "right")
    rows = (
        [act, *(str(row[c]) for c in counts), _hundredths(row["accuracy_paired"]), _hundredths(row["accuracy_all"])]
        for act, row in figures.items()
    )
    accuracy = _table((title, *counts, "accuracy over paired", "accuracy over all"), rows)
    columns = list(next(iter(payload["confusion"].values())))
    confused = ([act, *(str(n) for n in row.values())] for act, row in payload["confusion"].items())
    return accuracy + "\n\n" + _table(("gold \\ predicted", *columns), confused)


def speaker_report(payload: Mapping[str, Any], title: str) -> str:
    """One row a form of the source and one for those that are nobody, then F1 end to end."""
    counts = ("items", "paired", "right", "wrong", "missing", "false")
    figures = {**payload["forms"], "nobody": payload["nobody"]}
    rows = ([form, *(str(row[c]) for c in counts), _hundredths(row["accuracy"])] for form, row in figures.items())
    ends = ([kind, *(_hundredths(value) for value in prf)] for kind, prf in payload["end_to_end"].items())
    identity = _table((title, *counts, "accuracy"), rows)
    return identity + "\n\n" + _table(("content and speaker right", "P", "R", "F1"), ends)


def figure_report(payload: Mapping[str, Any], title: str) -> str:
    """One row a level, one a change among the pairs of equal values, then the counts."""
    measures = ("P", "R", "F1")
    levels = (
        [level, *(f"{row[m]:.1f}" for m in measures), str(row["hits"])] for level, row in payload["levels"].items()
    )
    changes = (
        [f"`{label}`", *(f"{row[m]:.1f}" for m in measures), str(row["gold"]), str(row["pred"])]
        for label, row in payload["change_given_value"].items()
    )
    counts = {name: str(value) for name, value in payload.items() if isinstance(value, int)}
    return "\n\n".join(
        (
            _table((title, *measures, "hits"), levels),
            _table(("change, given the value", *measures, "gold", "pred"), changes),
            _table([name.replace("_", " ") for name in counts], [list(counts.values())]),
        )
    )


_CLAIM_MEASURES = {
    "figure": "figure",
    "span_only": "span only",
    "with_comparator": "with comparator",
    "full_claim": "full claim",
}


def claim_report(payload: Mapping[str, Any], title: str) -> str:
    """A row a split and measure, then the shares of the pairs, measured things, ranking, claims without figures."""
    splits = payload["splits"]
    figures = (
        [name, shown, str(one["figures_gold"]), str(one["figures_pred"]), *map(_hundredths, one[m]), _bounds(one, m)]
        for name, one in splits.items()
        for m, shown in _CLAIM_MEASURES.items()
    )
    shares = ([name, str(one["paired"]), *map(_hundredths, one["agreement"].values())] for name, one in splits.items())
    both = list(splits), list(splits.values())
    agreed = [key.replace("_", " ") for key in splits["all"]["agreement"]]
    return "\n\n".join(
        (
            _table((title, "", "gold", "pred", "P", "R", "F1", "95 %"), figures),
            _table(("of the pairs, the same", "pairs", *agreed), shares),
            _table(("measured", "pairs with one", "token F1", "95 %", "missing", "false"), map(_measured, *both)),
            _table(
                ("check-worthiness", "sentences", "n", "worthy", "prevalence", "average precision", "95 %"),
                (row for name, one in splits.items() for row in _worth_rows(name, one)),
            ),
            _table(("claims without figures", "gold", "pred", "P", "R"), map(_unfigured, *both)),
        )
    )


def _bounds(one: Mapping[str, Any], measure: str) -> str:
    return _interval(one, measure).strip()


def _measured(name: str, one: Mapping[str, Any]) -> list[str]:
    row = one["measured"]
    found = _hundredths(row["token_f1"]), _bounds(one, "measured")
    return [name, str(row["items"]), *found, str(row["missing"]), str(row["false"])]


def _worth_rows(name: str, one: Mapping[str, Any]) -> Iterator[list[str]]:
    for which, row in one["worth"].items():
        interval = _bounds(one, "average_precision") if which == "sentences_with_claims" else ""
        shares = _hundredths(row["prevalence"]), _hundredths(row["average_precision"])
        yield [name, which.replace("_", " "), str(row["sentences"]), str(row["worthy"]), *shares, interval]


def _unfigured(name: str, one: Mapping[str, Any]) -> list[str]:
    row = one["unfigured"]
    return [name, str(row["gold"]), str(row["pred"]), _hundredths(row["P"]), _hundredths(row["R"])]


def identity_report(payload: Mapping[str, Any], title: str) -> str:
    """Figures by pairs and B-cubed, then the names that most errors hang on."""
    figures = (
        [kind.replace("_", "-"), *(_hundredths(v) for v in payload[kind].values())] for kind in ("pairs", "b_cubed")
    )
    found = f"{payload['mentions']} names, {payload['unmatched']} of them not found"
    parts = [_table((title, "P", "R", "F1"), figures), found]
    for kind in ("false_joins", "missed_joins"):
        rows = ([e["name"], e["is"], e["taken_for"], str(e["pairs"]), e["why"]] for e in payload[kind])
        parts.append(_table((kind.replace("_", " "), "is", "taken for", "pairs", "why"), rows))
    return "\n\n".join(parts)


def worthiness_report(payload: Mapping[str, Any], title: str) -> str:
    """How well sentences are ranked, then one row a reason, weightiest first."""
    rankings = (
        [
            kind.replace("_", " "),
            *(_hundredths(payload[kind][measure]) for measure in ("average_precision", "auc")),
            *(_hundredths(value) for value in payload[kind]["precision_at"].values()),
        ]
        for kind in ("shipped", "cross_validated")
    )
    reasons = sorted(payload["reasons"].items(), key=lambda pair: -float(pair[1]["weight"]))
    rows = (
        [
            code,
            f"{row['weight']:.1f}",
            NOTHING if row["fitted"] is None else f"{row['fitted']:.2f}",
            str(row["held"]),
            _hundredths(row["worthy"]),
        ]
        for code, row in reasons
    )
    counted = f"{payload['sentences']} sentences, {payload['worthy']} worth checking"
    if payload["mean_over_files"] is not None:
        counted += f"; mean average precision over files {_hundredths(payload['mean_over_files'])}"
    head = (title, "average precision", "AUC", "first 50", "first 100")
    return "\n\n".join(
        [_table(head, rankings), counted, _table(("reason", "weight", "fitted", "held", "worthy %"), rows)]
    )


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )


def _percent(values: Iterable[float]) -> str:
    return "/".join(f"{100 * value:.1f}" for value in values)


def _hundredths(value: float | None) -> str:
    return NOTHING if value is None else f"{100 * value:.1f}"
