"""Files that other programs made: everything is taken, or told."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from bioc import brat as bioc_brat

from kh_kr_corpus._offsets import normalise
from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.formats import Imported, NotCarried, export, get_format, select

THIRD_PARTY = Path(__file__).parents[2] / "third_party"
BRAT = {"Person": "PERSON", "Organization": "ORG"}
TRIGGERS = {"Merge-org", "Report"}
TAGS = {"PER": "PERSON"}


def _read(name: str, path: Path, labels: dict[str, str]) -> tuple[list[Imported], list[NotCarried]]:
    form = get_format(name)
    assert form.read is not None
    found = list(form.read(path, labels))
    reports = [one for one in found if isinstance(one, NotCarried)]
    assert {one.code for one in reports} <= {loss.code for loss in form.losses}
    return [one for one in found if isinstance(one, Imported)], reports


def test_what_brat_wrote() -> None:
    folder = THIRD_PARTY / "brat"
    found, reports = _read("brat", folder, BRAT)
    files = sorted(folder.glob("*.ann"))
    assert len(found) == len(files) == 4
    counts = Counter[str]()
    for one, path in zip(found, files, strict=True):
        lines = path.read_text(encoding="utf-8").splitlines()
        spans = {item: (told.split(), quote) for item, told, quote in (x.split("\t") for x in lines if x[0] == "T")}
        known = {item for item, ((kind, _, _), _) in spans.items() if kind not in TRIGGERS}
        assert {one.items[mention.id] for mention in one.article.mentions} == known
        for mention in one.article.mentions:
            (kind, start, end), quote = spans[one.items[mention.id]]
            told = (mention.label, mention.start, mention.end, mention.text)
            assert told == (BRAT.get(kind, kind), int(start), int(end), quote)
        assert one.article.text == normalise(path.with_suffix(".txt").read_text(encoding="utf-8"))
        counts.update(line[0] for line in lines)
    told_of = Counter(one.code for one in reports)
    assert told_of["event"] == counts["E"] > 0
    assert told_of["attribute"] == counts["A"] > 0
    assert told_of["relation"] == counts["R"] + counts["*"] > counts["R"] > 0
    assert told_of["unknown-label"] == counts["E"], "an event's trigger has the event's name for a label"
    [kept] = [m.review.note for one in found for m in one.article.mentions if m.review.note]
    assert kept == "Should fictional places be annotated?"
    assert told_of["note"] == counts["#"] - 1 == 2
    assert sum(len(one.article.mentions) for one in found) + told_of.total() + 1 == counts.total()


def test_the_tokens_that_label_studio_wrote() -> None:
    path = THIRD_PARTY / "label-studio" / "seminar.conll"
    (found,), reports = _read("conll", path, TAGS)
    task = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))[0]
    regions = [one["value"] for one in task["annotations"][0]["result"] if one["type"] == "labels"]
    put_in = [(" ".join(one["text"].split()), TAGS.get(*one["labels"], *one["labels"])) for one in regions]
    taken = [(mention.text, mention.label) for mention in found.article.mentions]
    assert taken == [(text, label) for text, label in put_in if label != "MISC"]
    rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines()[1:] if line]
    assert found.article.text == normalise(" ".join(row[0] for row in rows))
    left = [one for one in reports if one.code == "unknown-label"]
    assert len(taken) + len(left) == sum(row[3].startswith("B-") for row in rows) == 5
    assert {one.code for one in reports} == {"unknown-label", "column", "spaces"}


def test_a_docbin_that_spacy_converted(tmp_path: Path) -> None:
    path = THIRD_PARTY / "label-studio" / "seminar.conll"
    plain = "".join(
        f"{cells[0]}|{cells[3]} " if cells else "\n"
        for cells in map(str.split, path.read_text(encoding="utf-8").splitlines()[1:])
    )
    (tmp_path / "set.iob").write_text(plain, encoding="utf-8")
    files = (str(tmp_path / "set.iob"), str(tmp_path))
    command = [sys.executable, "-m", "spacy", "convert", *files, "-c", "iob", "-n", "1"]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    found, reports = _read("docbin", tmp_path / "set.spacy", TAGS)
    assert Counter(one.code for one in reports)["unknown-label"] == 1
    taken = [(mention.text, mention.label) for one in found for mention in one.article.mentions]
    (direct,), _ = _read("conll", path, TAGS)
    assert taken == [(mention.text, mention.label) for mention in direct.article.mentions]


def test_another_library_reads_our_brat_files(toy: Corpus, tmp_path: Path) -> None:
    selection = select(toy, undecided=True, right="a test")
    list(export(get_format("brat"), selection, tmp_path / "out"))
    for article in (one for one in selection.articles if one.text is not None):
        place = tmp_path / "out" / article.id
        texts = [place.with_name(f"{article.id}{end}").read_bytes().decode() for end in (".txt", ".ann")]
        document = bioc_brat.loads(*texts)
        assert document.text == article.text
        spans = {
            (one.id, one.type, *one.total_span, one.text) for one in document.annotations if one.id.startswith("T")
        }
        kept = [m for m in article.mentions if m.review.state != "rejected"]
        assert spans == {(f"T{m.id[1:]}", m.label, m.start, m.end, " ".join(m.text.split("\n"))) for m in kept}
