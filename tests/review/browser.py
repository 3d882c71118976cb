"""A real server in a process of its own, and a real browser in front of it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = [
    "CHROMIUM",
    "PATIENCE",
    "Server",
    "browser",
    "hindrances",
    "needs_browser",
    "now",
    "page_of",
    "saved",
    "show",
]

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_browser = pytest.mark.skipif(
    not (CHROMIUM and find_spec("playwright")), reason="no Chromium or no Playwright on this machine"
)


PATIENCE = 180_000
"""Milliseconds: a machine that others use as well is slow, and nothing here is about time."""


class Server:
    """``khkr review`` on a corpus; can be killed and started again."""

    def __init__(self, root: Path, *options: str, port: int = 0) -> None:
        self.root, self.options, self.port = root, options, port
        self.process: subprocess.Popen[str] | None = None
        self.address = ""

    def start(self) -> Server:
        command = [sys.executable, "-m", "kh_kr_corpus", "review", str(self.root / "articles"), "--no-browser"]
        command += ["--port", str(self.port), *self.options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ))  # noqa: S603
        assert self.process.stdout is not None
        found = re.search(r"http://\S+:(\d+)/\S+", self.process.stdout.readline())
        assert found, "it did not say where it is"
        self.address, self.port = found.group(), int(found.group(1))
        return self

    def kill(self) -> None:
        """End it without a word, as a crash would."""
        assert self.process is not None
        self.process.kill()
        self.process.communicate()

    def stop(self) -> int:
        """End it as Ctrl+C does; its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=PATIENCE / 1000)
        return self.process.returncode


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # (its sandbox needs rights that a container, where tests often run, does not give)
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def page_of(chromium: Browser, address: str, errors: list[str]) -> Page:
    """A page that has been opened and shows a text; what goes wrong in it is added to ``errors``."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.goto(address)
    page.wait_for_selector("#text[lang], #banner:not([hidden])")
    return page


def show(page: Page, article_id: str) -> None:
    """Choose a text in the queue."""
    page.click(f'[data-id="{article_id}"] button')
    page.wait_for_selector(f'body[data-article="{article_id}"] #text mark')


def saved(page: Page) -> None:
    """Wait until everything is on the disk."""
    page.wait_for_selector("#saved.good")


def now(page: Page) -> str:
    """What is decided on."""
    return page.inner_text("#panel .card h2")


def hindrances(page: Page) -> list[tuple[str, list[str], str]]:
    """What axe finds in the page as it stands: the rule, where, and what is wrong."""
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_timeout(300)
    found = Axe().run(page, options={"rules": {"region": {"enabled": True}}}).response["violations"]
    return [(f["id"], [n["html"][:120] for n in f["nodes"]][:3], f["nodes"][0]["failureSummary"][:300]) for f in found]
