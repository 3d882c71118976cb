"""The review page under load and under attack: timings in the browser, and the long runs of what the tests do briefly.

    python -m bench.review              timings of a 10,000-word article with 1,500 mentions (needs Chromium)
    python -m bench.review offsets      1,000,000 texts: UTF-16 units against code points, in Chromium
    python -m bench.review trial        1,000,000 steps in memory and 10,000 on disk: decisions lost
    python -m bench.review requests     100,000 generated requests: errors of ours

A second argument scales the long runs: `trial 0.01` takes one hundredth of the steps.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bench._rows import Row, main, say

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).resolve().parents[1]

SENTENCE = "Cambodia and Korea agreed that the ministry in Phnom Penh opens a bridge with KOICA after training in Seoul"
WORDS = SENTENCE.split()
NAMED = {"Cambodia": "GPE", "Korea": "GPE", "KOICA": "ORG", "Seoul": "GPE", "ministry": "ORG"}


def big_corpus(root: Path) -> None:
    """One article of 10,000 words and 1,500 suggested mentions, in 100 paragraphs, with 30 initiatives."""
    from kh_kr_corpus import store
    from kh_kr_corpus.models import Article, Evidence, Initiative, Mention, Rights, Suggestion
    from kh_kr_corpus.store.anchors import evidence_print

    rng = random.Random(1)  # noqa: S311
    text = "\n".join(" ".join(rng.choice(WORDS) for _ in range(99)) + " 😀." for _ in range(100))
    said = [Suggestion(by="khkr@1", score=n / 100, reason="model") for n in range(100)]
    mentions, at = [], 0
    for word in text.replace("\n", " ").split(" "):
        if word in NAMED and len(mentions) < 1500:
            span = {"start": at, "end": at + len(word), "text": word, "label": NAMED[word]}
            mentions.append(Mention(id=f"m{len(mentions) + 1}", suggestion=rng.choice(said), **span))
        at += len(word) + 1
    lines = [n for n, char in enumerate(text) if char == "\n"][:30]
    reports = tuple(
        Initiative(
            id=f"i{n}", title="A bridge", kind="infrastructure", themes=("infrastructure",), sectors=("transport",),
            status="pledged", assertion="author-reports", suggestion=rng.choice(said),
            evidence=(Evidence(start=end - 60, end=end, sha256=evidence_print(text, end - 60, end)),),
        )
        for n, end in enumerate(lines, 1)
    )  # fmt: skip
    (root / "entities").mkdir(parents=True)
    (root / "schema.yaml").write_text(store.dumps_schema(), encoding="utf-8")
    rights = Rights(text="local")
    article = Article(
        id="2026-big", title="Ten thousand words", origin="brief", date="2026", rights=rights, text=text,
        mentions=tuple(mentions), initiatives=reports,
    )  # fmt: skip
    store.write(article, root)
    say(f"{len(text.split()):,} words, {len(mentions):,} mentions, {len(reports)} initiatives")


def rows() -> Iterator[Row]:
    """How long until the article is there, until a key's effect is on the screen, and until it is on the disk."""
    from tests.review.browser import Server, browser, page_of

    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        root = Path(folder) / "corpus"
        big_corpus(root)
        server = Server(root, "--name", "Bench").start()
        errors: list[str] = []
        page = page_of(chromium, server.address, errors)
        page.wait_for_selector("#queue [data-id='2026-big']")
        opened = []
        for _ in range(5):
            page.reload()
            page.wait_for_selector("#text[lang] mark")
            page.wait_for_timeout(1500)
            opened += page.evaluate("performance.getEntriesByName('khkr-opened').map((e) => e.duration)")
        say(f"open: median {statistics.median(opened):.0f} ms, worst {max(opened):.0f} ms (from click to painted)")
        shown, kept = [], []
        for n in range(120):
            page.evaluate("performance.clearMeasures('khkr-decision')")
            start = time.perf_counter()
            page.keyboard.press("ax2]a"[n % 5] if n % 5 != 3 else ".")
            page.wait_for_selector("#saved.good")
            kept.append(1000 * (time.perf_counter() - start))
            page.wait_for_timeout(20)
            shown += page.evaluate("performance.getEntriesByName('khkr-decision').map((e) => e.duration)")
        for what, taken in (("decision shown, from the key", shown), ("saved: on disk, and said so", kept)):
            taken.sort()
            middle, most = statistics.median(taken), taken[int(0.95 * len(taken))]
            say(f"{what}: median {middle:.0f} ms, 95 of 100 within {most:.0f} ms, worst {taken[-1]:.0f} ms")
        empty = sorted(empty_page(chromium))
        say(f"an empty page here: median {statistics.median(empty):.0f} ms, 95 of 100 within {empty[113]:.0f} ms")
        fast, slow = (statistics.median(taken) for taken in (shown, empty))
        yield Row("review: a decision shown, from the key", fast, "the bar of 50 ms", 50, "ms", 1)
        yield Row("review: a decision shown, from the key", fast, "a letter in an empty page", slow, "ms")
        yield Row("review: 10,000 words opened", statistics.median(opened), "the bar of 1 s", 1000, "ms", 1)
        start = time.perf_counter()
        server.stop()
        say(f"end, with the file written: {time.perf_counter() - start:.1f} s; errors in the page: {errors or 'none'}")


def empty_page(chromium: Browser) -> list[float]:
    """Milliseconds from a key to a painted letter in a page with nothing in it: what this machine takes by itself."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.set_content("<p id=letter></p>")
    page.evaluate(
        "taken = []; document.addEventListener('keydown', (event) => { letter.textContent += event.key; "
        "requestAnimationFrame(() => setTimeout(() => taken.push(performance.now() - event.timeStamp))); })"
    )
    for _ in range(120):
        page.keyboard.press("a")
        page.wait_for_timeout(40)
    found: list[float] = page.evaluate("taken")
    return found


def passes(done: int, step: int, total: int) -> bool:
    """Whether a run has just passed another twentieth: it may be stopped, and has said how far it came."""
    return 20 * done // total > 20 * (done - step) // total


def offsets(scale: float) -> None:
    """Spans on which the engine and Python disagree."""
    from tests.review.browser import browser
    from tests.review.hostile import CHECK, STATIC, case, load_offsets

    rng, wrong, total, done = random.Random(8), 0, int(1_000_000 * scale), 0  # noqa: S311
    start = time.perf_counter()
    with browser() as chromium:
        page = chromium.new_page()
        load_offsets(page, (STATIC / "offsets.js").read_text(encoding="utf-8"))
        while done < total:
            wrong += len(page.evaluate(CHECK, [case(rng) for _ in range(min(10_000, total - done))]))
            done = min(done + 10_000, total)
            if passes(done, 10_000, total):
                say(f"offsets: {done:,} texts, {wrong} disagreements, {time.perf_counter() - start:.0f} s")


def trial(scale: float) -> None:
    """Decisions that were neither kept nor shown as a conflict."""
    from tests.review.trials import in_memory, on_disk

    with tempfile.TemporaryDirectory() as folder:
        for name, total, length in (("in memory", int(1_000_000 * scale), 200), ("on disk", int(10_000 * scale), 100)):
            start, lost, conflicts = time.perf_counter(), 0, 0
            for seed in range(runs := max(1, total // length)):
                one = in_memory(seed) if name == "in memory" else on_disk(seed, Path(folder) / str(seed))
                for _ in range(length):
                    one.step()
                    lost += len(one.lost())
                lost += len(one.lost_in_file())
                conflicts += one.conflicts
                one.desk.close()
                if passes(seed + 1, 1, runs):
                    took, steps = time.perf_counter() - start, (seed + 1) * length
                    say(f"trial {name}: {steps:,} steps, {lost} lost, {conflicts:,} conflicts shown, {took:.0f} s")


def requests(scale: float) -> None:
    """Answers of 500 and above."""
    import shutil

    from tests.review.conftest import HOST, TOKEN, Client, service_of
    from tests.review.requests import request

    from kh_kr_corpus import store
    from kh_kr_corpus.annotate import Annotator
    from kh_kr_corpus.review import Articles, Desk
    from kh_kr_corpus.review.app import create_app
    from kh_kr_corpus.review.guard import Guard

    rng, total, statuses = random.Random(3), int(100_000 * scale), Counter[int]()  # noqa: S311
    start, annotate, spoilt = time.perf_counter(), Annotator().annotate, 0
    with tempfile.TemporaryDirectory() as folder:
        for n in range(0, total, 1000):  # a new corpus now and then: entities and notes pile up
            desk = Desk(Articles(Path(shutil.copytree(HERE / "tests" / "toy", Path(folder) / str(n)))))
            list(desk.shelf.ids())
            service = service_of(desk, annotate=annotate, referee=True)
            client = Client(Guard(create_app(service), frozenset({HOST}), TOKEN))
            answers = [request(rng, client) for _ in range(min(1000, total))]
            statuses.update(answer.status for answer in answers)
            desk.close()
            spoilt += sum(b"Traceback" in answer.body for answer in answers)
            spoilt += len(store.read_corpus(desk.shelf.root).findings)
            done = min(n + 1000, total)
            if passes(done, 1000, total):
                ours, took = sum(c for s, c in statuses.items() if s >= 500), time.perf_counter() - start
                told = ", ".join(f"{count:,} x {status}" for status, count in sorted(statuses.items()))
                say(
                    f"requests: {done:,}, {ours} of 500 and above, {spoilt} tracebacks, findings ({told}), {took:.0f} s"
                )


if __name__ == "__main__":
    scale = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    runs = {"offsets": offsets, "trial": trial, "requests": requests}
    runs[sys.argv[1]](scale) if len(sys.argv) > 1 else main(rows)
