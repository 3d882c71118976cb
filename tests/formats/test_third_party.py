"""Files that other programs made: everything is taken, or told."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from bioc import brat as bioc_brat

from kh_kr_corpus._offsets import normalise
from kh_kr_corpus.corpus import Corpus
from kh_kr_corpus.formats import Imported, NotCarried, export, get_format, select

THIRD_PARTY = Path(__file__).parents[2] / "third_party"
KLUE = {"PS": "PERSON", "LC": "LOC", "OG": "ORG", "DT": "DATE"}
LITBANK = {"PER": "PERSON"}


def _read(name: str, path: Path, labels: dict[str, str]) -> tuple[list[Imported], list[NotCarried]]:
    form = get_format(name)
    assert form.read is not None
    found = list(form.read(path, labels))
    reports = [one for one in found if isinstance(one, NotCarried)]
    assert {one.code for one in reports} <= {loss.code for loss in form.losses}
    return [one for one in found if isinstance(one, Imported)], reports


def test_litbank_entities() -> None:
    folder = THIRD_PARTY / "litbank" / "entities"
    lines = next(folder.glob("*.ann")).read_text(encoding="utf-8").splitlines()
    (found,), reports = _read("brat", folder, LITBANK)
    spans = {item: (told.split(), quote) for item, told, quote in (line.split("\t") for line in lines)}
    mentions = found.article.mentions
    assert len(mentions) + len(reports) == len(lines) == 69
    assert {one.code for one in reports} == {"overlap"}
    assert {*found.items.values(), *(one.item for one in reports)} == set(spans)
    for mention in mentions:
        (label, start, end), quote = spans[found.items[mention.id]]
        told = (mention.label, mention.start, mention.end, mention.text)
        assert told == (LITBANK.get(label, label), int(start), int(end), quote)
    for one in reports:  # each lies inside, or crosses, one that was taken
        (_, start, end), _ = spans[one.item]
        assert any(m.start < int(end) and int(start) < m.end for m in mentions)


def test_litbank_coreference() -> None:
    folder = THIRD_PARTY / "litbank" / "coref"
    lines = next(folder.glob("*.ann")).read_text(encoding="utf-8").splitlines()
    (found,), reports = _read("brat", folder, {"PROP_PER": "PERSON", "NOM_FAC": "FAC"})
    counts = Counter(one.code for one in reports)
    kinds = Counter(line[0] for line in lines)
    assert counts["relation"] == kinds["R"] > 0
    assert len(found.article.mentions) + counts["overlap"] + counts["unknown-label"] == kinds["T"]
    assert len(found.article.mentions) + sum(counts.values()) == len(lines)


def test_klue_in_hangul_one_character_a_line() -> None:
    path = THIRD_PARTY / "klue" / "klue-ner-v1.1_dev-excerpt.tsv"
    (found,), reports = _read("conll", path, KLUE)
    told = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("## klue")]
    marked = [re.findall(r"<([^<>:]+):([A-Z]{2})>", line) for line in told]
    names = [(text, label) for line in marked for text, label in line]
    assert [(m.text, m.label) for m in found.article.mentions] == [(t, KLUE[k]) for t, k in names if k in KLUE]
    others = [one for one in reports if one.code == "unknown-label"]
    assert len(others) == sum(kind not in KLUE for _, kind in names) > 0
    assert {one.code for one in reports} == {"unknown-label", "comment"}
    plain = [re.sub(r"<([^<>:]+):[A-Z]{2}>", r"\1", line.partition("\t")[2]) for line in told]
    assert found.article.text == normalise("\n".join(plain))


def test_uner_danish() -> None:
    path = THIRD_PARTY / "uner-danish" / "da_ddt-ud-dev-excerpt.iob2"
    (found,), reports = _read("conll", path, {"PER": "PERSON"})
    lines = path.read_text(encoding="utf-8").splitlines()
    begun = [line.split("\t")[1] for line in lines if "\tB-" in line]
    kept = len(found.article.mentions) + sum(one.code == "unknown-label" for one in reports)
    assert kept == sum(line.split("\t")[2].startswith("B-") for line in lines if line[:1].isdigit()) > 10
    assert all(mention.text.startswith(tuple(begun)) for mention in found.article.mentions)
    assert found.article.text == normalise("\n".join(line[9:] for line in lines if line.startswith("# text = ")))
    assert sum(one.code == "column" for one in reports) == 2


def test_a_docbin_that_spacy_converted(tmp_path: Path) -> None:
    path = THIRD_PARTY / "klue" / "klue-ner-v1.1_dev-excerpt.tsv"
    blocks = [line for line in path.read_text(encoding="utf-8").split("\n") if not line.startswith("##")]
    pairs = [line.split("\t") for line in blocks]
    plain = "\n".join(" ".join((pair[0].strip() or "_", *pair[1:])) if len(pair) > 1 else "" for pair in pairs)
    (tmp_path / "set.iob").write_text(plain, encoding="utf-8")
    files = (str(tmp_path / "set.iob"), str(tmp_path))
    command = [sys.executable, "-m", "spacy", "convert", *files, "-c", "ner", "-n", "1"]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    found, reports = _read("docbin", tmp_path / "set.spacy", KLUE)
    assert len(found) == 7
    counts = Counter(one.code for one in reports)
    assert set(counts) == {"unknown-label", "syntax"}
    assert sum(len(one.article.mentions) for one in found) + counts["unknown-label"] == plain.count(" B-") > 20


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
