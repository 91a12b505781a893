"""Scores of figures: by hand, as a command, and the same as those of the reference scorer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from spacy.language import Language

from quotes.cli.main import main
from quotes.errors import InputError
from quotes.evaluation.newsquant import Item, Sentence, newsquant_scores, paired, read_sentences
from quotes.evaluation.newsquant_items import find_items

GOLD = [
    {
        "text": "Sales rose 5% at the mill.",
        "quantities": [
            {"change": "up", "value": "5", "unit": "%", "normalized_unit": "percentage", "referred_concepts": "Sales"}
        ],
    },
    {"text": "The mill is old.", "quantities": []},
]


def test_pairs_are_one_to_one_and_agree_most() -> None:
    gold = (Item((2.0,), "dog"), Item((2.0,), "cat"))
    found = (Item((2.0,), "cat"), Item((2.0,), "dog"), Item((2.0,), "cow"))
    assert paired(gold, found) == [(0, 1), (1, 0)]


def test_a_range_is_no_number() -> None:
    assert paired((Item((1.0, 3.0)),), (Item((2.0,)),)) == []
    assert paired((Item((1.0, 3.0)),), (Item((3.0, 1.0)),)) == [(0, 0)]


def test_scores_by_hand() -> None:
    sentences = [Sentence("a", (Item((1.0,), "dog"), Item((2.0,), "cat", ">"))), Sentence("b", ())]
    payload = newsquant_scores(sentences, {"a": [Item((1.0,), "dogs")], "b": [Item((9.0,))]})
    assert (payload["gold"], payload["pred"], payload["false_in_empty_sentences"]) == (2, 2, 1)
    assert payload["levels"]["value"] == {"P": 50.0, "R": 50.0, "F1": 50.0, "hits": 1}
    assert payload["levels"]["value+unit"]["hits"] == 0
    assert payload["levels"]["value+unit_loose"]["hits"] == 1


@pytest.mark.parametrize(
    "text", ["{", "{}", "[]", '[{"text": "a"}]', '[{"text": "a", "quantities": [{"value": "x"}]}]']
)
def test_a_malformed_file_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "gold.json"
    path.write_text(text)
    with pytest.raises(InputError, match=r"gold\.json"):
        read_sentences(path)


@pytest.mark.model
def test_the_command(tmp_path: Path) -> None:
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(GOLD))
    result = CliRunner().invoke(main, ["evaluate", str(path), "--format", "newsquant"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["levels"]["value+unit+change"]["F1"] == 100.0
    table = CliRunner().invoke(main, ["evaluate", str(path), "--format", "newsquant", "--table"])
    assert "| value+unit+change" in table.output
    useless = CliRunner().invoke(main, ["evaluate", str(path), "--format", "newsquant", "--slices"])
    assert "--slices says nothing" in useless.output


# sentence, [(ends, unit, change)] in NewsQuant's terms
ITEMS = [
    ("Rents fell from 900 euros to 850 euros.", [((850.0, 900.0), "euro", "=")]),
    ("Sales rose more than 5% in June.", [((5.0,), "percentage", ">")]),
    ("The fund hired 40 young lawyers.", [((40.0,), "young lawyer", "=")]),
    ("Anna Berg, 35, teaches music.", [((35.0,), "year of age", "=")]),
    ("It takes about eight or nine pupils.", [((8.0,), "pupil", "~"), ((9.0,), "pupil", "=")]),
    ("The list has 12 kinds of tools.", [((12.0,), "kind tool", "=")]),
    ("The tax hits men aged 18 to 34.", []),
    ("Fares are 5% lower than in Norway.", [((5.0,), "percentage", "=")]),
    ("The index was up 3 points, or 0.2%.", [((3.0,), "point", "up"), ((0.2,), "percentage", "up")]),
    ("The Note 10 Plus and the Xbox One are in the news.", []),
    ("Her iPhone 11 and the Nasdaq 100 are in the news.", []),
    ("The temple was built between A.D. 900 and 1100.", []),
    ("The lab made 3,000 tests a day.", [((3000.0,), "test per day", "=")]),
    ("Prices were raised by 12 percent.", [((12.0,), "percentage", "up")]),
]


@pytest.mark.model
@pytest.mark.parametrize(("sentence", "expected"), ITEMS, ids=[row[0] for row in ITEMS])
def test_items(nlp: Language, sentence: str, expected: list[tuple[object, ...]]) -> None:
    assert [item[:3] for item in find_items([sentence], nlp)[sentence]] == expected


@pytest.fixture(scope="module")
def dev(shared: Path) -> Path:
    path = shared / "data" / "newsquant" / "dev.json"
    if not path.is_file():
        pytest.skip("needs shared/data/newsquant/dev.json, which is not part of the repository")
    return path


@pytest.mark.corpus
@pytest.mark.model
def test_scores_are_those_of_the_reference(nlp: Language, shared: Path, dev: Path, tmp_path: Path) -> None:
    scorer = shared / "eval" / "score_newsquant.py"
    if not scorer.is_file():
        pytest.skip("needs shared/eval/score_newsquant.py, which is not part of the repository")
    sentences = read_sentences(dev)
    found = find_items((sentence.text for sentence in sentences), nlp)
    rows = [
        {
            "text": text,
            "tags": [
                {
                    "value": list(item.ends) if len(item.ends) == 2 else item.ends[0],
                    "unit": item.unit,
                    "change": item.change,
                }
                for item in items
            ],
        }
        for text, items in found.items()
    ]
    predictions = tmp_path / "pred.json"
    predictions.write_text(json.dumps(rows))
    reference = subprocess.run(
        [sys.executable, str(scorer), "--gold", str(dev), "--pred", str(predictions), "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert newsquant_scores(sentences, found) == json.loads(reference.stdout)
