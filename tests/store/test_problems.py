"""What is told of a file that can't be read as it stands: rule, field, line, column, message and fix, word by word."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import pytest
from pydantic import BaseModel, ValidationError, model_validator
from pydantic_core import PydanticCustomError
from tests.store.conftest import revision

from kh_kr_corpus import _yaml, store
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.findings import Finding, Location
from kh_kr_corpus.models import Layer
from kh_kr_corpus.store.layout import FOLDERS, expected_path, modeline
from kh_kr_corpus.store.problems import to_findings

TOY = Path(__file__).parents[1] / "toy"
BRIEF = "articles/2022/2022-nurses-for-the-boats.yaml"
COURSE, PERSON, RELEASE = "activities/nurse-course.yaml", "entities/person.yaml", "release.yaml"
DATES = "write a date such as 2023, 2023-10, 2023-10-30 or 2021/2023"
WHOLE = "write a number without quotes or decimals"
Told = tuple[str, str, int, int, str, str]


def told(finding: Finding) -> Told:
    place = finding.location
    assert (finding.severity, place.path) == ("error", "f.yaml")
    return finding.code, place.field, place.line, place.column, finding.message, finding.fix


def findings(relative: str, *edits: tuple[str, str]) -> list[Told]:
    text = (TOY / relative).read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return [told(one) for one in store.loads(text, Path("f.yaml"), PurePosixPath(relative)).findings]


@pytest.mark.parametrize(
    ("relative", "old", "new", "wanted"),
    [
        (BRIEF, "genre: brief", "genre: breif",
         ("KC301", "genre", 8, 8, "'breif' is no term of vocabulary genres", "use brief")),
        (BRIEF, "genre: brief", "gerne: brief",
         ("KC003", "gerne", 8, 8, "there is no field 'gerne'", "did you mean 'genre'?")),
        (BRIEF, "genre: brief", "qqq: brief", ("KC003", "qqq", 8, 6, "there is no field 'qqq'", "remove it")),
        (BRIEF, "title: Nurses", "title: 5 #", ("KC003", "title", 5, 8, "5 is no string", 'put it in quotes: "5"')),
        (BRIEF, "title: Nurses", "title: ' Nurses' #",
         ("KC003", "title", 5, 8, "white space at the beginning or end", "remove it")),
        (BRIEF, "origin: brief", "origin: briefly",
         ("KC301", "origin", 7, 9, "'briefly' is no term of vocabulary origins", "use brief")),
        (BRIEF, "start: 4,", 'start: "4",', ("KC003", "mentions[0].start", 19, 21, "'4' is no whole number", WHOLE)),
        (BRIEF, "kind: training", "kind: e-government",
         ("KC303", "initiatives[0].kind", 30, 11, "kind e-government is missing among the themes",
          "add it to `themes`")),
        (BRIEF, "    kind: training\n", "",
         ("KC003", "initiatives[0].kind", 28, 5, "the field 'kind' is missing", "add `kind: ...`")),
        (BRIEF, 'as_of: "2022-02"', 'as_of: "2022-13"',
         ("KC401", "initiatives[0].as_of", 35, 12, "'2022-13' is no EDTF date: month 13 does not exist", DATES)),
        (BRIEF, "end: 70", "end: 71",
         ("KC201", "mentions[1].end", 20, 30, "[57, 71) covers 14 code points but the quoted text has 13",
          "correct the offsets or the quote")),
        (BRIEF, "speaker: {entity: organisation/ministry-of-health-korea}", "speaker: {}",
         ("KC003", "initiatives[0].speaker", 37, 5, "a speaker has an entity or an office",
          "add `entity` or `office`, or remove `speaker`")),
        (COURSE, "review: {state: accepted", "review: {state: suggested",
         ("KC801", "review", 17, 1, "a decided state needs `by` and `at`, and a suggestion has neither",
          "write `state`, `by` and `at` together, or only `state: suggested`")),
        (COURSE, 'at: "2026-11-21"', 'at: "2026-11-31"',
         ("KC801", "review.at", 17, 58, "'2026-11-31' is no day or time", "write YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SSZ")),
        (PERSON, "kind: preferred", "kind: short",
         ("KC003", "entities[0].names", 7, 5, "exactly one English name must have kind preferred",
          "give `kind: preferred` to its usual English name and to no other")),
        (RELEASE, 'date: "2026-11-22"', 'date: "2026-11-31"',
         ("KC003", "versions[1].date", 24, 11, "'2026-11-31' is no day", "write YYYY-MM-DD")),
        (RELEASE, 'version: "2026.11.0"', 'version: "2027.2.0"',
         ("KC003", "versions", 19, 1, "a version is listed twice",
          "give each version once, the newest first, with its date")),
        (COURSE, "record: activity", "record: article",
         ("KC002", "record", 2, 9, "record is 'article', a file at this place has 'activity'",
          "write `record: activity`")),
        (COURSE, "schema_version: 1\n", "",
         ("KC002", "schema_version", 2, 1, "schema_version is None, a file at this place has 1",
          "write `schema_version: 1`")),
    ],
)  # fmt: skip
def test_one_fault(relative: str, old: str, new: str, wanted: Told) -> None:
    assert findings(relative, (old, new)) == [wanted]


def test_a_wrong_header_is_told_whole_and_nothing_else() -> None:
    both = findings(
        COURSE, ("record: activity", "record: act"), ("schema_version: 1", "schema_version: 2"), ("kind:", "kynd:")
    )
    assert [one[1] for one in both] == ["record", "schema_version"]


def test_a_renamed_field_is_missing_and_unknown() -> None:
    assert findings(COURSE, ("status:", "xstatus:")) == [
        ("KC003", "status", 2, 1, "the field 'status' is missing", "add `status: ...`"),
        ("KC003", "xstatus", 10, 10, "there is no field 'xstatus'", "did you mean 'status'?"),
    ]


def test_an_empty_list_and_one_whose_only_item_is_wrong() -> None:
    [empty] = findings(COURSE, ("sources: [toy-gazette-2021]", "sources: []"))
    assert (empty[0], empty[1], empty[5]) == (
        "KC003",
        "sources",
        "give at least one, or remove the field if it may be empty",
    )
    [item] = findings(COURSE, ("sources: [toy-gazette-2021]", "sources: [5]"))
    assert item[1] == "sources[0]" and item[4] == "5 is no string"


def test_a_mapping_where_a_string_belongs_is_not_told_to_be_quoted() -> None:
    [one] = findings(COURSE, ("title: Course for nurses on clinic boats", "title: {a: 1}"))
    assert one[1] == "title" and one[5] == "see `title` in schema.yaml"
    for nothing in ("null", "[a]"):
        [one] = findings(COURSE, ("title: Course for nurses on clinic boats", f"title: {nothing}"))
        assert "quotes" not in one[5]


def test_the_branches_of_a_union_are_one_fault() -> None:
    [one] = findings(BRIEF, ("value: {amount: 200000", "value: {amount: -2"))
    assert one[1] == "mentions[6].value.amount"
    [other] = findings(BRIEF, ('value: "2022-02"', "value: 5"))
    assert other[1] == "mentions[1].value"
    [third] = findings(BRIEF, ('value: "2022-02"', "value: [5]"))
    assert third[1] == "mentions[1].value"


def test_what_is_told_of_one_fault_hides_no_other() -> None:
    """Neither a fault of a union, which pydantic gives once for each branch, nor a mapping in place of a string."""
    both = findings(BRIEF, ('value: "2022-02"', "value: 5"), ("    kind: training", "    kind: trainin"))
    assert [one[1] for one in both] == ["mentions[1].value", "initiatives[0].kind"]
    both = findings(COURSE, ("title: Course for nurses on clinic boats", "title: {a: 1}"), ("sources: [", "source: ["))
    assert [one[1] for one in both] == ["title", "sources", "source"]
    both = findings(COURSE, ("role: implementer", "role: {a: 1}"), ("sources: [", "source: ["))
    assert [one[1] for one in both] == ["participants[0].role", "sources", "source"]


@pytest.mark.parametrize("text", ["", "- a\n", "a\n", "# nothing\n"])
def test_a_file_without_fields(text: str) -> None:
    loaded = store.loads(text, Path("f.yaml"), PurePosixPath(COURSE), "7")
    assert [told(one) for one in loaded.findings] == [
        ("KC002", "", 1, 1, "the file holds no fields", "see data/schema.yaml")
    ]
    assert (loaded.model, loaded.record, loaded.revision, loaded.path) == (None, "activity", "7", Path("f.yaml"))
    assert loaded.tree is not None and loaded.tree.data in (None, ["a"], "a")


def test_what_is_no_yaml_keeps_its_place_and_its_revision() -> None:
    loaded = store.loads("a: 1\nb: [1\n", Path("f.yaml"), PurePosixPath(COURSE), "7")
    [finding] = loaded.findings
    assert (finding.code, finding.location.path, finding.location.line) == ("KC001", "f.yaml", 3)
    assert finding.message and finding.fix
    assert (loaded.tree, loaded.model, loaded.draft, loaded.revision, loaded.record) == (
        None,
        None,
        None,
        "7",
        "activity",
    )
    [doubled] = store.loads("a:\n  b: 1\n  b: 2\n", Path("f.yaml"), PurePosixPath(COURSE)).findings
    assert (doubled.location.line, doubled.location.column, doubled.location.field) == (3, 3, "a.b")


def test_of_a_file_at_no_place_only_its_header_is_told() -> None:
    text = (TOY / COURSE).read_text("utf-8")
    loaded = store.loads(text, Path("f.yaml"), PurePosixPath("elsewhere/a.yaml"))
    assert [one.message for one in loaded.findings] == ["record is 'activity', a file at this place has None"]
    assert loaded.model is None and loaded.tree is not None and loaded.revision == ""


def test_a_draft_keeps_what_its_spans_do_not_hold() -> None:
    text = (TOY / BRIEF).read_text("utf-8").replace("start: 57, end: 70", "start: 58, end: 71")
    loaded = store.loads(text, Path("f.yaml"), PurePosixPath(BRIEF), "7")
    assert loaded.model is None and loaded.draft is not None and loaded.draft.mentions[1].start == 58
    assert loaded.tree is not None and loaded.revision == "7" and loaded.relative == PurePosixPath(BRIEF)
    assert (loaded.path, loaded.record) == (Path("f.yaml"), "article")
    [(*place, message, fix)] = [told(one) for one in loaded.findings]
    assert place == ["KC201", "mentions[1].text", 20, 40]
    assert message.startswith("the quote is ") and fix == "the nearest place of the quote is start: 57, end: 70"


@pytest.mark.parametrize(("old", "new"), [("schema_version: 1", "schema_version: 2"), ("kind: training", "kind: 5")])
def test_an_invalid_file_keeps_its_kind_and_its_revision(old: str, new: str) -> None:
    text = (TOY / COURSE).read_text("utf-8").replace(old, new)
    loaded = store.loads(text, Path("f.yaml"), PurePosixPath(COURSE), "7")
    assert (loaded.path, loaded.record, loaded.revision, loaded.model) == (Path("f.yaml"), "activity", "7", None)
    assert loaded.findings and loaded.tree is not None


def test_places_in_a_file() -> None:
    loaded = store.read_file(TOY / COURSE, TOY)
    path = str(TOY / COURSE)
    assert loaded.location(("participants", 1, "role")) == Location(path, 14, 36, "participants[1].role")
    assert loaded.location() == Location(path, 2, 1, "") and loaded.location(7) == Location(path, 7)
    unread = store.loads("a: [", TOY / COURSE, PurePosixPath(COURSE))
    assert unread.location(("title",)) == Location(path, 1, 1, "title")


def test_a_fault_of_a_whole_record_without_a_fix_of_its_own() -> None:
    class Pair(BaseModel):
        low: int

        @model_validator(mode="after")
        def _check(self) -> Pair:
            raise PydanticCustomError("pair", "Nothing is right", {})

    with pytest.raises(ValidationError) as caught:
        Pair(low=1)
    [one] = to_findings(caught.value, "f.yaml", _yaml.loads("a: 1\n", "f.yaml"))
    assert told(one) == ("KC003", "", 1, 1, "nothing is right", "see schema.yaml")


# -- files that are not read at all --------------------------------------------------------------------------


def read(path: Path, root: Path) -> tuple[str, str, str]:
    loaded = store.read_file(path, root)
    [finding] = loaded.findings
    assert finding.severity == "error" and finding.location.path == str(path) and loaded.model is None
    return finding.code, finding.message, finding.fix


def test_a_file_at_no_records_place(toy_copy: Path) -> None:
    (toy_copy / "notes.yaml").write_text("a: 1\n", encoding="utf-8")
    told = read(toy_copy / "notes.yaml", toy_copy)
    assert told == ("KC002", "no record belongs at this place", f"a corpus root holds {', '.join(FOLDERS)}")


def test_a_link_out_of_the_corpus(toy_copy: Path, tmp_path: Path) -> None:
    outside = tmp_path / "nurse-course.yaml"
    (toy_copy / COURSE).rename(outside)
    (toy_copy / COURSE).symlink_to(outside)
    wanted = ("KC002", "a link to a file outside the corpus", "put the file itself here")
    assert read(toy_copy / COURSE, toy_copy) == read(outside, toy_copy) == wanted
    (toy_copy / COURSE).unlink()
    (toy_copy / "activities/x.yaml").symlink_to(toy_copy / "activities/2021-floating-clinic-phnom-penh.yaml")
    inside = store.read_file(toy_copy / "activities/x.yaml", toy_copy)
    assert inside.findings == () and inside.relative == PurePosixPath("activities/x.yaml")


def test_bytes_that_are_no_text(toy_copy: Path) -> None:
    (toy_copy / COURSE).write_bytes(b"record: activity\ntitle: \xff\n")
    assert read(toy_copy / COURSE, toy_copy) == (
        "KC001", "not UTF-8: byte 0xff at offset 24", "save the file as UTF-8",
    )  # fmt: skip
    loaded = store.read_file(toy_copy / COURSE, toy_copy)
    assert loaded.findings[0].location.line == 2 and loaded.record == "activity"
    assert not store.read_corpus(toy_copy).knows("activities", "course")
    assert store.read_corpus(toy_copy).knows("activities", "nurse-course")  # told once, at the file


def test_a_file_read_by_itself_is_as_in_the_corpus(toy_root: Path) -> None:
    one = store.read_file(toy_root / BRIEF, toy_root)
    [same] = [loaded for loaded in store.read_corpus(toy_root).files if loaded.path == toy_root / BRIEF]
    assert (one.model, one.findings, one.record) == (same.model, same.findings, same.record)
    assert one.revision == revision(toy_root / BRIEF)
    assert one.relative == same.relative == PurePosixPath(BRIEF) and one.record == "article"


def test_a_second_record_of_an_id(toy_copy: Path) -> None:
    (toy_copy / "activities/z.yaml").write_bytes((toy_copy / COURSE).read_bytes())
    contents = store.read_corpus(toy_copy)
    [finding] = contents.findings
    place = contents.place("activities", "nurse-course")
    assert (finding.code, finding.severity, finding.fix) == ("KC101", "error", "give it an id of its own")
    assert finding.message == f"id 'nurse-course' is taken by {place}"
    assert finding.location == Location(str(toy_copy / "activities/z.yaml"), 4, 5, "id")
    assert place == Location(str(toy_copy / COURSE), 4, 5, "id")


def test_a_second_source_of_an_id_hides_none_behind_it(toy_copy: Path) -> None:
    path = toy_copy / "sources.yaml"
    head, first, rest = re.split(r"(?m)^(?=  - id: )", path.read_text("utf-8"), maxsplit=2)
    path.write_text(head + first + first + rest, "utf-8")
    contents = store.read_corpus(toy_copy)
    [finding] = contents.findings
    line = (head + first).count("\n") + 1
    assert finding.location == Location(str(path), line, 9, "sources[1].id") and len(contents.sources) == 4


def test_where_a_second_reading_is_told(toy_root: Path) -> None:
    name = "first/2022-nurses-for-the-boats"
    place = store.read_corpus(toy_root).place("layers", name)
    assert (place.path, place.field) == (str(toy_root / f"layers/{name}.yaml"), "article")
    line = Path(place.path).read_text("utf-8").split("\n")[place.line - 1]
    assert line[place.column - 1 :].strip('"') == "2022-nurses-for-the-boats"


# -- places of records ---------------------------------------------------------------------------------------


def test_no_corpus_says_how_to_begin_one(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        store.find_root(tmp_path)
    assert caught.value.where == str(tmp_path)
    assert caught.value.message == "no corpus here: no schema.yaml in this folder or above"
    assert caught.value.fix == "write one with: khkr schema --output"


def test_where_a_second_reading_stands(toy_root: Path) -> None:
    for loaded in store.read_corpus(toy_root).files:
        if isinstance(loaded.model, Layer):
            assert expected_path(loaded.model) == loaded.relative


@pytest.mark.parametrize(
    ("relative", "wanted"),
    [("release.yaml", "schema.yaml"), (COURSE, "../schema.yaml"), (BRIEF, "../../schema.yaml")],
)
def test_where_an_editor_finds_the_schema(relative: str, wanted: str) -> None:
    assert modeline(PurePosixPath(relative)) == wanted


def test_what_looks_like_a_record_is_told_word_by_word(toy_copy: Path) -> None:
    for name in ("activities/a.yml", "article/a.yaml", "pyproject.json", "sources.yml", f"{COURSE}.conflict-1234abcd"):
        (toy_copy / name).parent.mkdir(exist_ok=True)
        (toy_copy / name).write_text("a: 1\n", encoding="utf-8")
    told = {
        Path(one.location.path).relative_to(toy_copy).as_posix(): (one.code, one.severity, one.message, one.fix)
        for one in store.read_corpus(toy_copy).findings
    }
    assert told == {
        "activities/a.yml": ("KC002", "error", "a name that ends in .yml is not read", "rename it to a.yaml"),
        "article": (
            "KC002", "warning", "the folder is no part of a corpus, so nothing in it is read, such as a.yaml",
            "did you mean articles?",
        ),
        "pyproject.json": (
            "KC002", "warning", "no file of a corpus, so not read", f"a corpus holds {', '.join(FOLDERS)}",
        ),
        "sources.yml": ("KC002", "warning", "no file of a corpus, so not read", "did you mean sources.yaml?"),
        f"{COURSE}.conflict-1234abcd": (
            "KC002", "warning", "a version that was refused because the file had changed",
            "take what you need of it into nurse-course.yaml, then remove it",
        ),
    }  # fmt: skip
