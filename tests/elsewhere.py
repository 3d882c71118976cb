"""What may be skipped where nothing is missing, and where it runs instead: a test skipped everywhere tests nothing.

With ``CI`` in the environment a skip for any other reason fails the run.
"""

from __future__ import annotations

import os

import pytest

CURATORS = "on a curator's machine, which has the two texts that may not be published, before each release"
AS_ROOT = "in .github/workflows/ci.yml as root, and in every container whose root may mount"
NO_TEXTS = "the founding texts are not beside the project (../shared/seeds)"
ELSEWHERE = {
    NO_TEXTS: CURATORS,
    "only root can mount a small disk": AS_ROOT,
    "this system does not let us mount a small disk": AS_ROOT,
    "only root can give files away": AS_ROOT,
}
"""The reason of a skip, and where the same test is not skipped."""


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run for what was skipped and is known to run nowhere else."""
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("CI") or terminal is None:  # a worker of xdist has no terminal
        return
    for report in terminal.stats.get("skipped", ()):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        if reason not in ELSEWHERE:
            terminal.write_line(f"\n{report.nodeid} is skipped, and runs nowhere else that tests/elsewhere.py knows of")
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
