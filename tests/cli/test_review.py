"""``khkr review``: what it refuses before a server starts. The page itself is tested in tests/review."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from kh_kr_corpus.cli import main


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main(["review", *arguments])
    return int(ended.value.code or 0), capsys.readouterr().err


def test_a_host_that_others_reach_needs_a_second_word(toy_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = _run(capsys, str(toy_copy / "articles"), "--host", "0.0.0.0")  # noqa: S104
    assert code == 2
    assert "--remote" in told


def test_a_layer_needs_a_name_and_no_other_reading(toy_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = str(toy_copy / "articles")
    assert _run(capsys, place, "--layer", "dara")[0] == 2
    assert _run(capsys, place, "--layer", "dara", "--name", "Dara", "--compare", "first,second")[0] == 2
    assert _run(capsys, place, "--compare", "first")[0] == 2
    assert _run(capsys, place, "--compare", "first,thrd")[0] == 2
    assert _run(capsys, str(toy_copy / "nowhere"))[0] == 3


def test_a_port_that_is_taken_is_said(toy_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        code, told = _run(capsys, str(toy_copy / "articles"), "--port", str(other.getsockname()[1]))
    assert code == 3
    assert "cannot be served" in told
