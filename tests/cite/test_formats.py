"""A citation in every format: valid by the formats' own schemas, and derived from ``release.yaml`` alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft201909Validator  # type: ignore[import-untyped] # the package has no types

from kh_kr_corpus import _yaml, store
from kh_kr_corpus.cite import FILES, FORMATS, cite, write_dataset
from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.errors import InputError, UnknownNameError
from kh_kr_corpus.models import Release
from kh_kr_corpus.tables import TABLES

PROJECT = Path(__file__).parents[2]
SCHEMAS = {
    "cff": Draft7Validator(json.loads((PROJECT / "third_party/citation/cff-1.2.0.json").read_text("utf-8"))),
    "datacite": Draft201909Validator(
        json.loads((PROJECT / "third_party/datacite/datacite-v4.5.json").read_text("utf-8"))
    ),
}


def dated(release: Release) -> Release:
    head = release.head.model_copy(update={"date": "2027-02-01"})
    return release.model_copy(update={"versions": (head, *release.versions[1:])})


@pytest.fixture(scope="module", params=["toy", "toy, released", "shipped"])
def release(request: pytest.FixtureRequest, toy: Corpus) -> Release:
    """What each of three corpora says of itself."""
    found = load().release if request.param == "shipped" else toy.release
    assert found is not None
    return dated(found) if request.param == "toy, released" else found


def plain(style: str, text: str) -> Any:
    return _yaml.loads(text).data if style == "cff" else json.loads(text)


@pytest.mark.parametrize("style", SCHEMAS)
def test_it_is_valid(release: Release, style: str) -> None:
    told = plain(style, cite(release, style))
    assert [error.message for error in SCHEMAS[style].iter_errors(told)] == []
    assert told["version"] == release.version
    first = next(iter(told))
    del told[first]  # the schema can refuse
    assert list(SCHEMAS[style].iter_errors(told))


def test_the_stored_files_are_what_the_corpus_says() -> None:
    release = load().release
    assert release is not None
    for style, name in FILES.items():
        stored = (PROJECT / name).read_bytes().decode("utf-8")
        assert stored == cite(release, style), f"{name} is behind; say: khkr cite --output ."


def test_a_reference_names_all_that_a_reader_needs(toy: Corpus) -> None:
    assert toy.release is not None
    released = dated(toy.release)
    assert cite(released) == (
        "Toy Project, & Sok, D. B. (2027). The toy corpus (Version 2027.2.0) [Data set]. Toy Press. "
        "https://doi.org/10.5072/toy_corpus\n"
    )
    entry = cite(released, "bibtex")
    assert "author = {{Toy Project} and Sok, Dara Bopha}," in entry and "year = {2027}," in entry
    assert "year" not in cite(toy.release, "bibtex") and "(n.d.)" in cite(toy.release)
    marked = released.model_copy(update={"title": "Toys & 50% off_a"})
    assert r"title = {{Toys \& 50\% off\_a}}," in cite(marked, "bibtex")


def test_an_unknown_format_names_those_that_exist(toy: Corpus) -> None:
    with pytest.raises(UnknownNameError, match="bibtex"):
        toy.cite("bibtx")
    assert set(FILES) < set(FORMATS)


def test_croissant_describes_every_table_and_column(release: Release) -> None:
    told = json.loads(cite(release, "croissant"))
    assert told["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    assert told["isLiveDataset"] is True and not any("sha256" in file for file in told["distribution"])
    fields = {field["@id"]: field for record_set in told["recordSet"] for field in record_set["field"]}
    assert set(fields) == {f"{spec.name}/{column.name}" for spec in TABLES.values() for column in spec.shown}
    files = {file["@id"] for file in told["distribution"]}
    assert {field["source"]["fileObject"]["@id"] for field in fields.values()} == files
    for record_set in told["recordSet"]:
        assert "key" not in record_set or record_set["key"]["@id"] in fields
    every = [*files, *fields, *(record_set["@id"] for record_set in told["recordSet"])]
    assert len(set(every)) == len(every)


def test_a_data_set_has_the_rows_of_the_tables_and_their_checksums(tmp_path: Path) -> None:
    corpus = load()
    contents = store.read_corpus(corpus.root, strict=True, whole=False)
    folder = tmp_path / "made"
    names = write_dataset(contents, folder)
    assert names == sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    croissant = json.loads((folder / "croissant.json").read_text("utf-8"))
    assert croissant["isLiveDataset"] is False
    sums = {file["contentUrl"]: file["sha256"] for file in croissant["distribution"]}
    assert sums == {name: digest for name, digest in store.manifest(folder).items() if name.startswith("tables/")}
    for name in ("articles", "activities", "sources"):
        lines = [json.loads(line) for line in (folder / f"tables/{name}.jsonl").read_text("utf-8").splitlines()]
        assert [line["id"] for line in lines] == [record.id for record in getattr(corpus, name)]
        assert set(lines[0]) == {column.name for column in TABLES[name].shown}
    texts = [json.loads(line) for line in (folder / "tables/articles.jsonl").read_text("utf-8").splitlines()]
    assert {line["rights"] for line in texts if line["text"] is None} == {"external"}
    with pytest.raises(InputError, match="not empty"):
        write_dataset(contents, folder)
    write_dataset(contents, tmp_path / "again")
    assert store.manifest(folder) == store.manifest(tmp_path / "again")


def test_a_users_own_text_goes_into_no_data_set(toy_root: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="may not travel"):
        write_dataset(store.read_corpus(toy_root), tmp_path / "made")
    assert not (tmp_path / "made").exists()
