"""Two people at one file, and an editor that asks nobody, in any order: no version is ever silently written over."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.store.writers import renamed

from kh_kr_corpus.errors import ConflictError
from kh_kr_corpus.store import files
from kh_kr_corpus.store.files import keep_aside, replace_file, revision_of

PEOPLE = st.sampled_from(["Dara", "Minji"])


class Interleaving(RuleBasedStateMachine):
    """What is on the disk is the last version that somebody was told is saved, and all refused ones are beside it."""

    write = staticmethod(replace_file)

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "file.yaml"
        self.count, self.last = 0, b"start"
        self.read: dict[str, str] = {}
        self.refused: set[bytes] = set()
        self.path.write_bytes(self.last)

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @rule(who=PEOPLE)
    def opens(self, who: str) -> None:
        self.read[who] = revision_of(self.path.read_bytes()) if self.path.exists() else ""

    @rule(who=PEOPLE)
    def saves(self, who: str) -> None:
        if who not in self.read:
            return
        self.count += 1
        mine = f"{who} {self.count}".encode()
        fresh = self.read[who] == (revision_of(self.last) if self.last else "")
        try:
            self.write(self.path, mine, self.read[who] or None)
        except ConflictError:
            assert not fresh, "refused although nobody had changed it"
            keep_aside(self.path, mine)
            self.refused.add(mine)
        else:
            assert fresh, "wrote over what was never read"
            self.last = mine
            self.read[who] = revision_of(mine)

    @rule(same=st.booleans())
    def is_edited(self, same: bool) -> None:
        """By a program that takes no lock; it may also save what is there already."""
        self.count += 0 if same else 1
        self.last = self.last if same else f"editor {self.count}".encode()
        if self.last:
            self.path.write_bytes(self.last)

    @rule()
    def is_removed(self) -> None:
        self.path.unlink(missing_ok=True)
        self.last = b""

    @rule(kind=st.sampled_from(["lock", "tmp"]))
    def somebody_is_killed(self, kind: str) -> None:
        (self.folder / f".khkr-file.yaml.{kind}").write_bytes(b"half of someth")

    @invariant()
    def nothing_is_lost(self) -> None:
        assert (self.path.read_bytes() if self.path.exists() else b"") == self.last
        kept = {one.read_bytes() for one in self.folder.glob(f"file.yaml{files.CONFLICT}*")}
        assert self.refused <= kept


STEPS = settings(max_examples=60, stateful_step_count=40, deadline=None)


def test_no_version_is_silently_written_over() -> None:
    run_state_machine_as_test(Interleaving, settings=STEPS)


def test_without_revisions_one_is() -> None:
    """Control: the usual writer, which looks at nothing."""

    class Naive(Interleaving):
        write = staticmethod(renamed)

    with pytest.raises(AssertionError, match="wrote over what was never read"):
        run_state_machine_as_test(Naive, settings=settings(STEPS, phases=[Phase.generate], database=None))
