"""Record sets: rows as published with our coding, read when asked for, and nothing taken that does not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from kh_kr_corpus import store, vocab
from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.errors import InputError, InvalidFileError, UnknownNameError
from kh_kr_corpus.store.compiled import read_compiled


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    return load()


@pytest.fixture
def aided(toy_copy: Path) -> Path:
    """The toy corpus, which has a set of two records."""
    return toy_copy


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_row_of_the_shipped_set_is_coded_and_says_from_what(shipped: Corpus) -> None:
    records = list(shipped.records)
    assert len(records) == 584
    assert [r.id for r in records[:2]] == [f"record/koica-cambodia-1991-2007/{n:04}" for n in (1, 2)]
    assert len({r.number for r in records}) == 584
    assert all(r.modality for r in records)
    undecided = [r for r in records if r.kind is None]
    assert len(undecided) == 5
    assert all(r.note and r.read_from == "nothing" for r in undecided)
    untitled = [r for r in records if r.title is None]
    assert len(untitled) == 74
    assert {r.read_from for r in untitled} == {"purpose", "nothing"}
    assert sum(r.activity is not None for r in records) == 575
    assert {r.review.by for r in records} == {"model:claude@session-2026-11-22"}


def test_the_code_is_that_of_the_purpose_which_the_publisher_names(shipped: Corpus) -> None:
    walk = vocab.crosswalk("koica-purpose", "oecd-dac-crs-5")
    for record in shipped.records:
        code = walk[record.purpose][0].code if record.purpose else None
        assert record.crs == (code and code.code)
    vehicles = shipped.records["record/koica-cambodia-1991-2007/0024"]
    assert (vehicles.purpose, vehicles.crs, vehicles.recoded) == ("GOVERNMENT ADMINISTRATION", "15140", "21020")


def test_sums_and_yearly_series_are_refused_and_counts_say_that_they_count_a_sample(shipped: Corpus) -> None:
    records = shipped.records
    for refused in (records.sum, lambda: records.count_by("year"), lambda: records.group_by("kind", "period")):
        with pytest.raises(InputError, match="sample"):
            refused()
    assert "sample" in records.count_by("kind").note
    assert "sample" in records.where(sector="health").note
    assert "sample" in shipped.sql("select year, sum(amount_usd) from records group by year").note
    assert shipped.sql("select count(*) from activities").note == ""


def test_records_are_asked_like_everything_else(shipped: Corpus) -> None:
    nurses = shipped.records.where(title="nursing", modality="volunteers")
    assert len(nurses) == 44
    assert {sector for record in nurses for sector in record.sectors} == {"health"}
    assert len(shipped.records.where(activity__kind="resilience")) == 2
    with pytest.raises(UnknownNameError):
        shipped.records["record/koica-cambodia-1991-2007/9999"]


def test_loading_a_corpus_does_not_read_its_records(aided: Path) -> None:
    (aided / "records" / "toy-aid.csv").write_bytes(b"\xff")
    corpus = load(aided)
    assert len(corpus.activities) == 3
    with pytest.raises(InvalidFileError, match="UTF-8"):
        len(corpus.records)


def test_the_compiled_form_holds_whatever_becomes_of_the_records(aided: Path) -> None:
    for path in (aided / "articles").rglob("*.yaml"):  # a corpus with a text that must stay in it is never compiled
        path.write_text(path.read_text(encoding="utf-8").replace("text: local", "text: included"), encoding="utf-8")
    assert len(load(aided).records) == 2
    edit(aided / "records" / "toy-aid.coding.csv", "training-in-korea", "scholarship")
    assert read_compiled(aided.resolve()) is not None
    assert load(aided).records["record/toy-aid/0001"].modality == "scholarship"


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("toy-aid.csv", "Nurses", "Doctors", "not the one that was received"),
        ("toy-aid.coding.csv", "0002,18", "0002,81", "stands beside row '18'"),
        ("toy-aid.coding.csv", "training,training", "training,transport", "no term"),
        (
            "toy-aid.coding.csv",
            "training,training,health",
            "training,infrastructure,health",
            "missing among the themes",
        ),
        ("toy-aid.coding.csv", "infrastructure,infrastructure,transport", ",,", "no note that says why"),
        ("toy-aid.coding.csv", "record,number", "id,number", "they are record, number"),
        ("toy-aid.csv", "no,year", "number,year", "no column no"),
        ("toy-aid.csv", "250", "a lot", "amounts.1.amount"),
        ("toy-aid.csv", "2019", "MMXIX", "year"),
        ("toy-aid.csv", "18,2020,Boat,Aid In Kind/In Cash,,,,,300000,250\n", "", "1 rows, and the set has 2"),
        ("toy-aid.csv", "300000,250", "300000,250,more", "11 fields, not 10"),
        ("toy-aid.csv", "Nurses", '"Nur"ses', "no CSV"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(aided: Path, name: str, old: str, new: str, told: str) -> None:
    assert len(store.read_records(aided)) == 2
    edit(aided / "records" / name, old, new)
    with pytest.raises(InvalidFileError) as caught:
        store.read_records(aided)
    assert told in str(caught.value)
    assert all(finding.code == "KC161" for finding in caught.value.findings)
    assert any(Path(finding.location.path).name == name for finding in caught.value.findings)


def test_a_missing_file_is_said(aided: Path) -> None:
    (aided / "records" / "toy-aid.coding.csv").unlink()
    with pytest.raises(InvalidFileError, match=r"toy-aid\.coding\.csv.*cannot be read"):
        store.read_records(aided)
