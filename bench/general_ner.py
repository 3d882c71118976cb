"""Names in general news, so that fitting to our own prose shows: against the news half of UNER English-PUD.

    python bench/general_ner.py en_pud-ud-test.iob2

The file is not part of the project: it comes from github.com/UniversalNER/UNER_English-PUD (CC BY-SA 3.0; cite Mayhew
et al., Universal NER, NAACL 2024). Its first half, documents ``n...``, are the opening sentences of online news of 2016
from all over the world; the rest is from Wikipedia and is measured apart. It knows three labels: persons,
organisations and locations. Ours are folded: GPE, LOC and FAC are locations; everything else is left out. Plain
``en_core_web_sm``, which was trained on news by the guidelines of OntoNotes, is measured the same way.

The two guidelines differ (a newspaper's name, a team called by its city, "the Senate", facilities), so no perfect score
is to be had: UNER's own annotators agree at 0.5 to 1.0, pair by pair. What counts is the distance to the plain model.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from kh_kr_corpus.annotate import Annotator
from kh_kr_corpus.evaluate import Baseline, intervals, read, total
from kh_kr_corpus.models import Article, Mention, Review, Rights

GOLD = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}
FOLDED = {"PERSON": "PERSON", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC"}
DECIDED = Review(state="accepted", by="human:UNER", at="2025-10-21")
Named = tuple[int, int, str]


def articles(path: Path, begins: str) -> Iterator[Article]:
    """The documents whose id begins so, a sentence a line, with their names as accepted mentions."""
    document, lines, names, length = "", list[str](), list[Named](), 0
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        rows = block.split("\n")
        facts = dict(row[2:].split(" = ", 1) for row in rows if row.startswith("# ") and " = " in row)
        if "newdoc id" in facts:
            if document.startswith(begins) and lines:
                yield article(document, lines, names)
            document, lines, names, length = facts["newdoc id"], [], [], 0
        names += [(length + a, length + b, label) for a, b, label in named(rows, facts["text"])]
        lines.append(facts["text"])
        length += len(facts["text"]) + 1
    if document.startswith(begins) and lines:
        yield article(document, lines, names)


def named(rows: list[str], text: str) -> Iterator[Named]:
    """Names of one sentence from its words and their tags."""
    at, start, end, label = 0, 0, 0, ""
    for row in rows:
        if row.startswith("#"):
            continue
        _, word, tag, *_ = row.split("\t")
        at = text.index(word, at)
        if label and not tag.startswith("I-"):
            yield start, end, GOLD[label]
            label = ""
        if tag.startswith("B-") and tag[2:] in GOLD:
            start, label = at, tag[2:]
        at += len(word)
        end = at
    if label:
        yield start, end, GOLD[label]


def article(document: str, lines: list[str], names: list[Named]) -> Article:
    text = "\n".join(lines)
    mentions = tuple(
        Mention(id=f"m{n}", start=a, end=b, text=text[a:b], label=label, review=DECIDED)
        for n, (a, b, label) in enumerate(names, 1)
    )
    return Article(
        id=document, title=document, origin="genuine", date="2016-11", rights=Rights(text="local"), text=text,
        mentions=mentions,
    )  # fmt: skip


def folding(predict: Callable[[Article], Article]) -> Callable[[Article], Article]:
    """``predict`` with its labels folded into the three."""

    def folded(asked: Article) -> Article:
        found = [m for m in predict(asked).mentions if m.label in FOLDED]
        kept = tuple(m.model_copy(update={"label": FOLDED[m.label], "entity": None}) for m in found)
        return asked.model_copy(update={"mentions": kept})

    return folded


def main(path: Path) -> None:
    annotator = Annotator()
    predictors: dict[str, Callable[[Article], Article]] = {
        "our annotator": lambda a: annotator.annotate(a.text or "", date=a.date, id=a.id),
        "plain en_core_web_sm": Baseline(),
    }
    for what, begins in {"news": "n", "Wikipedia": "w"}.items():
        gold = list(articles(path, begins))
        sys.stdout.write(f"{what}: {len(gold)} documents, {sum(len(a.mentions) for a in gold)} names\n")
        for name, predict in predictors.items():
            readings = list(read(gold, folding(predict)))
            scores, bounds = total(readings), intervals([one.scores for one in readings])
            low, high = bounds["span", "micro"]
            each = ", ".join(f"{label} {count.f1 or 0:.2f}" for label, count in sorted(scores.mentions.labels.items()))
            told = f"{scores.span_f1 or 0:.3f} ({low:.3f} to {high:.3f}), bounds {scores.bounds_f1 or 0:.3f}"
            sys.stdout.write(f"  {name:22} strict f1 {told}; {each}\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("name the file: python bench/general_ner.py en_pud-ud-test.iob2")
    main(Path(sys.argv[1]))
