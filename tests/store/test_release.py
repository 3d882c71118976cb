"""A released version stays what it was: its files, its ids, and what a pinned load accepts."""

from __future__ import annotations

import datetime
import hashlib
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kh_kr_corpus import store
from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.errors import InputError, InvalidFileError, UnknownNameError, VersionError
from kh_kr_corpus.lint import inspect
from kh_kr_corpus.store.ids import Released, dumps_ids, ids_of, joined, read_ids

DAY = datetime.date(2027, 2, 1)
RULES = ["KC17"]
NURSES = "activities/nurse-course.yaml"


@pytest.fixture
def released(toy_copy: Path) -> Path:
    """The toy corpus as version 2027.2.0."""
    store.release(toy_copy, DAY)
    return toy_copy


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(root: Path) -> list[str]:
    return [finding.message for finding in inspect(root, select=RULES).findings]


def begin(root: Path) -> None:
    """A new version in front of the released one."""
    new = 'versions:\n  - version: "2027.3.0"\n    changes: [More.]\n'
    edit(root / "release.yaml", "versions:\n", new)


def test_a_release_is_dated_sealed_and_registered(released: Path) -> None:
    assert load(released).release is not None
    assert load(released, version="2027.2.0").cite().startswith("Toy Project, & Sok, D. B. (2027).")
    assert told(released) == []
    lines = [line.split("  ") for line in (released / "MANIFEST.sha256").read_text().splitlines()]
    listed = {name: digest for digest, name in lines}
    files = {p.relative_to(released).as_posix(): p for p in released.rglob("*") if p.is_file()}
    del files["MANIFEST.sha256"], files["schema.yaml"]
    assert listed == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    assert read_ids(released)["article:2021-clinic-opens"] == Released(
        "2027.2.0", ids_of(store.read_corpus(released))["article:2021-clinic-opens"]
    )


def test_another_program_reads_the_manifest(released: Path) -> None:
    check = ["sha256sum", "--check", "--quiet", "MANIFEST.sha256"]
    assert subprocess.run(check, cwd=released, check=False).returncode == 0  # noqa: S603
    edit(released / NURSES, "nurses", "nurse")
    done = subprocess.run(check, cwd=released, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 1 and NURSES in done.stdout


CHANGES: dict[str, Callable[[Path], object]] = {
    "is another": lambda root: edit(root / NURSES, "nurses", "nurse"),
    "is gone": lambda root: (root / "synthetic" / "synthetic-khmer-notice.yaml").unlink(),
    "is new": lambda root: (root / "activities" / "notes.txt").write_text("a"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_after_the_release_is_told_and_refused(released: Path, what: str) -> None:
    CHANGES[what](released)
    assert [message for message in told(released) if message.endswith(what)], told(released)
    with pytest.raises(InvalidFileError, match=what) as caught:
        load(released, version="2027.2.0")
    assert [finding.code for finding in caught.value.findings] == ["KC171"]
    assert caught.value.where == str(released)
    assert len(load(released).articles) > 0  # who pins nothing reads what is there


def test_a_newer_library_derives_its_own_schema(released: Path) -> None:
    edit(released / "schema.yaml", "Files of", "The files of")
    assert told(released) == []


def test_a_new_version_may_change_what_it_likes(released: Path) -> None:
    edit(released / NURSES, "nurses", "nurse")
    begin(released)
    assert told(released) == []
    assert load(released, version="2027.3.0-dev").release is not None
    with pytest.raises(VersionError):
        load(released, version="2027.3.0")


@pytest.mark.parametrize(
    ("wanted", "fix"),
    [("2026.11.0", "pip install 'kh-kr-corpus==0.1.0'"), ("2027.2.0", "khkr cite"), ("1", "khkr cite")],
)
def test_another_version_is_refused_with_both_named(toy_root: Path, wanted: str, fix: str) -> None:
    with pytest.raises(VersionError) as caught:
        load(toy_root, version=wanted)
    assert (caught.value.wanted, caught.value.found) == (wanted, "2027.2.0-dev")
    assert fix in str(caught.value) and wanted in str(caught.value)


def test_a_corpus_without_a_version_is_refused(toy_copy: Path) -> None:
    (toy_copy / "release.yaml").unlink()
    assert load(toy_copy).release is None
    with pytest.raises(VersionError, match="states no version"):
        load(toy_copy, version="2027.2.0")
    with pytest.raises(InputError, match="states no version"):
        load(toy_copy).cite()
    with pytest.raises(InputError, match="states no version"):
        store.release(toy_copy, DAY)


def test_the_compiled_form_knows_the_version(toy_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHKR_CACHE", str(tmp_path / "cache"))
    for path in (toy_copy / "articles").rglob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("text: local", "text: included"), encoding="utf-8")
    cold = load(toy_copy)
    assert list((tmp_path / "cache").iterdir())
    assert load(toy_copy).release == cold.release is not None


def test_a_version_is_released_once(released: Path) -> None:
    with pytest.raises(InputError, match=r"2027\.2\.0 was released on 2027-02-01"):
        store.release(released, DAY)


def test_no_version_is_older_than_the_one_before(toy_copy: Path) -> None:
    before = {path: path.read_bytes() for path in toy_copy.rglob("*") if path.is_file()}
    with pytest.raises(InputError, match="before"):
        store.release(toy_copy, datetime.date(2026, 11, 21))
    assert {path: path.read_bytes() for path in toy_copy.rglob("*") if path.is_file()} == before


def test_a_cut_off_release_is_told(released: Path) -> None:
    (released / "MANIFEST.sha256").unlink()
    assert told(released) == ["version 2027.2.0 has a date and no MANIFEST.sha256"]
    with pytest.raises(InvalidFileError, match=r"no MANIFEST\.sha256"):
        load(released, version="2027.2.0")


# -- ids -----------------------------------------------------------------------------------------------------------


def test_a_released_id_is_never_dropped(released: Path) -> None:
    begin(released)
    edit(released / NURSES, "id: nurse-course", "id: course-for-nurses")
    (released / NURSES).rename(released / "activities" / "course-for-nurses.yaml")
    gone = "activity:nurse-course was released in version 2027.2.0 and is gone; near it is activity:course-for-nurses"
    assert told(released) == [gone]
    why = "withdrawn:\n  - {id: 'activity:nurse-course', to: 'activity:course-for-nurses', why: Renamed.}\n"
    edit(released / "release.yaml", "withdrawn:\n", why)
    assert told(released) == []


def test_a_released_mention_is_rejected_rather_than_removed(released: Path) -> None:
    begin(released)
    path = next((released / "articles").rglob("2021-clinic-opens.yaml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"  - \{id: m2, .*\n", "", text), encoding="utf-8")
    assert told(released) == ["article:2021-clinic-opens#m2 was released in version 2027.2.0 and is gone"]


def test_what_a_broken_file_holds_is_not_told_as_gone(released: Path) -> None:
    begin(released)
    edit(released / NURSES, "kind: ", "kynd: ")
    assert told(released) == []


def test_what_was_never_released_may_go(toy_copy: Path) -> None:
    (toy_copy / NURSES).unlink()
    assert told(toy_copy) == []


def test_ids_keep_the_version_that_brought_them(released: Path) -> None:
    old = read_ids(released)
    begin(released)
    edit(released / NURSES, "id: nurse-course", "id: course-for-nurses")
    (released / NURSES).rename(released / "activities" / "course-for-nurses.yaml")
    new = joined(old, store.read_corpus(released), "2027.3.0")
    assert old.items() <= new.items(), "an id is never taken out of the register"
    assert {name: one.version for name, one in new.items() if name not in old} == {
        "activity:course-for-nurses": "2027.3.0"
    }


def test_a_withdrawn_id_leads_to_what_took_its_place(toy: Corpus) -> None:
    with pytest.raises(UnknownNameError) as caught:
        toy.activities["2021-clinic"]
    assert caught.value.near == ("2021-floating-clinic-phnom-penh",)
    with pytest.raises(UnknownNameError) as caught:
        toy.activities["2021-clinics"]
    assert caught.value.near != ("2021-floating-clinic-phnom-penh",)


PARTS = st.frozensets(st.builds("{}{}".format, st.sampled_from("mi"), st.integers(1, 400)))


@given(st.dictionaries(st.from_regex(r"\A(article|entity):[a-z0-9/-]{1,9}\Z"), PARTS, max_size=4))
def test_the_register_reads_back(tmp_path_factory: pytest.TempPathFactory, ids: dict[str, frozenset[str]]) -> None:
    register = {name: Released("2027.2.0", parts) for name, parts in ids.items()}
    folder = tmp_path_factory.mktemp("ids")
    (folder / "ids.txt").write_text(dumps_ids(register), encoding="utf-8")
    assert read_ids(folder) == register
