"""One writer at a time for each file: waiting, giving up aloud, and what a killed process leaves behind."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest
from tests.store.conftest import NEW, OLD, only_file, revision

from kh_kr_corpus.errors import ConflictError, EnvironmentFailure
from kh_kr_corpus.store import files
from kh_kr_corpus.store.files import keep_aside, replace_file

DATA = NEW.encode()


def beside(target: Path, kind: str) -> Path:
    return target.with_name(f".khkr-{target.name}.{kind}")


def test_of_writers_who_read_the_same_all_but_one_are_told(target: Path) -> None:
    read, outcomes = revision(target), []
    gate = threading.Barrier(8)

    def write(text: str) -> None:
        gate.wait()
        try:
            replace_file(target, text.encode(), read)
            outcomes.append(text)
        except ConflictError:
            outcomes.append("told")

    threads = [threading.Thread(target=write, args=(f"{n}\n",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("told") == 7
    assert target.read_text(encoding="utf-8") in outcomes
    assert only_file(target)


def test_a_writer_waits_for_another(target: Path) -> None:
    order: list[str] = []

    def wait() -> None:
        replace_file(target, DATA, revision(target))
        order.append("written")

    with files._locked(target):
        thread = threading.Thread(target=wait)
        thread.start()
        time.sleep(0.1)
        order.append("released")
    thread.join()
    assert order == ["released", "written"]
    assert target.read_bytes() == DATA


def test_a_lock_held_too_long_is_a_conflict_that_names_the_holder(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.05)
    with files._locked(target):
        with pytest.raises(ConflictError, match=rf"process {os.getpid()} on .*nothing was written"):
            replace_file(target, DATA, revision(target))
        replace_file(target.with_name("other.yaml"), DATA, None)  # another article is another lock
    assert target.read_text(encoding="utf-8") == OLD
    replace_file(target, DATA, revision(target))


def test_what_a_killed_process_left_is_in_nobodys_way(target: Path) -> None:
    beside(target, "lock").write_text("process 1 on a machine that is gone\n" * 9, encoding="utf-8")
    beside(target, "tmp").write_bytes(DATA[:100])
    beside(target, "tmp").chmod(0o400)
    replace_file(target, DATA, revision(target))
    assert target.read_bytes() == DATA
    assert only_file(target)


@pytest.mark.parametrize("kind", ["lock", "tmp"])
def test_a_link_in_the_place_of_our_own_files_is_not_followed(target: Path, tmp_path: Path, kind: str) -> None:
    other = tmp_path / "other.txt"
    other.write_text("somebody's", encoding="utf-8")
    beside(target, kind).symlink_to(other)
    if kind == "lock":
        with pytest.raises(EnvironmentFailure, match="nothing was changed"):
            replace_file(target, DATA, revision(target))
    else:
        replace_file(target, DATA, revision(target))
        assert only_file(target)
    assert other.read_text(encoding="utf-8") == "somebody's"
    assert target.read_bytes() == (OLD.encode() if kind == "lock" else DATA)


def test_what_is_kept_aside_is_kept_once(target: Path) -> None:
    first, again, second = keep_aside(target, b"a"), keep_aside(target, b"a"), keep_aside(target, b"b")
    assert first == again != second
    assert (first.read_bytes(), second.read_bytes()) == (b"a", b"b")
    assert target.read_text(encoding="utf-8") == OLD
