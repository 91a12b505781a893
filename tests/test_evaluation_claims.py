"""Claims against claims marked by hand: what is paired, what is right of a pair, and what is ranked first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from annotated import at
from click.testing import CliRunner

from quotes.cli import main
from quotes.errors import InputError
from quotes.evaluation.claims import claim_scores, token_f1
from quotes.evaluation.claims_items import check_offsets, predict_claims, read_claims, read_predicted
from quotes.evaluation.claims_names import same_asserter, same_unit
from quotes.evaluation.claims_worth import Ranked, average_precision, find_sentences

TEXT = (
    "Mayor Ada Brook said ferry fares rose 4 percent in May.\n"
    "The port lost more than 300 jobs. Nobody minds. Mr. Reed voted against the bill.\n"
    "Two gulls sat on 12 posts.\n"
)
FARES, JOBS, VOTE, GULLS = (
    "Mayor Ada Brook said ferry fares rose 4 percent in May.",
    "The port lost more than 300 jobs.",
    "Mr. Reed voted against the bill.",
    "Two gulls sat on 12 posts.",
)


def span(words: str) -> list[int]:
    return at(TEXT, words)[0]


def figure(words: str, low: float | None, high: float | None = None, **more: Any) -> dict[str, Any]:
    ends = {"value_min": low, "value_max": low if high is None and "comparator" not in more else high}
    return {"span": span(words), "direction": None, "unit": None, "comparator": "=", "role": "level"} | ends | more


def claim(sentence: str, clause: str, figures: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "doc_id": "port", "sentence": span(sentence), "clause": span(clause), "kind": "quantity", "figures": figures,
        "measured": None, "asserted_by": "article", "also": [], "assertion": [{"speaker": "article", "stance": "asserts"}],
        "denied": False, "hedged": False, "check_worthy": True,
    } | more  # fmt: skip


FARES_FIGURE = figure("4 percent", 4, direction="up", unit="percent", role="delta")
JOBS_FIGURE = figure("300", 300, None, comparator=">", direction="down", unit="job", role="delta")
GOLD = [
    claim(FARES, "ferry fares rose 4 percent in May", [FARES_FIGURE], kind="change", measured=span("ferry fares"),
          asserted_by="Ada Brook", also=["City Hall"]),
    claim(JOBS, "The port lost more than 300 jobs", [JOBS_FIGURE], kind="change", measured=span("jobs")),
    claim(VOTE, "Mr. Reed voted against the bill", [], kind="vote"),
    claim(GULLS, "Two gulls sat on 12 posts", [figure("12", 12, unit="post")], check_worthy=False),
]  # fmt: skip


def found(gold: dict[str, Any], worth: float = 0.5, **more: Any) -> dict[str, Any]:
    """A gold claim as the extractor would print it, with some of it changed."""
    row = {key: gold[key] for key in ("kind", "asserted_by", "assertion", "denied", "hedged")}
    figures = [{**one, "start": one["span"][0], "end": one["span"][1]} for one in gold["figures"]]
    start, end = gold["clause"]
    measured = {"measured_span": gold["measured"]}
    return row | {"start": start, "end": end, "figures": figures, "check_worthiness": worth} | measured | more


def found_figure(gold: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    (one,) = found(gold)["figures"]
    return [one | more]


def line(*claims: dict[str, Any], document: str = "port") -> str:
    return json.dumps({"document": {"input": f"articles/{document}.txt"}, "quotations": [], "claims": claims}) + "\n"


def write(folder: Path, *claims: dict[str, Any], name: str = "port", **more: Any) -> Path:
    (folder / "text").mkdir(exist_ok=True)
    (folder / "gold").mkdir(exist_ok=True)
    (folder / "text" / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    rows = [row | {"doc_id": name} if row["doc_id"] == "port" else row for row in claims]
    (folder / "gold" / f"{name}.json").write_text(json.dumps({"claims": rows} | more), encoding="utf-8")
    return folder / "gold"


@pytest.fixture
def scores(tmp_path: Path):
    """Scores of predicted claims against GOLD."""
    gold = read_claims(write(tmp_path, *GOLD))

    def _scores(*claims: dict[str, Any]) -> dict[str, Any]:
        return claim_scores(gold, read_predicted("p", [line(*claims)]), {"port": TEXT})["splits"]["all"]

    return _scores


# --- figures


def test_what_is_found_as_marked_is_all_right(scores) -> None:
    payload = scores(*map(found, GOLD))
    for measure in ("figure", "span_only", "with_comparator", "full_claim"):
        assert payload[measure] == [1, 1, 1]
    assert payload["agreement"] == dict.fromkeys(payload["agreement"], 1)
    assert payload["measured"] == {"items": 2, "token_f1": 1, "missing": 0, "false": 0}
    assert payload["unfigured"] == {"gold": 1, "pred": 1, "P": 1, "R": 1}
    assert (payload["claims_gold"], payload["figures_gold"], payload["figures_pred"]) == (4, 3, 3)


def test_nothing_found_is_nothing_right(scores) -> None:
    payload = scores()
    assert payload["figure"] == payload["full_claim"] == [0, 0, 0]
    assert payload["agreement"]["unit"] is None and payload["measured"]["token_f1"] is None
    assert payload["unfigured"] == {"gold": 1, "pred": 0, "P": None, "R": 0}


@pytest.mark.parametrize(
    ("changed", "paired", "by_span"),
    [
        ({}, 1, 1),
        ({"value_min": 300.001}, 1, 1),
        ({"value_min": 301}, 0, 1),
        ({"value_max": 300}, 0, 1),  # an open side equals only an open side
        ({"start": span("more than 300")[0]}, 1, 1),
        ({"start": span("jobs")[0], "end": span("jobs")[1]}, 0, 0),
    ],
)
def test_figures_are_paired_by_overlap_and_interval(scores, changed: dict, paired: int, by_span: int) -> None:
    payload = scores(found(GOLD[1], figures=found_figure(GOLD[1], **changed)))
    assert payload["paired"] == paired
    assert payload["figure"][0] == paired and payload["span_only"][0] == by_span


def test_a_figure_found_twice_is_right_once(scores) -> None:
    payload = scores(found(GOLD[0]), found(GOLD[0]))
    assert payload["figure"] == [1 / 2, 1 / 3, pytest.approx(2 / 5)]


def test_the_figure_with_more_in_common_is_paired(scores) -> None:
    short = found_figure(GOLD[0], end=span("4")[1], unit="post")
    payload = scores(found(GOLD[0], figures=short), found(GOLD[0]))
    assert payload["paired"] == 1 and payload["agreement"]["unit"] == 1


@pytest.mark.parametrize(
    ("of_figure", "of_claim", "agreed", "full"),
    [
        ({"unit": "percentage_point"}, {}, "unit", False),
        ({"unit": None}, {}, "unit", False),
        ({"direction": None}, {}, "direction", False),
        ({"comparator": "~"}, {}, "comparator", True),
        ({"role": "level"}, {}, "role", True),
        ({}, {"asserted_by": "article"}, "asserted_by", False),
        ({}, {"kind": "quantity"}, "kind", True),
        ({}, {"denied": True}, "denied", True),
        ({}, {"hedged": True}, "hedged", True),
        ({}, {"assertion": [{"speaker": "Ada Brook", "stance": "credits"}]}, "stance", True),
    ],
)
def test_a_pair_disagrees_in_one_thing(scores, of_figure: dict, of_claim: dict, agreed: str, full: bool) -> None:
    payload = scores(found(GOLD[0], **({"figures": found_figure(GOLD[0], **of_figure)} | of_claim)))
    assert {key for key, share in payload["agreement"].items() if not share} == {agreed}
    assert payload["full_claim"][0] == full
    assert payload["with_comparator"][0] == (agreed != "comparator")


def test_the_last_link_of_an_assertion_has_the_stance(scores) -> None:
    chain = [{"speaker": "Tom Reed", "stance": "denies"}, {"speaker": "Ada Brook", "stance": "asserts"}]
    assert scores(found(GOLD[0], assertion=chain))["agreement"]["stance"] == 1


@pytest.mark.parametrize("name", ["Ada Brook", "ADA BROOK", "Brook", "Mayor Brook", "Mrs. Ada Brook", "the City Hall"])
def test_asserters_are_compared_folded(name: str) -> None:
    assert same_asserter(["Ada Brook", "City Hall"], name)


@pytest.mark.parametrize("name", ["Ada", "Ada Reed", "Tom Brook", "article", "anonymous", ""])
def test_other_asserters_are_wrong(name: str) -> None:
    assert not same_asserter(["Ada Brook", "City Hall"], name)


def test_a_surname_may_have_two_words() -> None:
    assert same_asserter(["Ana Ruiz Prado"], "Ruiz Prado")
    assert not same_asserter(["Ana Ruiz Prado"], "Eva Ruiz Prado")


def test_article_and_anonymous_are_no_surnames() -> None:
    assert same_asserter(["article"], "article")
    assert not same_asserter(["Press Article"], "article")
    assert not same_asserter(["article"], "anonymous")


@pytest.mark.parametrize(
    ("one", "other"),
    [("percent", "%"), ("person", "people"), ("job", "Jobs"), ("USD", "usd"), ("percentage points", "percentage_point"),
     ("city", "cities"), ("times", "time"), (None, None), (None, "")],
)  # fmt: skip
def test_units_are_compared_folded(one: str | None, other: str | None) -> None:
    assert same_unit(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("percent", "percentage_point"), ("job", None), ("USD", "EUR"), ("glass", "gla")]
)
def test_other_units_are_wrong(one: str | None, other: str | None) -> None:
    assert not same_unit(one, other)


# --- what is measured


@pytest.mark.parametrize(
    ("gold", "predicted", "f1"),
    [
        ("ferry fares", "The ferry fares", 1),
        ("ferry fares", "fares", 2 / 3),
        ("ferry fares", "harbour dues", 0),
        ("fares for cars and cars alone", "cars", 2 / 7),
    ],
)
def test_measured_things_are_compared_by_words(gold: str, predicted: str, f1: float) -> None:
    assert token_f1(gold, predicted) == pytest.approx(f1)


def test_a_measured_thing_not_found_is_nothing_and_one_too_many_is_counted(scores) -> None:
    rows = found(GOLD[0], measured_span=None), found(GOLD[1]), found(GOLD[3], measured_span=span("gulls"))
    assert scores(*rows)["measured"] == {"items": 2, "token_f1": 0.5, "missing": 1, "false": 1}


# --- what is worth checking


def test_sentences_are_ranked_by_what_was_found_in_them(scores) -> None:
    # From the top: gulls (not worth it), jobs, fares; the vote is not found and comes last.
    worth = scores(found(GOLD[3], 0.9), found(GOLD[1], 0.8), found(GOLD[0], 0.6))["worth"]
    claimed, everything = worth["sentences_with_claims"], worth["all_sentences"]
    assert (claimed["sentences"], claimed["worthy"], claimed["prevalence"]) == (4, 3, 3 / 4)
    assert claimed["average_precision"] == pytest.approx((1 / 2 + 2 / 3 + 3 / 4) / 3)
    # "Nobody minds." is not found either, so it shares the last place.
    assert (everything["sentences"], everything["worthy"]) == (5, 3)
    assert everything["average_precision"] == pytest.approx((1 / 2 + 2 / 3 + 3 / 5) / 3)


def test_the_worthiest_claim_of_a_sentence_counts(scores) -> None:
    worth = scores(found(GOLD[3], 0.5), found(GOLD[0], 0.4), found(GOLD[0], 0.7))["worth"]["sentences_with_claims"]
    assert worth["average_precision"] == pytest.approx((1 + 2 * 3 / 4) / 3)


def test_a_claim_outside_all_gold_has_a_sentence_too(scores) -> None:
    start, end = span("Nobody minds")
    worth = scores(found(GOLD[3], start=start, end=end, figures=[]))["worth"]["sentences_with_claims"]
    assert worth["sentences"] == 5


def test_average_precision_takes_equal_scores_as_one_step() -> None:
    ranked = [Ranked(0.9, True, True), Ranked(0.5, False, True), Ranked(0.5, True, True)]
    assert average_precision(ranked) == average_precision(ranked[::-1]) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([Ranked(0.9, False, True)]) is None


def test_sentences_end_at_full_stops_and_lines() -> None:
    assert [TEXT[slice(*one)] for one in find_sentences(TEXT)] == [FARES, JOBS, "Nobody minds.", VOTE, GULLS]


# --- claims without figures


@pytest.mark.parametrize(("clause", "share"), [("voted against the bill", 1), ("the bill", 1), ("Nobody minds", 0)])
def test_claims_without_figures_share_half_of_a_clause(scores, clause: str, share: float) -> None:
    start, end = span(clause)
    unfigured = scores(found(GOLD[2], start=start, end=end))["unfigured"]
    assert (unfigured["P"], unfigured["R"]) == (share, share)


# --- splits and intervals


def test_splits_are_shown_where_there_are_both(tmp_path: Path) -> None:
    write(tmp_path, *GOLD)
    gold = read_claims(write(tmp_path, *GOLD, name="quay", split="kept"))
    gold[1] = gold[1]._replace(claims=gold[1].claims[:1])
    payload = claim_scores(
        gold, read_predicted("p", [line(*map(found, GOLD))]), dict.fromkeys(("port", "quay"), TEXT), 20
    )
    assert {name: one["documents"] for name, one in payload["splits"].items()} == {"all": 2, "open": 1, "kept": 1}
    assert payload["splits"]["open"]["figure"][2] == 1 and payload["splits"]["kept"]["figure"][2] == 0
    low, high = payload["splits"]["all"]["ci"]["figure"]
    assert low == 0 < payload["splits"]["all"]["figure"][2] < 1 == high
    assert payload["splits"]["kept"]["ci"]["measured"] is None


# --- the command


def run(folder: Path, *options: object, given: str | None = None):
    arguments = [folder / "gold", "--format", "claims", "--texts", folder, *options]
    return CliRunner().invoke(main, ["evaluate", *(str(argument) for argument in arguments)], input=given)


def test_command(tmp_path: Path) -> None:
    write(tmp_path, *GOLD)
    result = run(tmp_path, "--pred", "-", given=line(*map(found, GOLD)))
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["splits"]["all"]["full_claim"] == [1, 1, 1]
    shown = run(tmp_path, "--pred", "-", "--table", "--boot", 10, given=line(*map(found, GOLD)))
    assert "| all     | full claim      | 3    | 3    | 100.0 | 100.0 | 100.0 | [100-100] |" in shown.stdout


def test_command_warns_of_documents_on_one_side_only(tmp_path: Path) -> None:
    write(tmp_path, *GOLD)
    result = run(tmp_path, "--pred", "-", given=line(document="quay"))
    assert result.exit_code == 0
    assert "without predictions (scored as empty), as port" in result.stderr
    assert "predicted but not in gold (left out), as quay" in result.stderr


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"clause": None}, "claim 1: needs clause: [start, end]"),
        ({"clause": [0, 10_000]}, "claim 1: has a span behind the end of the text"),
        ({"clause": span(JOBS)}, "claim 1: has its clause or a figure outside its sentence"),
        ({"kind": "rumour"}, 'claim 1: needs "kind": one of quantity'),
        ({"doc_id": "quay"}, 'claim 1: needs "doc_id"'),
        ({"figures": [FARES_FIGURE | {"value_min": 5}]}, 'a figure has "value_min" 5 above "value_max" 4'),
        ({"figures": [FARES_FIGURE | {"value_min": None, "value_max": None}]}, 'a figure needs "value_min"'),
        ({"figures": [FARES_FIGURE | {"direction": "sideways"}]}, 'needs "direction": one of up, down, null'),
        ({"assertion": [{"speaker": "Ada Brook", "stance": "thinks"}]}, 'needs "stance"'),
        ({"asserted_by": None}, 'needs "asserted_by"'),
        ({"check_worthy": 1}, 'needs "check_worthy": true or false'),
    ],
)
def test_malformed_gold_is_named_in_one_line(tmp_path: Path, changed: dict, message: str) -> None:
    write(tmp_path, GOLD[0] | changed)
    result = run(tmp_path, "--pred", "-", given="")
    assert result.exit_code == 1
    assert message in result.stderr and result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [("{", "is no JSON"), ("[]", 'needs "claims"'), ('{"claims": []}', "holds no claims"),
     ('{"claims": [], "split": "exam"}', 'needs "split": one of open, kept')],
)  # fmt: skip
def test_a_file_that_is_no_gold_is_named(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "port.json").write_text(content)
    with pytest.raises(InputError, match=message):
        read_claims(tmp_path)


def test_gold_of_a_text_that_is_not_there_is_named(tmp_path: Path) -> None:
    write(tmp_path, *GOLD)
    (tmp_path / "text" / "port.txt").unlink()
    result = run(tmp_path, "--pred", "-", given="")
    assert result.exit_code == 1 and "port.txt: cannot be read" in result.stderr and result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("{\n", "standard input:1: is no JSON"),
        ('{"doc_id": "port", "attributions": []}\n', 'standard input:1: needs "document"'),
        (line() + line(), "standard input:2: document 'port' has a line already"),
        (line(found(GOLD[0], check_worthiness=None)), 'standard input:1: a claim needs "check_worthiness"'),
    ],
)
def test_malformed_predictions_are_named_in_one_line(tmp_path: Path, given: str, message: str) -> None:
    write(tmp_path, *GOLD)
    result = run(tmp_path, "--pred", "-", given=given)
    assert result.exit_code == 1
    assert message in result.stderr and result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--format", "claims", "--pred", "-"], "--format claims needs --texts"),
        (["--format", "claims", "--texts", "{folder}", "--slices"], "--slices says nothing with --format claims"),
    ],
)
def test_command_refuses_what_does_not_go_together(tmp_path: Path, options: list[str], message: str) -> None:
    gold = write(tmp_path, *GOLD)
    result = CliRunner().invoke(
        main, ["evaluate", str(gold), *(option.format(folder=tmp_path) for option in options)], input=""
    )
    assert result.exit_code == 2 and message in result.stderr


@pytest.mark.model
def test_the_tracker_is_run_without_predictions(tmp_path: Path, nlp) -> None:
    gold = read_claims(write(tmp_path, *GOLD))
    check_offsets(gold, {"port": TEXT})
    predicted = predict_claims({"port": TEXT}, nlp)
    payload = claim_scores(gold, predicted, {"port": TEXT})["splits"]["all"]
    assert payload["figure"][1] == 1
    result = run(tmp_path, "--rules")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["splits"]["all"] == payload
