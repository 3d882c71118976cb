"""Whatever a corpus holds stays text on the page: 210 payloads in every field, none runs, nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.review.browser import PATIENCE, Server, browser, needs_browser, page_of
from tests.review.payloads import PAYLOADS

from kh_kr_corpus import store
from kh_kr_corpus.models import (
    Adjudication,
    Article,
    Entity,
    Evidence,
    Initiative,
    Layer,
    Mention,
    Name,
    Review,
    Rights,
    Speaker,
    Suggestion,
)
from kh_kr_corpus.store.anchors import evidence_print
from kh_kr_corpus.store.dump import dumps

pytestmark = needs_browser

SAYS_IT_RAN = (
    "globalThis.pwned !== undefined || document.querySelector('#text img, #text script, iframe, base') !== null"
)


def _poisoned(root: Path) -> None:
    """A corpus whose every field that takes free text holds payloads."""
    from kh_kr_corpus._offsets import normalise

    root.mkdir()
    (root / "schema.yaml").write_text(store.dumps_schema(), encoding="utf-8")
    for n, text in enumerate(PAYLOADS[:60]):
        names = (Name(text=text, lang="en", kind="preferred"), Name(text=f"한 {text}", lang="ko", kind="translation"))
        store.add_entity(Entity(id=f"person/p-{n}", names=names, note=text), root)
    text = normalise("\n".join(PAYLOADS))
    mentions, reports, at = [], [], 0
    for n, line in enumerate(text.split("\n")):
        end, told = at + len(line), PAYLOADS[n]
        suggestion = Suggestion(by=f"khkr@{told.replace(' ', '')}", score=0.5, reason=told)
        if line.strip() == line and line:
            mentions.append(
                Mention(
                    id=f"m{n + 1}",
                    start=at,
                    end=end,
                    text=line,
                    label="PERSON",
                    entity=f"person/p-{n % 60}",
                    suggestion=suggestion,
                    review=Review(note=told)
                    if n % 2
                    else Review(state="accepted", by=f"human:{told.replace(':', ' ')}", at="2026-11-22", note=told),
                )
            )
            reports.append(
                Initiative(
                    id=f"i{n + 1}",
                    title=told,
                    kind="training",
                    themes=("training",),
                    sectors=("health",),
                    status="pledged",
                    assertion="author-reports",
                    speaker=Speaker(office=told),
                    evidence=(Evidence(start=at, end=end, sha256=evidence_print(text, at, end)),),
                    suggestion=suggestion,
                    review=Review(note=told),
                )
            )
        at = end + 1
    assert len(mentions) >= 200
    article = Article(
        id="poison",
        title=PAYLOADS[0],
        origin="brief",
        date="2026",
        author=PAYLOADS[1],
        abstract=PAYLOADS[2],
        note=PAYLOADS[3],
        rights=Rights(text="included", licence=PAYLOADS[4], holder=PAYLOADS[5]),
        codebook="1.3",
        text=text,
        mentions=tuple(mentions),
        initiatives=tuple(reports),
    )
    store.write(article, root)
    _poisoned_layers(root, article)
    for n, told in enumerate(PAYLOADS):
        small = Article(
            id=f"title-{n}", title=told, origin="brief", author=told, abstract=told, note=told, text="Nothing.",
            rights=Rights(text="included", licence=told, holder=told), codebook="1.3",
        )  # fmt: skip
        path = store.path_of(small, root)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dumps(small, path.relative_to(root)), encoding="utf-8")  # type: ignore[arg-type]


def _poisoned_layers(root: Path, article: Article) -> None:
    """Two readings that differ in every mention and initiative, with payloads in what they say and in the reasons."""
    for name, label in (("first", "PERSON"), ("second", "ORG")):
        mentions = tuple(
            m.model_copy(
                update={
                    "label": label,
                    "suggestion": None,
                    "review": Review(state="accepted", by="human:E", at="2026-11-22", note=told),
                }
            )
            for m, told in zip(article.mentions, PAYLOADS, strict=False)
        )
        reports = tuple(
            i.model_copy(
                update={
                    "title": f"{name} {i.title}",
                    "suggestion": None,
                    "review": Review(state="accepted", by="human:E", at="2026-11-22", note=told),
                }
            )
            for i, told in zip(article.initiatives, PAYLOADS, strict=False)
        )
        ruled = tuple(
            Adjudication(what="mention", start=m.start, end=m.end, layers=("PERSON", "ORG"), kept="first", why=told)
            for m, told in zip(mentions[:40], PAYLOADS, strict=False)
        )
        layer = Layer(
            article=article.id, annotator=name, by="human:E", at="2026-11-22", blind=True, codebook="1.3",
            mentions=mentions, initiatives=reports, adjudicated=ruled if name == "second" else (),
            compared="first" if name == "second" else None,
        )  # fmt: skip
        store.write(layer, root)


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("poison") / "<img src=x onerror=globalThis.pwned=1>"
    _poisoned(root)
    server = Server(root).start()
    yield server
    server.stop()


def test_no_payload_runs_and_nothing_is_fetched_from_outside(poisoned: Server) -> None:
    errors: list[str] = []
    asked: list[str] = []
    with browser() as chromium:
        page = page_of(chromium, poisoned.address, errors)
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: errors.append(dialog.message))
        assert len(page.query_selector_all("#queue li")) > len(PAYLOADS)
        for _ in range(len(PAYLOADS) * 2):
            page.keyboard.press("j")
        for _ in range(20):
            page.keyboard.press("J")
        page.click("[data-id=poison] button")
        page.wait_for_selector("body[data-article=poison] #text mark")
        assert not page.evaluate(SAYS_IT_RAN)
        page.click("#text mark >> nth=3")
        page.keyboard.press("l")
        for text in (PAYLOADS[1], PAYLOADS[17], "p"):
            page.fill("dialog input[type=search]", text)
            page.wait_for_timeout(150)
        page.keyboard.press("Escape")
        page.keyboard.press("t")
        page.fill("dialog textarea", PAYLOADS[33])
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("dialog >> text=Who decides?")
        page.fill("dialog input", "<img src=x onerror=globalThis.pwned=1>")
        page.keyboard.press("Enter")
        page.wait_for_selector("#saved.good")
        page.click(".reports .row >> nth=7")
        page.keyboard.press("e")
        page.wait_for_selector("form.initiative")
        assert not page.evaluate(SAYS_IT_RAN)
    assert [error for error in errors if "Content Security Policy" in error or "pwned" in error] == []
    assert errors == []
    assert [url for url in asked if not url.startswith(f"http://127.0.0.1:{poisoned.port}/")] == []


def test_no_payload_runs_in_the_compare_view(poisoned: Server) -> None:
    assert poisoned.stop() == 0
    poisoned.options = ("--compare", "first,second", "--name", "Eve")
    poisoned.start()
    errors: list[str] = []
    with browser() as chromium:
        page = page_of(chromium, poisoned.address, errors)
        page.on("dialog", lambda dialog: errors.append(dialog.message))
        page.wait_for_selector(".referee .card")
        assert len(page.query_selector_all(".referee .entries li")) >= 400
        for _ in range(60):
            page.keyboard.press("k")
        for _ in range(20):
            page.keyboard.press("j")
        page.keyboard.press("w")
        page.keyboard.type(PAYLOADS[7])
        page.keyboard.press("Alt+0")
        page.wait_for_selector("#queue .total >> text=differences left")
        assert not page.evaluate(SAYS_IT_RAN)
    assert errors == []


def test_the_alarm_works() -> None:
    """The check can fail: the same payload as markup runs in a page without a policy."""
    with browser() as chromium:
        page = chromium.new_page()
        ran: Any = page.evaluate("html => { document.body.innerHTML = html; }", PAYLOADS[1])
        page.wait_for_function("globalThis.pwned !== undefined", timeout=PATIENCE)
        assert ran is None
