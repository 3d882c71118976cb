"""Sectors that the annotator suggests for KOICA's own projects, against KOICA's own coding.

    python bench/koica_sectors.py

The rows are the records koica-cambodia-1991-2007 of the corpus; nothing trains on them. A row's gold are the sectors
that our vocabulary gives the CRS purpose that KOICA named, by the crosswalks; neither AidData's codes nor our own
coding of the records is used. Rows without a title, rows whose purpose serves no sector (support to NGOs), and titles
that stand in a training text are left out, and counted.

A title is no sentence, so it is put into one that says what the row says: who came, went or gave. The same sentences
without a title are the control: what they get is what the wrapping gives away.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from kh_kr_corpus import load, vocab
from kh_kr_corpus.annotate import Annotator
from kh_kr_corpus.evaluate import Count, InitiativeScores, MentionScores, Scores, intervals
from kh_kr_corpus.evaluate.counts import compare

Sectors = frozenset[str]
SCHEME = "oecd-dac-crs-5"
WRAPPED = {
    "Invitation of Trainees": 'KOICA trained Cambodian officials in South Korea in 2005; the course was "{}".',
    "Volunteers": 'KOICA sent Korean volunteers to Cambodia in 2005; their field was "{}".',
    "Experts": 'KOICA sent Korean experts to Cambodia in 2005; their field was "{}".',
}
OTHERWISE = 'KOICA carried out a project in Cambodia in 2005: "{}".'


class Row(NamedTuple):
    """A distinct title with the sectors that KOICA's purpose has."""

    title: str
    sentence: str
    gold: Sectors


def sectors_of(name: str) -> Sectors:
    """The sectors of a purpose, as KOICA writes it; empty for one that we have no sector for."""
    if not (name := " ".join(name.split())):
        return frozenset()
    codes = {link.code for link in vocab.crosswalk("koica-purpose", SCHEME)[name] if link.code}
    later = vocab.crosswalk("withdrawn", SCHEME)
    codes |= {link.code for code in codes if code.withdrawn for link in later[code.code] if link.code}
    return frozenset(term for code in codes for term in vocab.crosswalk("sectors", SCHEME).terms(code.code))


def rows(left_out: Counter[str]) -> Iterator[Row]:
    """The distinct titles of the records that can be scored."""
    corpus = load(synthetic=True)
    training = "\n".join(corpus.articles[name].text or "" for name in corpus.splits.train).casefold()
    seen = set[str]()
    for record in corpus.records.where(set="koica-cambodia-1991-2007"):
        title, gold = record.title or "", sectors_of(record.purpose or "")
        if not title or title.casefold() in seen:
            left_out["no title" if not title else "the same title again"] += 1
            continue
        seen.add(title.casefold())
        if not gold:
            left_out["a purpose without a sector of ours"] += 1
        elif title.casefold() in training:
            left_out["a title in a training text"] += 1
        else:
            yield Row(title, WRAPPED.get(record.cooperation or "", OTHERWISE), gold)


def main() -> None:
    left_out: Counter[str] = Counter()
    listed = list(rows(left_out))
    annotator = Annotator()

    def suggested(text: str) -> set[str]:
        return {sector for one in annotator.annotate(text).initiatives for sector in one.sectors}

    empty = {sentence: suggested(sentence.format("Phase 2")) for sentence in {row.sentence for row in listed}}
    common = Counter(sector for row in listed for sector in row.gold).most_common(1)[0][0]
    answers: dict[str, list[set[str]]] = {
        "suggested": [suggested(row.sentence.format(row.title)) for row in listed],
        "control: the sentence without its title": [empty[row.sentence] for row in listed],
        f"control: always {common}": [{common} for _ in listed],
    }
    say = sys.stdout.write
    say(f"{len(listed)} distinct titles; left out: {', '.join(f'{n} {why}' for why, n in left_out.items())}\n")
    for name, sets in answers.items():
        counts = [compare(row.gold, got) for row, got in zip(listed, sets, strict=True)]
        whole = sum(counts, Count())
        bounds = intervals([Scores(MentionScores(), InitiativeScores(sectors=count), 1) for count in counts])
        low, high = bounds["initiative", "sector"]
        hit = sum(count.right > 0 for count in counts) / len(counts)
        answered = sum(bool(got) for got in sets) / len(sets)
        told = f"precision {whole.precision or 0:.2f}, recall {whole.recall or 0:.2f}, f1 {whole.f1 or 0:.2f}"
        say(f"{name}: {told} ({low:.2f} to {high:.2f}); a right one for {hit:.0%}, any for {answered:.0%} of titles\n")


if __name__ == "__main__":
    main()
