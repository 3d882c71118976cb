"""A curator's whole session in a real browser, by keyboard, and what then stands in the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.review.browser import Server, needs_browser, now, page_of, saved, show
from tests.review.conftest import CLINIC, NURSES, read

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = needs_browser


def test_accept_reject_label_and_undo_by_keyboard(chromium: Browser, server: Server, errors: list[str]) -> None:
    page = page_of(chromium, server.address, errors)
    show(page, CLINIC)
    assert now(page) == "Cambodia", "the first that nobody decided"
    page.keyboard.press("a")
    saved(page)
    assert now(page) == "A second boat"
    page.keyboard.press("x")
    saved(page)
    assert page.inner_text("#head .progress span") == "all decided"
    page.keyboard.press("z")
    page.wait_for_selector("#head .progress span:has-text('1 of')")
    page.keyboard.press("y")
    page.wait_for_selector("#head .progress span:text-is('all decided')")
    saved(page)
    assert server.stop() == 0
    article = read(server.root, CLINIC)
    cambodia = next(m for m in article.mentions if m.id == "m14")
    assert (cambodia.review.state, cambodia.review.by) == ("accepted", "human:Chan Dara")
    assert next(i for i in article.initiatives if i.id == "i3").review.state == "rejected"
    assert article.text is None, "somebody else's text is never written"


def test_bounds_move_by_word_and_by_character(chromium: Browser, server: Server, errors: list[str]) -> None:
    page = page_of(chromium, server.address, errors)
    show(page, NURSES)
    page.click("mark >> text=Ministry of Health")
    for key, quote in (
        (",", "Ministry of Health and Welfare of"),
        (".", "Ministry of Health and Welfare of Korea"),
        ("]", "of Health and Welfare of Korea"),
        ("[", "Ministry of Health and Welfare of Korea"),
        ("}", "inistry of Health and Welfare of Korea"),
        ("{", "Ministry of Health and Welfare of Korea"),
    ):
        page.keyboard.press(key)
        assert now(page) == quote
    saved(page)
    page.keyboard.press(",")
    page.keyboard.press(",")
    saved(page)
    server.stop()
    assert read(server.root, NURSES).mentions[0].text == "Ministry of Health and Welfare"


def test_a_mention_is_added_and_linked_without_a_mouse(chromium: Browser, server: Server, errors: list[str]) -> None:
    page = page_of(chromium, server.address, errors)
    show(page, NURSES)
    page.click("mark >> text=Cambodia")
    page.keyboard.press("m")
    # back over " Cambodia", "from " to behind "nurses"
    for _ in range(14):
        page.keyboard.press("ArrowLeft")
    for _ in range(6):
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("2")
    page.wait_for_selector("#panel h2 >> text=nurses")
    page.keyboard.press("l")
    page.wait_for_selector("dialog input")
    page.fill("dialog input[type=search]", "한국국제협력단")
    page.wait_for_selector("dialog [role=option] >> text=organisation/koica")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel .link >> text=organisation/koica")
    saved(page)
    page.keyboard.press("t")
    page.fill("dialog textarea", "is that a name?")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#panel .note")
    saved(page)
    server.stop()
    new = next(m for m in read(server.root, NURSES).mentions if m.id == "m9")
    assert (new.text, new.label, new.entity) == ("nurses", "ORG", "organisation/koica")
    assert (new.review.by, new.review.note) == ("human:Chan Dara", "is that a name?")


def with_an_initiative_begun(chromium: Browser, server: Server, errors: list[str]) -> Page:
    """The page with the form of a new initiative, which quotes the sentence around a mention."""
    page = page_of(chromium, server.address, errors)
    show(page, NURSES)
    page.click("mark >> text=RCA")
    page.keyboard.press("i")
    page.wait_for_selector("form.initiative .quotes q")
    return page


def test_an_initiative_is_written_with_evidence_from_the_text(
    chromium: Browser, server: Server, errors: list[str]
) -> None:
    page = with_an_initiative_begun(chromium, server, errors)
    assert page.inner_text("form.initiative .quotes q").startswith("The course belongs")
    page.fill("form.initiative textarea", "A course under the agreement")
    page.check("form.initiative fieldset.chips:has(legend:text-is('Sectors')) input[value=health]")
    page.fill("#f-Amount", "200,000")
    page.select_option("#f-Currency", "USD")
    page.click("form.initiative >> text=Add actors")
    page.fill("dialog input[type=search]", "KOICA")
    page.wait_for_selector("dialog [role=option] >> text=organisation/koica")
    page.keyboard.press("Enter")
    page.wait_for_selector("form.initiative .entries select")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#panel h2 >> text=A course under the agreement")
    saved(page)
    server.stop()
    made = read(server.root, NURSES).initiatives[-1]
    assert (made.kind, made.sectors, made.review.state) == ("training", ("health",), "accepted")
    assert [(p.entity, p.role) for p in made.actors] == [("organisation/koica", "partner")]
    assert made.amount is not None and made.amount.amount == 200_000
    assert made.evidence[0].sha256 is not None


def test_a_form_with_something_written_in_it_is_not_lost_to_a_key(
    chromium: Browser, server: Server, errors: list[str]
) -> None:
    page = with_an_initiative_begun(chromium, server, errors)
    page.keyboard.press("Escape")
    page.wait_for_selector("form.initiative", state="detached")  # nothing was written
    page.keyboard.press("i")
    page.fill("form.initiative textarea", "A course")
    page.keyboard.press("Escape")
    page.click("dialog >> text=Keep writing")
    page.click(f'[data-id="{CLINIC}"] button')
    page.wait_for_selector("dialog >> text=Throw away what you wrote?")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert page.input_value("form.initiative textarea") == "A course"
    assert page.get_attribute("body", "data-article") == NURSES
    page.click("form.initiative footer button >> nth=1")
    page.click("dialog >> text='Throw away'")
    page.wait_for_selector("form.initiative", state="detached")


def test_accept_all_from_a_score_and_the_help_sheet(chromium: Browser, server: Server, errors: list[str]) -> None:
    page = page_of(chromium, server.address, errors)
    show(page, CLINIC)
    page.keyboard.press("?")
    page.wait_for_selector("dialog .help")
    assert "accept all from a score on" in page.inner_text("dialog .help")
    page.keyboard.press("Escape")
    page.keyboard.press("A")
    page.fill("dialog input", "30")
    page.keyboard.press("Enter")
    page.wait_for_selector("#head .progress span:text-is('all decided')")


def test_a_new_entity_comes_from_a_mention(chromium: Browser, server: Server, errors: list[str]) -> None:
    page = page_of(chromium, server.address, errors)
    show(page, CLINIC)
    page.click("mark >> text=Kim Toy")
    page.keyboard.press("l")
    page.click("dialog >> text=New entity…")
    page.click("dialog >> text=Add to the knowledge base")
    page.wait_for_selector("#panel .link >> text=person/kim-toy")
    saved(page)
    server.stop()
    assert "person/kim-toy" in (server.root / "entities" / "person.yaml").read_text(encoding="utf-8")
    assert next(m for m in read(server.root, CLINIC).mentions if m.text == "Kim Toy").entity == "person/kim-toy"
