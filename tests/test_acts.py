"""Speech, writing or thought: sentences with their cue in [[brackets]], source in {braces} and content in <angles>.

The guidelines and 300 cues annotated by hand are in `gold/acts/`.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from quotes.models import Act
from quotes.quotations.acts import act_of
from quotes.quotations.actwords import act_words, texts
from quotes.quotations.lexicon import nouns, verbs
from quotes.quotations.page import Page, Range, make_page

GOLD = Path(__file__).parent / "gold" / "acts"
FLOOR = 0.955
"""Least share of right acts on the first PART documents of the gold (149 of 156); gold/acts/README.md has the whole."""
PART = 36
_MARK = re.compile(r"\[\[|\]\]|[{}<>]")
_ROLES = {"[[": "cue", "{": "source", "<": "content"}

SPEECH = [
    "<The dam is safe>, {the engineer} [[said]].",
    "{The mayor} [[told]] reporters <the bridge would reopen in May>.",
    "[[According to]] {officials}, <two bridges are closed>.",
    "{The minister} [[announced]] <a new harbour>.",
    "{The union} [[has agreed]] <to end the strike>.",
    "{The opposition} [[called for]] <an inquiry>.",
    "{She} [[made clear]] <that the plan was dead>.",
    "{He} [[declined to say]] <who paid for the trip>.",
    "{He} [[wants to talk about]] <the harbour>.",
    "{The coach} [[seemed to suggest]] <the referee was late>.",
    "{Officials} [[indicated]] <that talks would go on>.",
    "{Police} [[reported]] <three arrests>.",
    "{The spokesman} [[revealed]] <that two ships were missing>.",
    "{Her} [[criticism of]] <the budget> was sharp.",
    "{Smith}[[:]] <We will not sell the harbour.>",
    "<The firm> [[was accused of]] <hiding losses>.",
    "{The judge} [[found]] <that the contract was void>.",
    "{The minister} [[is expected to announce]] <a new harbour> on Monday.",
    "“<It was a long night,>” {she} [[agreed]].",
    "In an interview with the Gazette, {the mayor} [[said]] <the bridge was safe>.",
    "{The senator} [[walked back]] <the remarks>.",
    "{Brown} [[Slams]] <Harbour Plan>",
    "{Larry Page} [[said]] <the search would go on>.",
    "{A third of voters in the poll} [[said]] <they were worried>.",
    "{The editor of the Gazette} [[told]] us <the story was wrong>.",
    "{One of the officers} [[said]] <the door was open>.",
]
WRITING = [
    "{She} [[wrote]] <that the plan was dead>.",
    "{The senator} [[tweeted]]: “<Nobody asked us.>”",
    "{The company} [[said in a statement]] <that the plant would close>.",
    "In a letter to staff, {the director} [[said]] <the plant would close>.",
    "{The ministry} [[said]] in an email <that the figures were wrong>.",
    "{The mayor} [[said]] on Twitter <that the bridge was closed>.",
    "{The agency} [[issued a statement saying]] <the water was safe>.",
    "{He} took to Twitter to [[accuse]] <the judge of bias>.",
    "{A poll} [[shows]] <support falling>.",
    "[[According to]] {a report by the auditors}, <half of the money is gone>.",
    "{The survey} [[found]] <that prices had doubled>.",
    "{A number of studies} [[suggest]] <that sleep helps>.",
    "{The lawsuit} [[alleges]] <that the firm lied>.",
    "{The law} [[requires]] <banks to hold more money>.",
    "{The Daily Tribune} [[reported]] <that the deal was off>.",
    "<The deal is off>, [[according to]] {Reuters}.",
    "{A news agency} [[said]] <the port was closed>.",
    "The auditors sent a letter {that} [[said]] <half of the money was gone>.",
    "<He> [[reportedly]] <sold the house>.",
    "{The data} [[indicate]] <a slowdown>.",
    "{The website} [[says]] <the shop is closed>.",
    "“The plant will close,” {the company} said in a statement, [[adding]] <that nobody would be dismissed>.",
]
THOUGHT = [
    "{She} [[believes]] <the plan is dead>.",
    "{The mayor} [[wants]] <to close the bridge>.",
    "<Prices> [[are expected]] <to rise>.",
    "{The firm} [[plans]] <to hire 200 people>.",
    "{Voters} [[are worried about]] <the cost of bread>.",
    "{The coach} [[is confident]] <that the team will win>.",
    "{They} [[support]] <the new harbour>.",
    "{Her} [[support for]] <the harbour> never wavered.",
    "{Fishermen} [[fear]] <a ban>.",
    "{He} [[was hoping]] <to be elected>.",
    "<He> [[is considered]] <a fair judge>.",
    "<The talks> [[seem]] <to be stuck>.",
    "{Many residents} [[would vote for]] <the mayor>.",
    "{Investors} [[learned]] <that the deal was off>.",
    "{She} [[decided]] <to leave>.",
    "[[In]] {her} [[view]], <the plan is dead>.",
    "{Farmers} [[felt]] <that nobody listened>.",
    "{The council} [[has doubts about]] <the plan>.",
    "{The general} [[knows]] <that the war is lost>.",
    "{Researchers} [[found]] <that the river had moved>.",
]
SPECIFIED: list[tuple[str, Act]] = [
    *((text, "speech") for text in SPEECH),
    *((text, "writing") for text in WRITING),
    *((text, "thought") for text in THOUGHT),
]


def plain(marked: str) -> tuple[str, dict[str, list[Range]]]:
    """The sentence without its marks, and the character spans of each role."""
    spans: dict[str, list[Range]] = {"cue": [], "source": [], "content": []}
    text, last, opened = "", 0, ("", 0)
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        last = mark.end()
        if role := _ROLES.get(mark.group()):
            opened = role, len(text)
        else:
            spans[opened[0]].append((opened[1], len(text)))
    return text + marked[last:], spans


def ranges(page: Page, spans: list[Range]) -> tuple[Range, ...]:
    """Character spans as the token ranges that share a character with them."""
    starts = [token.idx for token in page.doc]
    ends = [token.idx + len(token) for token in page.doc]
    return tuple((bisect_right(ends, start), bisect_right(starts, end - 1)) for start, end in spans)


@pytest.mark.model
@pytest.mark.parametrize(("marked", "act"), SPECIFIED, ids=[marked for marked, _ in SPECIFIED])
def test_act_of_a_quotation(nlp: Language, marked: str, act: Act) -> None:
    text, spans = plain(marked)
    page = make_page(nlp(text))
    assert act_of(page, *(ranges(page, spans[role]) for role in ("cue", "source", "content"))) == act


@pytest.mark.model
@pytest.mark.parametrize(("source", "act"), [([], "speech"), ([(0, 10)], "writing")], ids=["nobody", "a text"])
def test_without_a_cue_it_is_speech_unless_a_text_says_it(nlp: Language, source: list[Range], act: Act) -> None:
    page = make_page(nlp("The report on the harbour. “Half of the money is gone.”"))
    assert act_of(page, (), ranges(page, source), ranges(page, [(28, 53)])) == act


def test_the_act_of_a_word_is_listed_once() -> None:
    lines = (GOLD.parents[2] / "quotes" / "quotations" / "acts.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(":") for line in lines if line and not line.startswith("#")]
    listed = [word for label, words in rows if label in {"speech", "writing", "thought"} for word in words.split()]
    assert len(listed) == len(set(listed))
    assert not set(listed) & (set(verbs()) | set(nouns()))


def test_a_light_word_has_the_act_that_the_lexicon_gives_it() -> None:
    known = {lemma: entry.act for lexicon in (nouns(), verbs()) for lemma, entry in lexicon.items()}
    assert {word for word in act_words().light if word in known and act_words().acts[word] != known[word]} == set()


def test_texts_are_of_the_first_class_that_lists_them() -> None:
    assert (texts()["letter"], texts()["twitter"], texts()["poll"]) == ("medium", "platform", "tally")


# --------------------------------------------------------------------------------- the cues annotated by hand


def gold_items() -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads((GOLD / "polnear-dev.json").read_text(encoding="utf-8"))["items"]
    return items


def test_gold_is_stand_off_sorted_and_complete() -> None:
    items = gold_items()
    keys = [(item["doc_id"], item["cue"], item["content_start"]) for item in items]
    assert keys == sorted(keys)
    assert len(keys) == 300
    assert {item["act"] for item in items} == {"speech", "writing", "thought"}
    assert {key for item in items for key in item} == {"doc_id", "cue", "content_start", "act"}


@pytest.mark.corpus
@pytest.mark.model
def test_acts_of_gold_cues_stay_right(nlp: Language, shared: Path) -> None:
    from quotes.evaluation.polnear import read_gold

    gold = read_gold(shared / "data" / "polnear" / "dev")
    grouped = [(name, list(group)) for name, group in groupby(gold_items(), lambda item: item["doc_id"])][:PART]
    pages = nlp.pipe((gold[name].text for name, _ in grouped), disable=["quotations", "speakers", "claims"])
    hits = []
    for (name, items), doc in zip(grouped, pages, strict=True):
        page = make_page(doc)
        triples = {(t.cue, t.content[0][0]): t for t in gold[name].attributions}
        for item in items:
            triple = triples[tuple(map(tuple, item["cue"])), item["content_start"]]
            spans = (list(triple.cue), list(triple.source), list(triple.content))
            hits.append(act_of(page, *(ranges(page, role) for role in spans)) == item["act"])
    assert len(hits) > 100
    assert sum(hits) / len(hits) >= FLOOR
