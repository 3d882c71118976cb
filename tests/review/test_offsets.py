"""The one conversion between UTF-16 units and code points, in a real engine, against Python's own counting."""

from __future__ import annotations

import random

from tests.review.browser import browser, needs_browser
from tests.review.hostile import CHECK, STATIC, case, load_offsets


@needs_browser
def test_the_engine_and_python_agree_on_every_span() -> None:
    """`python -m bench.review` runs a million."""
    rng = random.Random(8)  # noqa: S311
    cases = [case(rng) for _ in range(5000)]
    with browser() as chromium:
        page = chromium.new_page()
        load_offsets(page, (STATIC / "offsets.js").read_text(encoding="utf-8"))
        assert page.evaluate(CHECK, cases) == []
        # inside a pair, the character has begun
        assert page.evaluate("offsetsOf('a😀b').points(2)") == 1


@needs_browser
def test_without_conversion_they_disagree() -> None:
    """The check can fail: a conversion that does nothing is found out."""
    rng = random.Random(8)  # noqa: S311
    naive = "const offsetsOf = () => ({ units: (n) => n, points: (n) => n });"
    with browser() as chromium:
        page = chromium.new_page()
        load_offsets(page, naive)
        assert len(page.evaluate(CHECK, [case(rng) for _ in range(500)])) > 100


def test_only_one_module_knows_of_units() -> None:
    for path in STATIC.glob("*.js"):
        source = path.read_text(encoding="utf-8")
        assert path.name == "offsets.js" or not any(word in source for word in ("codePointAt", "charCodeAt", "0xd800"))
        assert not any(word in source for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"))
