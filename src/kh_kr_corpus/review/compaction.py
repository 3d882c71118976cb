"""A shorter journal that says the same: of what is in the files already only the last steps stay, to be taken back."""

from __future__ import annotations

from pydantic import ValidationError

from kh_kr_corpus.review.records import RECORD, Dispute, Entry, Known, Record, Settled, Written

__all__ = ["KEPT", "compacted"]

KEPT = 200
"""Entries of an article that can still be taken back."""


def compacted(lines: list[str], kept: int = KEPT) -> list[str]:
    """The lines of a journal without those that nobody needs any more.

    What stays, as it is: every entry that is not in its article's file yet, the last ``kept`` ones of each article,
    every dispute that is open, and what can't be read. Of all others the keys stay, so that a decision that a browser
    sends again is known.

    >>> compacted(["what is this?"])
    ['what is this?']
    """
    records = [(line, _read(line)) for line in lines]
    written, settled = dict[str, int](), set[int]()
    entries = dict[str, list[int]]()
    for _, record in records:
        if isinstance(record, Written):
            written[record.article] = max(record.seq, written.get(record.article, 0))
        elif isinstance(record, Settled):
            settled.add(record.dispute)
        elif isinstance(record, Entry):
            entries.setdefault(record.article, []).append(record.seq)
    recent = {article: set(seqs[-kept:] if kept else ()) for article, seqs in entries.items()}
    known, stay = dict[str, Known](), list[str]()
    for line, record in records:
        if isinstance(record, Entry):
            needed = record.seq > written.get(record.article, 0) or record.seq in recent[record.article]
        elif isinstance(record, Dispute):
            needed = record.seq not in settled
        else:
            needed = record is None
        if needed:
            stay.append(line)
        elif isinstance(record, (Entry, Dispute, Known)):
            _learn(known, record)
    last = [Written(article=article, seq=seq) for article, seq in written.items()]
    return [*(one.model_dump_json() for one in known.values()), *stay, *(one.model_dump_json() for one in last)]


def _read(line: str) -> Record | None:
    try:
        return RECORD.validate_json(line)
    except ValidationError:
        return None


def _learn(known: dict[str, Known], record: Entry | Dispute | Known) -> None:
    """Put what must be known of a record that goes to what is known of its article."""
    before = known.get(record.article) or Known(article=record.article, seq=0, keys=())
    keys = record.keys if isinstance(record, Known) else (record.key,)
    update = {"seq": max(before.seq, record.seq), "keys": tuple(dict.fromkeys((*before.keys, *keys)))}
    known[record.article] = before.model_copy(update=update)
