"""Running the command line in this process, as a user would type it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from kh_kr_corpus.cli import main


class Outcome(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def khkr(capsys: pytest.CaptureFixture[str]) -> Run:
    """``khkr("query", "activities")`` runs the command and returns exit code, output and errors."""

    def run(*arguments: object) -> Outcome:
        with pytest.raises(SystemExit) as stop:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Outcome(int(stop.value.code or 0), captured.out, captured.err)

    return run
