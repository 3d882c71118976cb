"""HTML made for people: nothing in the data can become an element, an attribute or a script."""

from __future__ import annotations

import json
from collections import Counter
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kh_kr_corpus import _html
from kh_kr_corpus._html import Mark
from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.models import Article

VOID = {"meta", "br", "img", "input", "link", "base", "hr", "source", "embed"}
ALLOWED = {
    "style": set(), "div": {"class"}, "h2": set(), "dl": set(), "dt": set(), "dd": set(), "p": {"class"},
    "mark": {"class", "style", "title"}, "small": set(), "span": {"class"}, "code": set(), "table": set(),
    "thead": set(), "tbody": set(), "tr": set(), "th": set(), "td": {"class"},
}  # fmt: skip
PAGE = {"html": {"lang"}, "head": set(), "meta": {"charset", "name", "content", "http-equiv"}, "title": set()}
PAGE |= {"body": {"class"}}

PAYLOADS = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</div></body></html><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    '" autofocus onfocus=alert(1) x="',
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<!--<img src=x onerror=alert(1)>-->",
    "--><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<style>@import 'http://x.example'</style>",
    "x;background:url(javascript:alert(1))",
    "accepted\" style=\"background:url('http://x.example')",
    "<link rel=stylesheet href=//x.example>",
    "<base href=//x.example>",
    "<meta http-equiv=refresh content=0;url=//x.example>",
    "<form action=//x.example><input name=q>",
    "<object data=//x.example></object>",
    "<embed src=//x.example>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&quot; onclick=alert(1) &quot;",
    "<scr\u0000ipt>alert(1)</scr\u0000ipt>",
    "＜script＞alert(1)＜/script＞",
    "<ScRiPt >alert(1)</sCrIpT >",
    "<details open ontoggle=alert(1)>",
    "\u202e<script>alert(1)</script>",
    "한국<b onclick=alert(1)>어</b>ភ្នំ",
]


class Outline(HTMLParser):
    """What a parser sees: elements with attributes, the text, and whether the tags nest."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: Counter[str] = Counter()
        self.problems: list[str] = []
        self.open: list[str] = []
        self.text = self.body = ""
        self.body_depth = 0
        self.titles: list[str] = []
        self.allowed = ALLOWED | PAGE if html.startswith("<!doctype") else ALLOWED
        self.feed(html)
        self.close()
        if self.open:
            self.problems.append(f"never closed: {self.open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        if tag not in self.allowed:
            self.problems.append(f"element {tag}")
        for name, value in attrs:
            if name not in self.allowed.get(tag, set()) or name.startswith("on"):
                self.problems.append(f"attribute {name} of {tag}")
            if name == "style" and not (value or "").removeprefix("--h:").isdigit():
                self.problems.append(f"style {value}")
            if name == "title":
                self.titles.append(value or "")
        if tag not in VOID:
            self.open.append(tag)
        if ("class", "text") in attrs:
            self.body_depth = len(self.open)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.problems.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()
        if len(self.open) < self.body_depth:
            self.body_depth = 0

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data
        if self.body_depth and "small" not in self.open:
            self.body += data  # the article's own words, without the printed labels

    def handle_comment(self, data: str) -> None:
        self.problems.append(f"comment {data!r}")

    def handle_pi(self, data: str) -> None:
        self.problems.append(f"instruction {data!r}")

    def unknown_decl(self, data: str) -> None:
        self.problems.append(f"declaration {data!r}")


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) >= 30


@pytest.mark.parametrize("bad", PAYLOADS)
def test_no_field_of_an_article_becomes_markup(bad: str) -> None:
    marks = [Mark(0, len(bad), bad, bad, bad), Mark(1, 2, "ORG", bad)]
    html = _html.article(bad, [(bad, bad), ("date", None)], bad, marks, [(0, 3)], [[bad] * 7])
    outline = Outline(_html.page(bad, html))
    assert outline.problems == []
    assert outline.elements["script"] == 0
    plain = Outline(_html.page("x", _html.article("x", [("x", "x")], "x" * len(bad), [], [], [["x"] * 7])))
    assert set(outline.elements) - {"mark", "small", "span"} == set(plain.elements)
    # nothing is lost either: the payload is there to be read, in every one of its places
    seen = bad.replace("\0", "\ufffd") if "\0" in bad and bad not in outline.text else bad
    assert outline.text.count(seen) >= 1 + 1 + 2 + 7
    assert any(bad in title for title in outline.titles)


@pytest.mark.parametrize("bad", PAYLOADS)
def test_no_cell_or_note_of_a_table_becomes_markup(bad: str) -> None:
    outline = Outline(_html.table([bad, "n"], [[bad, 5], [None, True]], note=bad))
    assert outline.problems == []
    assert outline.elements["td"] == 4
    assert outline.text.count(bad) == 3


@pytest.mark.parametrize("bad", PAYLOADS)
def test_an_external_article_lists_its_marks_safely(bad: str) -> None:
    outline = Outline(_html.article("t", [], None, [Mark(3, 9, bad, bad)], [], []))
    assert outline.problems == []
    assert "3–9" in outline.text
    assert outline.text.count(bad) == 2


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=8), st.data())
def test_overlapping_marks_nest_and_keep_the_text(text: str, spans: list[tuple[int, int]], data: st.DataObject) -> None:
    marks = [Mark(min(s), max(s), data.draw(st.sampled_from(["ORG", "<b>"])), "tip") for s in spans]
    proofs = [(min(s), max(s)) for s in spans[::2]]
    outline = Outline(_html.article("", [], text, marks, proofs, []))
    assert outline.problems == []
    assert outline.body == text


def test_marks_show_label_state_and_evidence() -> None:
    html = _html.article("t", [], "KOICA came.", [Mark(0, 5, "ORG", "organisation/koica", "suggested")], [(0, 11)], [])
    assert '<mark class="suggested"' in html
    assert "<small>ORG</small>" in html
    assert html.count('<span class="proof">') == 2
    assert "organisation/koica" in html


def test_page_runs_no_script_and_loads_nothing() -> None:
    html = _html.page("t", _html.table(["a"], [[1]]))
    assert "default-src 'none'" in html
    assert "http://" not in html
    assert "https://" not in html
    assert "url(" not in html


@pytest.mark.parametrize("bad", PAYLOADS[:12])
def test_an_article_in_a_notebook_is_escaped(bad: str) -> None:
    data = {
        "id": "a", "title": f"t {bad}", "origin": "genuine", "author": f"a {bad}", "abstract": f"b {bad}",
        "rights": {"text": "local"}, "text": f"KOICA {bad}",
        "mentions": [{"id": "m1", "start": 0, "end": 5, "text": "KOICA", "label": "ORG"}],
    }  # fmt: skip
    outline = Outline(Article.model_validate_json(json.dumps(data))._repr_html_())
    assert outline.problems == []
    assert outline.text.count(bad) == 4


def test_a_long_text_with_many_marks_takes_no_time() -> None:
    """Looking at every mark for every piece of text would take minutes here."""
    marks = [_html.Mark(10 * n, 10 * n + 5, "ORG", "t") for n in range(30_000)]
    made = _html.article("t", [], "x" * 300_000, marks, [], [])
    assert made.count("<mark ") == 30_000


def test_a_link_is_printed_and_not_only_a_tip(toy: Corpus) -> None:
    article = toy.articles["2022-nurses-for-the-boats"]
    html = article._repr_html_()
    outline = Outline(html)
    first = min((m for m in article.mentions if m.entity), key=lambda mention: mention.start)
    assert f"{first.label} 1" in outline.text and str(first.entity) in outline.text
    linked = {mention.entity for mention in article.mentions if mention.entity}
    assert all(str(entity) in outline.text for entity in linked)
    assert outline.problems == []


def test_an_activity_is_a_card_with_its_money_sources_and_contradictions(toy: Corpus) -> None:
    activity = toy.activities["2021-floating-clinic-phnom-penh"]
    outline = Outline(activity._repr_html_())
    for told in ("organisation/koica", "2,500,000", "USD", "about", "toy-database", "The gazette has the opening"):
        assert told in outline.text
    assert outline.problems == []
    assert "would count money twice" in Outline(toy.activities["2020-river-clinics-ceiling"]._repr_html_()).text


@pytest.mark.parametrize("bad", PAYLOADS)
def test_no_field_of_an_activity_becomes_markup(toy: Corpus, bad: str) -> None:
    bare = toy.activities["2021-floating-clinic-phnom-penh"]
    activity = bare.model_copy(update={"title": bad, "note": bad, "disagreements": (bad,), "place": (bad,)})
    outline = Outline(
        _html.page("x", activity.card({"organisation/koica": bad, "toy-database": bad}, ((bad,), [(bad,)])))
    )
    assert outline.problems == [] and outline.elements["script"] == 0
    # title, note, contradiction, place, two parts, a source, a heading and its cell
    assert outline.text.count(bad) == 9 or "\0" in bad
