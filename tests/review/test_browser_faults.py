"""In a real browser: a killed server, a second window, an editor behind the page's back, and who can use the page."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.review.browser import PATIENCE, Server, hindrances, needs_browser, now, page_of, show
from tests.review.conftest import CLINIC, NURSES, read

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = needs_browser


def _mention(root: Path, article_id: str, item: str) -> Any:
    return next(m for m in read(root, article_id).mentions if m.id == item)


def test_decisions_outlive_a_killed_server_and_a_closed_page(chromium: Browser, server: Server) -> None:
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(server.address)
    page.wait_for_selector("#text[lang] mark")
    show(page, CLINIC)
    page.keyboard.press("a")
    page.wait_for_selector("#saved.good")
    server.kill()
    page.keyboard.press("x")
    page.wait_for_selector("#saved.bad")
    assert "1 not saved yet" in page.inner_text("#saved")
    page.close(run_before_unload=False)
    server.start()
    page = context.new_page()
    page.goto(server.address)
    page.wait_for_selector("#saved.good")
    assert server.stop() == 0
    assert _mention(server.root, CLINIC, "m14").review.state == "accepted", "saved before the kill"
    assert read(server.root, CLINIC).initiatives[2].review.state == "rejected", "waited in the browser"
    context.close()


def two_windows(chromium: Browser, server: Server) -> tuple[BrowserContext, list[Page]]:
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE)
    pages = [context.new_page(), context.new_page()]
    for page in pages:
        page.goto(server.address)
    return context, pages


def test_two_windows_that_decide_differently_see_both_versions(chromium: Browser, server: Server) -> None:
    context, pages = two_windows(chromium, server)
    for page in pages:
        page.wait_for_selector("#text[lang] mark")
        # polling would show the other window's decision before this one decides
        page.route("**/state", lambda route: route.abort())
        show(page, CLINIC)
    pages[0].keyboard.press("a")
    pages[0].wait_for_selector("#saved.good")
    pages[1].bring_to_front()
    pages[1].keyboard.press("x")
    pages[1].wait_for_selector("#banner:not([hidden]) button")
    pages[1].keyboard.press("c")
    pages[1].wait_for_selector("dialog table")
    rows = pages[1].inner_text("dialog tr.differs >> nth=0")
    assert "rejected" in rows
    assert "accepted" in rows
    pages[1].click("dialog >> text=Keep the decision")
    pages[1].wait_for_selector("#banner[hidden]", state="attached")
    server.stop()
    assert _mention(server.root, CLINIC, "m14").review.state == "rejected"
    context.close()


def test_an_edit_behind_the_page_is_shown_and_nothing_is_written_over(chromium: Browser, server: Server) -> None:
    errors: list[str] = []
    page = page_of(chromium, server.address, errors)
    show(page, NURSES)
    path = next(server.root.rglob(f"articles/**/{NURSES}.yaml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("label: GPE", "label: LOC", 1), encoding="utf-8")
    page.wait_for_selector("mark[data-label=LOC]")
    page.click("mark >> text=RCA")
    page.keyboard.press("x")
    page.wait_for_selector("#saved.good")
    server.stop()
    assert (_mention(server.root, NURSES, "m3").label, _mention(server.root, NURSES, "m5").review.state) == (
        "LOC",
        "rejected",
    )
    assert errors == []


def test_a_file_that_can_not_be_read_holds_up_no_other_text(chromium: Browser, server: Server) -> None:
    page = page_of(chromium, server.address, [])
    show(page, CLINIC)
    page.wait_for_selector("#saved.good")
    path = next(server.root.rglob(f"articles/**/{CLINIC}.yaml"))
    before = path.read_text(encoding="utf-8")
    path.write_text("{" + before, encoding="utf-8")  # somebody is at work on it in an editor
    page.wait_for_selector("#banner:not([hidden]) >> text=this is mended")
    page.keyboard.press("a")
    page.wait_for_selector("#saved.bad >> text=1 not saved yet")
    page.click(f'[data-id="{NURSES}"] button')
    page.wait_for_selector(f"body[data-article='{NURSES}'] #text mark")
    page.click("mark >> text=RCA")
    page.keyboard.press("x")
    journal = server.root / ".khkr" / "review.jsonl"
    for _ in range(PATIENCE // 100):
        if '"id":"m5"' in journal.read_text(encoding="utf-8"):
            break
        page.wait_for_timeout(100)
    assert '"id":"m14"' not in journal.read_text(encoding="utf-8")
    page.wait_for_selector("#saved.bad >> text=1 not saved yet")
    path.write_text(before, encoding="utf-8")
    page.wait_for_selector("#saved.good")
    server.stop()
    assert _mention(server.root, NURSES, "m5").review.state == "rejected"
    assert _mention(server.root, CLINIC, "m14").review.state == "accepted"


def test_a_server_that_hangs_is_said_to_and_gets_the_decision_once(chromium: Browser, server: Server) -> None:
    page = page_of(chromium, server.address, [])
    show(page, CLINIC)
    assert server.process is not None
    server.process.send_signal(signal.SIGSTOP)
    page.keyboard.press("a")
    page.wait_for_selector("#saved.bad >> text=1 not saved yet")
    server.process.send_signal(signal.SIGCONT)
    page.wait_for_selector("#saved.good")
    server.stop()
    journal = (server.root / ".khkr" / "review.jsonl").read_text(encoding="utf-8")
    assert journal.count('"id":"m14","before"') == 1
    assert _mention(server.root, CLINIC, "m14").review.state == "accepted"


def test_keys_work_on_a_korean_and_a_khmer_keyboard(chromium: Browser, server: Server, errors: list[str]) -> None:
    page = page_of(chromium, server.address, errors)
    show(page, NURSES)
    page.click("mark >> text=Ministry of Health")
    devtools = page.context.new_cdp_session(page)
    for key, code, quote in (
        ("ㅁ", "Comma", "Ministry of Health and Welfare of"),
        ("។", "Period", "Ministry of Health and Welfare of Korea"),
        ("ៀ", "BracketRight", "of Health and Welfare of Korea"),
    ):
        devtools.send("Input.dispatchKeyEvent", {"type": "keyDown", "key": key, "code": code, "text": key})
        devtools.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": key, "code": code})
        assert now(page) == quote
    devtools.send("Input.dispatchKeyEvent", {"type": "keyDown", "key": "ㅋ", "code": "KeyZ", "text": "ㅋ"})
    page.wait_for_selector("#panel .card h2:text-is('Ministry of Health and Welfare of Korea')")
    devtools.send("Input.dispatchKeyEvent", {"type": "keyDown", "key": "២", "code": "Digit3", "text": "២"})
    page.wait_for_selector("#panel .label[data-label=GPE][aria-pressed=true]")


EMOJI = "😀 Seoul met 한국국제협력단 in ភ្នំពេញ.\n\n👩🏻\u200d🚒 from Phnom Penh thanked KOICA for $2 million in 2021."


def test_a_new_text_is_annotated_and_spans_stand_on_their_words(chromium: Browser, server: Server) -> None:
    errors: list[str] = []
    page = page_of(chromium, server.address, errors)
    page.keyboard.press("+")
    page.fill("dialog input[type=text] >> nth=0", "Thanks with emoji")
    page.fill("dialog input[placeholder='2026-03-12']", "2026-03-12")
    page.fill("dialog textarea", EMOJI)
    page.click("dialog button.main")
    page.wait_for_selector("body[data-article='2026-thanks-with-emoji'] #text mark")
    marks = page.eval_on_selector_all("#text mark", "marks => marks.map((m) => m.textContent)")
    assert "KOICA" in marks
    page.dblclick("#text >> text=thanked")
    page.keyboard.press("4")
    page.wait_for_selector("#panel h2 >> text=thanked")
    page.wait_for_selector("#saved.good")
    server.stop()
    article = read(server.root, "2026-thanks-with-emoji")
    assert (article.rights.text, article.text) == ("local", EMOJI)
    new = next(m for m in article.mentions if m.review.decided)
    assert (new.text, new.label) == ("thanked", "LOC")
    assert errors == []


def test_a_referee_rules_on_a_difference_of_two_readings(chromium: Browser, toy_copy: Path) -> None:
    server = Server(toy_copy, "--name", "Sok Toy", "--compare", "first,second").start()
    errors: list[str] = []
    page = page_of(chromium, server.address, errors)
    page.wait_for_selector(".referee .card")
    assert hindrances(page) == []
    page.emulate_media(color_scheme="dark")
    assert hindrances(page) == []
    assert "0.93" in page.inner_text(".referee tr:has-text('span F1')"), "agreement stands beside the text"
    page.click(".referee .row:has-text('Forty nurses')")
    page.keyboard.press("2")
    assert "Say why" in page.inner_text(".referee .problem")
    page.keyboard.type("its aim is help")
    page.keyboard.press("Alt+2")
    page.wait_for_selector(".referee .row:has-text('Forty nurses') .badge:text-is('second')")
    page.wait_for_selector("#queue .total >> text=1 of 3 differences left")
    page.keyboard.press("z")
    page.wait_for_selector("#queue .total >> text=2 of 3 differences left")
    page.wait_for_selector(".referee .row[aria-current]:has-text('Forty nurses') .badge:text-is('open')")
    page.keyboard.press("y")
    page.wait_for_selector("#queue .total >> text=1 of 3 differences left")
    page.wait_for_selector(".referee .row:has-text('Forty nurses') .badge:text-is('second')")
    page.keyboard.press("a")
    assert page.inner_text("#saved") == "saved", "nothing is decided on that is not shown"
    page.keyboard.press("Escape")
    page.wait_for_selector("#panel .verdict")
    assert server.stop() == 0
    assert read(toy_copy, NURSES).initiatives[0].kind == "humanitarian-aid"
    assert "its aim is help" in (toy_copy / "layers" / "second" / f"{NURSES}.yaml").read_text(encoding="utf-8")
    assert errors == []


def test_a_referee_sees_what_another_window_ruled_and_keeps_what_is_being_written(
    chromium: Browser, toy_copy: Path
) -> None:
    server = Server(toy_copy, "--name", "Sok Toy", "--compare", "first,second").start()
    context, pages = two_windows(chromium, server)
    for page in pages:
        page.wait_for_selector(".referee .card")
    pages[1].click(".referee .row:has-text('Forty nurses')")
    pages[1].keyboard.press("w")
    pages[1].keyboard.type("half a reason")
    pages[0].bring_to_front()
    mention = pages[0].inner_text(".referee .row[aria-current] .title")
    pages[0].fill("#why", "a name of its own")
    pages[0].keyboard.press("Alt+1")
    pages[0].wait_for_selector("#queue .total >> text=1 of 3 differences left")
    pages[1].bring_to_front()
    pages[1].wait_for_selector(f".referee .row:has-text('{mention}') .badge:text-is('first')")
    assert pages[1].inner_text(".referee .row[aria-current] .title") == "Forty nurses are to be taught"
    assert pages[1].input_value("#why") == "half a reason"
    context.close()
    assert server.stop() == 0
    assert "a name of its own" in (toy_copy / "layers" / "second" / f"{NURSES}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state_of_the_page(chromium: Browser, server: Server, scheme: Any) -> None:
    page = page_of(chromium, server.address, [])
    page.emulate_media(color_scheme=scheme)
    show(page, CLINIC)

    def check(state: str) -> None:
        assert hindrances(page) == [], state

    check("a mention")
    page.click(".reports .row >> nth=2")
    check("an initiative")
    page.keyboard.press("e")
    check("its form")
    page.keyboard.press("Escape")
    page.click("mark >> text=KOICA")
    for key in ("?", "l", "t", "+", "A"):
        page.keyboard.press(key)
        page.wait_for_selector("dialog")
        check(f"dialog {key}")
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog", state="detached")
    page.set_viewport_size({"width": 390, "height": 844})
    check("a phone")
    page.click("#menu")
    check("its list of texts")
