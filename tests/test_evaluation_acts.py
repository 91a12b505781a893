"""Acts against acts given by hand: how gold cues find their quotation, and what is counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from annotated import at
from click.testing import CliRunner

from quotes.cli import main
from quotes.errors import InputError
from quotes.evaluation.acts import GoldAct, act_accuracy, paired_with, read_acts, read_texts
from quotes.evaluation.triples import Triple

FERRY = "The harbour master said the ferry sails. She wants a second one. She wrote that it pays."


def gold(cue: str, content: str, act: str, text: str = FERRY) -> dict:
    return {"doc_id": "ferry", "cue": at(text, cue), "content_start": text.index(content), "act": act}


GOLD = [
    gold("said", "the ferry", "speech"),
    gold("wants", "a second", "thought"),
    gold("wrote", "that it pays", "writing"),
]


def predicted(*found: tuple[str, str, str | None]) -> dict[str, list[dict]]:
    return {
        "ferry": [
            {"cue": at(FERRY, cue), "content": at(FERRY, content)} | ({"act": act} if act else {})
            for cue, content, act in found
        ]
    }


def items(*raw: dict) -> list[GoldAct]:
    return [GoldAct(r["doc_id"], tuple(map(tuple, r["cue"])), r["content_start"], r["act"]) for r in raw]


def test_accuracy_over_the_paired_and_over_all() -> None:
    found = predicted(("said", "the ferry sails", "speech"), ("wants", "a second one", "speech"))
    payload = act_accuracy(items(*GOLD), found)
    assert (payload["items"], payload["paired"], payload["right"]) == (3, 2, 1)
    assert (payload["accuracy_paired"], payload["accuracy_all"]) == (1 / 2, 1 / 3)
    assert payload["acts"]["speech"]["accuracy_all"] == 1
    assert payload["acts"]["thought"]["accuracy_paired"] == 0
    assert payload["acts"]["writing"] == {
        "items": 1,
        "paired": 0,
        "right": 0,
        "accuracy_paired": None,
        "accuracy_all": 0,
    }
    assert payload["confusion"]["thought"] == {"speech": 1, "writing": 0, "thought": 0, "none": 0, "unpaired": 0}
    assert payload["confusion"]["writing"]["unpaired"] == 1


def test_a_prediction_without_act_is_wrong() -> None:
    payload = act_accuracy(items(*GOLD), predicted(("said", "the ferry sails", None)))
    assert payload["paired"] == 1 and payload["accuracy_paired"] == 0
    assert payload["confusion"]["speech"]["none"] == 1


def test_nothing_to_judge_has_no_accuracy() -> None:
    payload = act_accuracy([], {})
    assert payload["accuracy_paired"] is None and payload["accuracy_all"] is None


@pytest.mark.parametrize(
    ("cues", "expected"),
    [
        ([[(0, 4)], [(0, 9)]], 1),
        ([[(0, 9)], [(2, 4)]], 0),
        ([[(20, 30)], []], None),
        ([[(9, 12)], [(10, 12)]], None),
        ([[(0, 2), (5, 9)], [(0, 5)]], 0),
    ],
    ids=[
        "most in common",
        "order does not matter",
        "nothing in common",
        "touching is not overlapping",
        "pieces add up",
    ],
)
def test_pairs_by_the_cue(cues: list[list[tuple[int, int]]], expected: int | None) -> None:
    item = GoldAct("x", ((0, 9),), 40, "speech")
    triples = [Triple((), tuple(cue), ((50, 60),)) for cue in cues]
    assert paired_with(item, triples) == (None if expected is None else triples[expected])


def test_of_quotations_with_the_same_cue_the_nearest_content_is_paired() -> None:
    item = GoldAct("x", ((0, 4),), 60, "speech")
    triples = [Triple((), ((0, 4),), ((start, start + 5),)) for start in (20, 58, 90)]
    assert paired_with(item, triples) == triples[1]


def write(path: Path, found: object) -> Path:
    path.write_text(json.dumps(found))
    return path


def test_reads_a_file_or_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "acts"
    folder.mkdir()
    one = write(folder / "a.json", {"guidelines": "said is speech", "items": GOLD[:2]})
    write(folder / "b.json", {"guidelines": "", "items": GOLD[2:]})
    assert read_acts(one) == items(*GOLD[:2])
    assert read_acts(folder) == items(*GOLD)


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ([], 'acts.json: needs "items"'),
        ({"items": []}, "holds no items"),
        ({"items": [GOLD[0], 3]}, 'acts.json, item 2: needs "doc_id"'),
        ({"items": [{**GOLD[0], "content_start": True}]}, 'needs "content_start"'),
        ({"items": [{**GOLD[0], "act": "shout"}]}, 'needs "act": one of speech, writing, thought'),
        ({"items": [{**GOLD[0], "cue": [[3]]}]}, '"cue" must be a list'),
    ],
)
def test_malformed_gold_names_file_and_item(tmp_path: Path, found: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_acts(write(tmp_path / "acts.json", found))


def test_what_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "acts.json").write_text("{")
    with pytest.raises(InputError, match=r"acts\.json: is no JSON"):
        read_acts(tmp_path)


def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "text").mkdir(parents=True)
    (folder / "text" / "ferry.txt").write_text(FERRY)
    (folder / "text" / "other.txt").write_text("Nobody asked.")
    return folder


def test_only_texts_with_gold_are_read(tmp_path: Path) -> None:
    folder = texts(tmp_path)
    assert read_texts(folder, {"ferry"}) == {"ferry": FERRY}
    (folder / "text" / "ferry.txt").unlink()
    with pytest.raises(InputError, match=r"ferry\.txt: cannot be read"):
        read_texts(folder, {"ferry"})


def run(*arguments: object, given: str | None = None):
    return CliRunner().invoke(main, ["evaluate", *(str(argument) for argument in arguments)], input=given)


def test_command_scores_saved_predictions(tmp_path: Path) -> None:
    path = write(tmp_path / "acts.json", {"items": GOLD})
    found = predicted(("said", "the ferry sails", "speech"), ("wants", "a second one", "thought"))
    given = json.dumps({"doc_id": "ferry", "attributions": found["ferry"]})
    payload = json.loads(run(path, "--format", "acts", "--pred", "-", given=given).stdout)
    assert payload == json.loads(json.dumps(act_accuracy(items(*GOLD), found)))
    table = run(path, "--format", "acts", "--pred", "-", "--table", given=given).stdout
    assert "| all          | 3     | 2      | 2     | 100.0                | 66.7              |" in table
    assert "| writing          | 0      | 0       | 0       | 0    | 1        |" in table


@pytest.mark.model
def test_command_runs_the_tracker_over_the_texts(tmp_path: Path) -> None:
    path = write(tmp_path / "acts.json", {"items": GOLD[:1]})
    saved = tmp_path / "saved.jsonl"
    result = run(path, "--format", "acts", "--texts", texts(tmp_path), "--rules", "--save-predictions", saved)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["accuracy_all"] == 1
    assert [json.loads(line)["doc_id"] for line in saved.read_text().splitlines()] == ["ferry"]
