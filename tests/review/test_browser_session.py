"""A curator's whole session in a real browser: new texts, search in three scripts, the queue, dark, and a phone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.review.browser import PATIENCE, Server, needs_browser, now, page_of, saved, show
from tests.review.conftest import CLINIC, NURSES, read

from kh_kr_corpus import store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser

TEXT = (
    "Phnom Penh – KOICA gave $3.4 million for a training centre in Battambang on 12 March 2026. "
    "The Ministry of Health and Welfare of Korea will send two doctors in 2027.\n\n"
    "Nobody."
)


def annotated(page: Page, article_id: str) -> None:
    page.click("dialog button.main")
    page.wait_for_selector(f"body[data-article='{article_id}'] #text mark")


def test_a_text_is_uploaded_and_another_pasted(
    chromium: Browser, server: Server, errors: list[str], tmp_path: Path
) -> None:
    from playwright.sync_api import expect

    page = page_of(chromium, server.address, errors)
    page.keyboard.press("+")
    wrong, right = tmp_path / "latin.txt", tmp_path / "battambang_training-centre.txt"
    wrong.write_bytes("Ma\xf1ana".encode("latin-1"))
    right.write_text(TEXT, encoding="utf-8")
    page.set_input_files("dialog input[type=file]", wrong)
    page.wait_for_selector("dialog .problem >> text=not UTF-8")
    assert page.input_value("dialog textarea") == ""
    page.set_input_files("dialog input[type=file]", right)
    expect(page.locator("dialog textarea")).to_have_value(TEXT, timeout=PATIENCE)
    annotated(page, "battambang-training-centre")
    assert page.inner_text("#head h1") == "battambang training centre"
    page.keyboard.press("+")
    page.fill("dialog input[type=text] >> nth=0", "Pasted")
    page.locator("dialog textarea").focus()
    page.keyboard.insert_text(TEXT)  # as a paste does: all at once, without keys
    annotated(page, "pasted")
    server.stop()
    for article_id in ("battambang-training-centre", "pasted"):
        article = read(server.root, article_id)
        assert (article.text, article.rights.text) == (TEXT, "local")
        assert {m.text for m in article.mentions} >= {"KOICA"}
    assert store.read_corpus(server.root).findings == []


@pytest.mark.parametrize(
    ("query", "entity"),
    [("한국국제협력단", "organisation/koica"), ("ភ្នំពេញ", "place/phnom-penh"), ("koica", "organisation/koica")],
)
def test_the_knowledge_base_is_searched_in_three_scripts(
    chromium: Browser, server: Server, errors: list[str], query: str, entity: str
) -> None:
    page = page_of(chromium, server.address, errors)
    show(page, NURSES)
    page.click("mark >> text=Ministry of Health")
    page.keyboard.press("l")
    page.fill("dialog input[type=search]", query)
    page.wait_for_selector(f"dialog [role=option] >> text={entity}")
    of_its_type = entity.startswith("organisation")
    assert ("None of the types of ORG" in page.inner_text("dialog [role=status]")) is not of_its_type
    if of_its_type:
        page.keyboard.press("Enter")
    else:
        page.keyboard.press("Enter")
        assert page.query_selector("dialog"), "another type is not taken by a mere Enter"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    page.wait_for_selector(f"#panel .link >> text={entity}")
    saved(page)
    server.stop()
    assert read(server.root, NURSES).mentions[0].entity == entity


def test_the_queue_is_sorted_by_doubt_date_and_kind(chromium: Browser, server: Server, errors: list[str]) -> None:
    page = page_of(chromium, server.address, errors)
    rows = page.evaluate("fetch('/api/articles').then((r) => r.json())")["articles"]
    assert len({row["doubt"] for row in rows}) > 1

    def shown(order: str) -> list[str]:
        page.select_option("#queue select", order)
        return page.eval_on_selector_all("#queue li", "all => all.map((li) => li.dataset.id)")  # type: ignore[no-any-return]

    by_doubt = sorted(rows, key=lambda row: (-row["doubt"], row["id"]))
    assert shown("doubt") == [row["id"] for row in by_doubt]
    dates = [row["date"] or "" for name in shown("date") for row in rows if row["id"] == name]
    assert dates == sorted(dates, reverse=True)
    kinds = [(row["kinds"] or ["~"])[0] for name in shown("kind") for row in rows if row["id"] == name]
    assert kinds == sorted(kinds)
    page.check("#queue input[type=checkbox] >> nth=0")
    left = {row["id"] for row in rows if row["open"]}
    assert set(shown("doubt")) <= left | {str(page.get_attribute("body", "data-article"))}
    page.fill("#find", "boat diary 2023")
    assert shown("title") == []


def test_a_whole_session_ends_in_a_valid_corpus(chromium: Browser, server: Server, errors: list[str]) -> None:
    page = page_of(chromium, server.address, errors)
    page.keyboard.press("+")
    page.fill("dialog input[type=text] >> nth=0", "A centre for Battambang")
    page.fill("dialog input[placeholder='2026-03-12']", "2026-03-13")
    page.fill("dialog textarea", TEXT)
    annotated(page, "2026-a-centre-for-battambang")
    page.keyboard.press("a")  # the first; then the second is rejected, and taken back
    second = now(page)
    page.keyboard.press("x")
    page.wait_for_selector("#saved.good")
    page.keyboard.press("z")
    page.wait_for_selector(f"#panel .card h2:text-is('{second}')")
    page.wait_for_selector("#panel .state.suggested")
    page.click("#text mark >> text=KOICA")
    page.keyboard.press("9")
    page.wait_for_selector("#panel .label[data-label=PROGRAM][aria-pressed=true]")
    page.keyboard.press("2")
    page.wait_for_selector("#panel .label[data-label=ORG][aria-pressed=true]")
    page.keyboard.press("l")
    page.wait_for_selector("dialog [role=option] >> text=organisation/koica")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel .link >> text=organisation/koica")
    page.dblclick("#text >> text=Nobody")
    page.keyboard.press("1")
    page.wait_for_selector("#panel h2:text-is('Nobody')")
    page.keyboard.press(">")
    saved(page)
    page.keyboard.press("x")
    saved(page)
    write_initiative(page)
    page.keyboard.press("A")
    assert "accepts" in page.inner_text("dialog .live")
    page.fill("dialog input", "0")
    page.keyboard.press("Enter")
    page.wait_for_selector("#head .progress span:text-is('all decided')")
    saved(page)
    page.keyboard.press("J")
    page.wait_for_selector("body:not([data-article^='2026-a-centre']) #text")
    assert server.stop() == 0
    article = read(server.root, "2026-a-centre-for-battambang")
    deciders = {m.review.by for m in article.mentions} | {i.review.by for i in article.initiatives}
    assert deciders == {"human:Chan Dara"}
    made = next(i for i in article.initiatives if i.title == "A training centre in Battambang")
    assert made.amount is not None and (made.amount.amount, made.amount.currency) == (3_400_000, "USD")
    assert [(part.entity, part.role) for part in made.actors] == [("organisation/koica", "funder")]
    assert made.period == "2026-03-12"
    assert store.read_corpus(server.root).findings == []


def write_initiative(page: Page) -> None:
    """A new initiative from what the evidence offers; then its actor's role is changed."""
    page.click("#text mark >> text=KOICA")
    page.keyboard.press("i")
    page.fill("form.initiative textarea", "A training centre in Battambang")
    page.click("form.initiative .offer >> text=$3.4 million")
    page.click("form.initiative .offer >> text=12 March 2026")
    page.click(
        "form.initiative fieldset:has(legend:text-is('Actors')) .offer >> text=Korea International Cooperation Agency"
    )
    page.check("form.initiative fieldset.chips:has(legend:text-is('Sectors')) input[value=education]")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#panel h2 >> text=A training centre in Battambang")
    saved(page)
    page.keyboard.press("e")
    page.select_option("form.initiative .entries select", "funder")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#panel .fields >> text=(funder)")
    saved(page)


def test_an_address_with_a_malformed_part_opens_the_page(chromium: Browser, server: Server, errors: list[str]) -> None:
    page = page_of(chromium, server.address, errors)
    for part in ("#%", "#%E0%A4%A", "#nobody", f"#{CLINIC}"):
        page.goto("about:blank")
        page.goto(server.address.partition("?")[0] + part)
        page.wait_for_selector("#text[lang] mark")
    assert page.get_attribute("body", "data-article") == CLINIC


@pytest.mark.parametrize(("scheme", "is_dark"), [("light", False), ("dark", True)])
def test_light_and_dark_are_the_readers_own(
    chromium: Browser, server: Server, errors: list[str], scheme: str, is_dark: bool
) -> None:
    page = page_of(chromium, server.address, errors)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    style = "getComputedStyle(document.querySelector(one))"
    light = "(one) => " + style + ".{}.match(/\\d+/g).slice(0, 3).reduce((a, b) => a + +b, 0)"
    for place in ("body", ".card", "dialog"):
        if place == "dialog":
            page.keyboard.press("?")
        paper = page.evaluate(light.format("backgroundColor"), place)
        ink = page.evaluate(light.format("color"), place)
        assert (paper < ink) is is_dark, place


def test_on_a_phone_everything_is_in_reach(chromium: Browser, server: Server, errors: list[str]) -> None:
    page = page_of(chromium, server.address, errors)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    page.click("#menu")
    page.click(f'[data-id="{CLINIC}"] button')
    page.wait_for_selector(f"body[data-article='{CLINIC}']:not(.menu) #text mark")
    box = page.locator("#panel .yes").bounding_box()
    assert box is not None and box["y"] + box["height"] <= 844
    before = now(page)
    page.click("#panel .yes")
    saved(page)
    assert now(page) != before
    text = page.locator("#text").bounding_box()
    assert text is not None and text["width"] <= 390
