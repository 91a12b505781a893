"""The page of errors: what counts as which kind, what is marked, and that the page stands on its own."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from annotated import BUDGET, HARBOUR, at, copies, corpus, triple, write_corpus
from hypothesis import given
from hypothesis import strategies as st

from quotes.evaluation import read_gold
from quotes.evaluation.errors_page import render_errors
from quotes.evaluation.evaluating import Compared, compare, in_scope
from quotes.evaluation.items import make_items
from quotes.evaluation.mistakes import CueCount, Mistake, count_cues, count_kinds, mistakes_of
from quotes.evaluation.polnear import read_headings
from quotes.evaluation.triples import Triple
from quotes.evaluation.views import View

__all__ = ["corpus"]  # fixture


def compared(folder: Path, found: dict[str, list[dict]]) -> dict[str, Compared]:
    return {document.document_id: document for document in compare(read_gold(folder), found, {})}


def harbour(folder: Path, change) -> list[Mistake]:
    found = copies()
    change(found["harbour"])
    return mistakes_of(compared(folder, found)["harbour"])


def replace(which: int, **spans: list[list[int]] | None):
    return lambda found: found[which].update(spans)


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        (lambda found: None, []),
        (lambda found: found.pop(0), [("missed",)]),
        (lambda found: found.append(triple(HARBOUR, [], ["told"], ["reporters"])), [("spurious",)]),
        (replace(0, source=at(HARBOUR, "Ada Brook")), [("source",)]),
        (replace(3, source=at(HARBOUR, "Officials")), [("source",)]),
        (replace(0, content=at(HARBOUR, "the harbour will open in")), [("boundary",)]),
        (replace(0, content=at(HARBOUR, "the harbour will open in May.")), []),
        (replace(0, cue=at(HARBOUR, "told")), []),
        (replace(2, content=at(HARBOUR, "“may double” by June")), [("boundary",)]),
        (replace(1, content=at(HARBOUR, "We are ready", "told", "The cranes work")), [("boundary", "type")]),
        (
            replace(1, source=None, content=at(HARBOUR, "We are ready", "told", "The cranes work")),
            [("source", "boundary", "type")],
        ),
        (replace(0, content=at(HARBOUR, "the")), [("missed",), ("spurious",)]),
    ],
    ids=[
        "all right",
        "missed",
        "spurious",
        "wrong source",
        "a source where gold has none",
        "cut short",
        "a full stop more is no error",
        "a wrong cue by itself is no error",
        "cut short, same type",
        "too long and of another type",
        "all at once",
        "too little in common to pair",
    ],
)
def test_kinds(corpus: Path, change, kinds: list[tuple[str, ...]]) -> None:
    assert [mistake.kinds for mistake in harbour(corpus, change)] == kinds


def test_what_is_nearby_is_kept_for_comparing(corpus: Path) -> None:
    missed, spurious = harbour(corpus, replace(0, content=at(HARBOUR, "the")))
    assert missed.gold == spurious.gold and missed.found == spurious.found
    assert harbour(corpus, lambda found: found.pop(0))[0].found is None


def test_errors_come_in_text_order_and_know_type_and_cue(corpus: Path) -> None:
    mistakes = harbour(corpus, lambda found: found.clear())
    assert [(m.type, m.speech) for m in mistakes] == [
        ("indirect", True),
        ("direct", True),
        ("mixed", False),
        ("indirect", True),
    ]


def test_counts_by_kind_and_type(corpus: Path) -> None:
    def spoil(found: list[dict]) -> None:
        found[1] |= {"source": None, "content": at(HARBOUR, "We are ready", "told", "The cranes work")}
        del found[3]

    counts = count_kinds(harbour(corpus, spoil))
    assert counts == {
        ("source", "direct"): 1,
        ("source", "all"): 1,
        ("boundary", "direct"): 1,
        ("boundary", "all"): 1,
        ("type", "direct"): 1,
        ("type", "all"): 1,
        ("missed", "indirect"): 1,
        ("missed", "all"): 1,
        ("all", "direct"): 1,
        ("all", "indirect"): 1,
        ("all", "all"): 2,
    }


def test_cues_most_often_missed_and_spurious(corpus: Path) -> None:
    found = copies()
    found["harbour"] = [
        triple(HARBOUR, [], ["reported"], ["two ferries"]),
        triple(HARBOUR, [], ["May"], ["ready"]),
        triple(HARBOUR, [], [], ["cranes"]),
    ]
    documents = [(document, mistakes_of(document)) for document in compared(corpus, found).values()]
    assert count_cues(documents, "missed") == [
        CueCount("believe", 1, 1),
        CueCount("said", 1, 1),
        CueCount("told", 1, 1),
    ]
    assert count_cues(documents, "spurious") == [CueCount("", 1, 1), CueCount("may", 1, 1)]


class Outline(HTMLParser):
    """Tags with their attributes, and the ids seen."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "input"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page(folder: Path, found: dict[str, list[dict]], scope: str = "all") -> str:
    documents = [in_scope(document, scope) for document in compared(folder, found).values()]
    return render_errors(documents, read_headings(folder), "mine & yours")


def outline(html: str) -> Outline:
    parser = Outline()
    parser.feed(html)
    assert parser.open == []
    return parser


@pytest.fixture
def shown(corpus: Path) -> str:
    (corpus.parent / "metadata.tsv").write_text("filename\tpublisher\ttitle\nharbour\tThe Quay\tOpen <in> May\n")
    return page(corpus, {"harbour": copies()["harbour"][1:], "budget": [triple(BUDGET, [], [], ["fell"])]})


def test_page_shows_every_error_in_its_document(shown: str) -> None:
    tags = outline(shown).tags
    classes = [attributes["class"] for tag, attributes in tags if tag == "article"]
    assert sorted(classes) == [
        "error kind-missed type-direct cue-speech",
        "error kind-missed type-indirect cue-speech",
        "error kind-missed type-indirect cue-speech",
        "error kind-spurious type-indirect cue-other",
    ]
    assert "mine &amp; yours: 2 documents, 2 of them with errors" in shown
    assert "Open &lt;in&gt; May" in shown and "The Quay · <code>harbour</code> · 4 in gold, 3 found;\n1 missed" in shown


def test_page_marks_gold_and_found(shown: str) -> None:
    assert '<span class="gold-source">The mayor</span> <span class="gold-cue">said</span>' in shown
    assert '<span class="gold-content">taxes </span><span class="gold-content found-content">fell</span>' in shown


def test_page_stands_on_its_own(shown: str) -> None:
    tags = outline(shown).tags
    assert not {tag for tag, _ in tags} & {"script", "link", "img", "iframe"}
    linked = [attributes["href"] for _, attributes in tags if "href" in attributes]
    ids = [attributes["id"] for _, attributes in tags if attributes.get("id")]
    assert linked and all(link.startswith("#") and link[1:] in ids for link in linked)
    assert len(ids) == len(set(ids))
    assert "url(" not in shown and "@import" not in shown and "://" not in shown


def test_page_has_a_filter_for_every_kind_type_and_cue(shown: str) -> None:
    chosen = {a["id"]: "checked" in a for tag, a in outline(shown).tags if tag == "input"}
    assert [name for name, checked in chosen.items() if checked] == ["kind-any", "type-any", "cue-any"]
    assert len(chosen) == 6 + 4 + 3
    for name in chosen:
        assert name.endswith("-any") or f"body:has(#{name}:checked) .error:not(.{name})" in shown


def test_page_escapes_the_article(tmp_path: Path) -> None:
    text = 'Ada said <script>alert("x")</script> & more.\n'
    gold = [triple(text, ["Ada"], ["said"], ['<script>alert("x")</script> & more'])]
    folder = write_corpus(tmp_path / "dev", {"x": (text, gold)})
    html = page(folder, {})
    assert "<script" not in html
    assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; &amp; more" in html
    outline(html)


def test_page_of_no_errors_says_so(corpus: Path) -> None:
    html = page(corpus, copies())
    assert "No errors." in html and "0 of them with errors" in html
    assert "harbour" in page(corpus, {}) and "budget" in page(corpus, {})


def test_page_keeps_to_the_scope(corpus: Path) -> None:
    # "believe" is no speech.
    assert "cue-other" not in re.findall(r'class="error [^"]*"', page(corpus, {}, "speech")).__str__()
    assert page(corpus, {}).count('<article class="error') == 6
    assert page(corpus, {}, "speech").count('<article class="error') == 5


@given(st.text(st.sampled_from('ab .\n"<&é'), max_size=60))
def test_page_prints_any_text_readably(text: str) -> None:
    view = View(text)
    gold = make_items(view, [Triple((), ((0, 1),), ((0, len(text)),))])
    html = render_errors([Compared("x", view, gold, [])], {}, "any")
    assert html.count('<article class="error') == len(gold)
    outline(html)
