"""Sectors that the annotator suggests for KOICA's own projects, against KOICA's own coding.

    python bench/koica_sectors.py koica_cambodia_1991_2007_sample.csv

The file is not part of the project: it is the Cambodian part of KOICA's project database in AidData's Korea release
(February 2009; cite AidData and KOICA). Nothing trains on it. A row's gold are the sectors that our vocabulary gives
the CRS purpose that KOICA named (``crs_code_name``); AidData's own codes in the last column are not used. Names are
matched with today's list without regard to case, abbreviations and word order; the few that the list has since renamed
or dissolved, or that our vocabulary lacks, stand in RENAMED with a code of the same sector. Rows without a title, rows
whose purpose serves no sector (support to NGOs), and titles that stand in a training text are left out, and counted.

A title is no sentence, so it is put into one that says what the row says: who came, went or gave. The same sentences
without a title are the control: what they get is what the wrapping gives away.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from kh_kr_corpus import load, vocab
from kh_kr_corpus.annotate import Annotator
from kh_kr_corpus.evaluate import Count, InitiativeScores, MentionScores, Scores, intervals
from kh_kr_corpus.evaluate.counts import compare

Sectors = frozenset[str]
SCHEME = "oecd-dac-crs-5"
RENAMED = {
    "GOVERNMENT ADMINISTRATION": "15110", "ECONOMIC AND DEVELOPMENT POLICY PLANNING": "15110",
    "PUBLIC SECTOR FINANCIAL MANAGEMENT": "15111", "CULTURE AND RECREATION": "16061",
    "INFORMATION AND COMMUNICATION TECHNOLOGY": "22040", "COMMUNICATIONS POLICY AND ADMIN MGMT": "22010",
    "SME DEVELOPMENT": "32130", "WATER AND SANITATION LARGE SYSTEM": "14020",
    "WATER RESOURCES POLICY ADMIN MGMT": "14010", "ENVIRONMENTAL EDUCATION TRAINING": "41081",
    "LIVESTOCK VETERINARY SERVICES": "31163", "FINANCIAL POLICY AND ADMIN MANAGEMENT": "24010",
    "INDUSTRIAL POLICY AND ADMIN MGMT": "32110", "CONSTRUCTION POLICY AND ADMIN MGMT": "32310",
    "AGRICULTURAL INPUTS": "31110", "REGIONAL TRADE AGREEMENTS RTAS": "33130", "ENERGY EDUCATION TRAINING": "23110",
    "RESEARCH SCIENTIFIC INSTITUTIONS": "43082", "ADVANCED TECH AND MANAGERIAL TRAINING": "11430",
    "SECONDARY EDUCATION": "11320", "FISHERY EDUCATION TRAINING": "31310",
    "ELECTRICAL TRANSMISSION DISTRIBUTION": "23630",
    "FLOOD PREVENTION CONTROL": "43060", "WOMENS EQUALITY ORGANIZATIONS": "15170", "BASIC HEALTH": "12220",
}  # fmt: skip
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


def key(name: str) -> str:
    """A purpose's name without what differs between editions of the list."""
    words = re.sub(r"[^A-Z0-9]+", " ", name.upper().replace("&", " AND ")).split()
    words = ["MANAGEMENT" if word in ("MGMT", "MANAGEMENT") else word for word in words]
    return " ".join(sorted("ADMINISTRATIVE" if word == "ADMIN" else word for word in words if word != "AND"))


def purposes() -> Callable[[str], Sectors]:
    """From a purpose's name, as KOICA writes it, to our sectors; empty for one that we have no sector for."""
    by_code: dict[str, set[str]] = {}
    by_key: dict[str, set[str]] = {}
    for term, links in vocab.crosswalk("sectors", SCHEME).items():
        for code in (link.code for link in links if link.code):
            by_code.setdefault(code.code, set()).add(term)
            by_key.setdefault(key(code.name), set()).add(term)
    renamed = {key(name): code for name, code in RENAMED.items()}

    def sectors(name: str) -> Sectors:
        found = by_key.get(key(name)) or by_code.get(renamed.get(key(name), ""), set())
        return frozenset(found)

    return sectors


def rows(path: Path, left_out: Counter[str]) -> Iterator[Row]:
    """The distinct titles of the file that can be scored."""
    corpus = load(synthetic=True)
    training = "\n".join(corpus.articles[name].text or "" for name in corpus.splits.train).casefold()
    sectors, seen = purposes(), set[str]()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file):
            title, gold = " ".join(line["project_name"].split()), sectors(line["crs_code_name"])
            if not title or title.casefold() in seen:
                left_out["no title" if not title else "the same title again"] += 1
                continue
            seen.add(title.casefold())
            if not gold:
                left_out["a purpose without a sector of ours"] += 1
            elif title.casefold() in training:
                left_out["a title in a training text"] += 1
            else:
                yield Row(title, WRAPPED.get(line["type_of_cooperation"], OTHERWISE), gold)


def main(path: Path) -> None:
    left_out: Counter[str] = Counter()
    listed = list(rows(path, left_out))
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
    if len(sys.argv) != 2:
        sys.exit("name the file: python bench/koica_sectors.py FILE.csv")
    main(Path(sys.argv[1]))
