"""KC16x record sets: their files are what the set says, and what they name exists."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kh_kr_corpus import vocab
from kh_kr_corpus.errors import near
from kh_kr_corpus.lint.rule import Problem, rule
from kh_kr_corpus.models import Record, RecordSet
from kh_kr_corpus.store import Contents, Loaded, Trouble, read_rows

_TOLD = 20
"""How many faults of one set are told: a wrong column would give one a row."""


def _sets(contents: Contents) -> Iterator[tuple[Loaded, RecordSet]]:
    return ((loaded, loaded.model) for loaded in contents.files if isinstance(loaded.model, RecordSet))


@rule("KC161")
def rows_do_not_fit(contents: Contents) -> Iterator[Problem]:
    """The files of a record set are not what the set says.
    The publisher's file is kept byte for byte, with our coding beside it row by row: a row that is lost, doubled or
    shifted would give every later row another one's coding.

    Repair: restore the file, or correct the row that is named; a set's id is the name of its files.
    Before: rows: 3 beside a file of two rows
    After: rows: 2 beside a file of two rows
    """
    for loaded, listed in _sets(contents):
        if loaded.relative.stem != listed.id:
            yield loaded, ("id",), f"the files of {listed.id} belong in {listed.id}.yaml and .csv", "rename the files"
            continue
        seen: set[str] = set()
        for one in islice(_told(listed, loaded, seen), _TOLD):
            place = f"{one.path.name}:{one.line}" if one.line else one.path.name
            yield loaded, (one.field,), f"{place}: {one.message}", one.fix or "correct the row"


def _told(listed: RecordSet, loaded: Loaded, seen: set[str]) -> Iterator[Trouble]:
    for row in read_rows(listed, loaded.path.parent):
        if isinstance(row, Trouble):
            if row.field != "purposes":  # which is KC162
                yield row
        elif row.id in seen:
            yield Trouble(loaded.path, 0, f"two rows are {row.id}", "give each row its own number")
        else:
            seen.add(row.id)


@rule("KC162", local=False)
def record_refers_to_nothing(contents: Contents) -> Iterator[Problem]:
    """A record set names a source, a code list or an activity that does not exist.
    Whoever asks where a row comes from, or what it paid for, would find nothing.

    Repair: correct the id, or add the source or activity.
    Before: source: toy-gazette
    After: source: toy-gazette-2021
    """
    for loaded, listed in _sets(contents):
        if not contents.knows("sources", listed.source):
            fix = " or ".join(near(listed.source, contents.sources)) or "add it to sources.yaml"
            yield loaded, ("source",), f"no source {listed.source!r}", fix
        if listed.purposes and (listed.purposes, "oecd-dac-crs-5") not in vocab.crosswalks():
            yield loaded, ("purposes",), f"no crosswalk from {listed.purposes!r}", "see khkr schema --crosswalk all"
        unknown = {
            row.activity: row
            for row in read_rows(listed, loaded.path.parent)
            if isinstance(row, Record) and row.activity and not contents.knows("activities", row.activity)
        }
        for activity, row in islice(unknown.items(), _TOLD):
            fix = " or ".join(near(activity, contents.activities)) or "leave the field empty"
            yield loaded, ("rows",), f"{row.id}: no activity {activity!r}", fix
