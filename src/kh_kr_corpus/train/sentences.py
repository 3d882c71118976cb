"""The bank of labelled sentences, and titles of activities: further material for the heads that judge a sentence.

``sentences.tsv`` was written for this purpose by a language model from the codebook: invented sentences in the
manner of news, with kind (``none`` for those that report no initiative), sectors, status and assertion.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kh_kr_corpus.errors import InputError

__all__ = ["BANK", "NO_KIND", "Sentence", "read_bank"]

BANK = Path(__file__).parent / "sentences.tsv"
NO_KIND = "none"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One item of the bank."""

    text: str
    kind: str
    sectors: tuple[str, ...]
    status: str
    assertion: str


def read_bank(path: Path = BANK) -> Iterator[Sentence]:
    """The items of a bank; raises :class:`InputError` with the line for one that has not five columns."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        columns = line.split("\t")
        if len(columns) != 5:
            raise InputError(
                str(path), f"{len(columns)} columns", "write kind, sectors, status, assertion, text", number
            )
        kind, sectors, status, assertion, text = columns
        yield Sentence(text.strip(), kind, tuple(s for s in sectors.split(",") if s != "-"), status, assertion)
