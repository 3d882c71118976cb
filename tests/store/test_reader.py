"""Reading a corpus: every fault is a finding at its place, and what is sound is still read."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from kh_kr_corpus import store
from kh_kr_corpus.errors import EnvironmentFailure, InputError, InvalidFileError
from kh_kr_corpus.findings import Finding
from kh_kr_corpus.models import Activity, Article
from kh_kr_corpus.store.layout import expected_path, record_of

TOY = Path(__file__).parents[1] / "toy"
FILES = sum(1 for _ in TOY.rglob("*.yaml")) - 1  # the schema is no record
BRIEF = "articles/2022/2022-nurses-for-the-boats.yaml"


def only(findings: list[Finding] | tuple[Finding, ...]) -> Finding:
    assert len(findings) == 1, [str(finding) for finding in findings]
    return findings[0]


def test_the_toy_reads_whole(toy_root: Path) -> None:
    contents = store.read_corpus(toy_root)
    assert contents.findings == []
    assert set(contents.articles) == {
        "2021-clinic-opens",
        "2022-nurses-for-the-boats",
        "2023-boat-diary-ko",
        "river-clinics-deserve-more",
    }
    assert set(contents.synthetic) == {"synthetic-khmer-notice"}
    assert len(contents.activities) == 3
    assert len(contents.entities) == 11
    assert len(contents.sources) == 4
    place = contents.place("entities", "place/phnom-penh")
    line = Path(place.path).read_text(encoding="utf-8").split("\n")[place.line - 1]
    assert line == "  - id: place/phnom-penh"
    assert line[place.column - 1 :] == "place/phnom-penh"


def test_an_empty_corpus_reads_as_empty(tmp_path: Path) -> None:
    contents = store.read_corpus(tmp_path)
    assert contents.files == []
    assert contents.findings == []


def test_strict_reading_raises_with_all_findings(toy_copy: Path) -> None:
    for name in (BRIEF, "activities/nurse-course.yaml"):
        path = toy_copy / name
        path.write_text(path.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    with pytest.raises(InvalidFileError) as caught:
        store.read_corpus(toy_copy, strict=True)
    files = {Path(finding.location.path).name for finding in caught.value.findings}
    assert files == {Path(BRIEF).name, "nurse-course.yaml"}
    assert str(caught.value).count("\n") == len(caught.value.findings) - 1


@pytest.mark.parametrize(
    ("change", "code", "line", "word"),
    [
        (lambda d: d.replace(b"  The Ministry", b"  Th\xe9 Ministry"), "KC001", 15, "not UTF-8"),
        (lambda d: d.decode().encode("utf-16"), "KC001", 1, "not UTF-8"),
        (lambda d: d + b"#" * 16_000_000, "KC001", 1, "over the limit"),
        (lambda _: b"", "KC002", 1, "holds no fields"),
        (lambda _: b"- a\n- b\n", "KC002", 1, "holds no fields"),
        (lambda _: b"# only a comment\n", "KC002", 1, "holds no fields"),
        (lambda d: d + b"---\na: 1\n", "KC001", 66, "second document"),
        (lambda d: d.replace(b"genre: brief", b"\tgenre: brief"), "KC001", 8, "U+0009"),
        (lambda d: d.replace(b"record: article", b"record: activity"), "KC002", 2, "activity"),
        (lambda d: d.replace(b"schema_version: 1", b"schema_version: 2"), "KC002", 3, "2"),
        (lambda d: d.replace(b"schema_version: 1", b"schema_version: true"), "KC002", 3, "True"),
        (lambda d: d.replace(b"schema_version: 1", b'schema_version: "1"'), "KC002", 3, "'1'"),
        (lambda d: d.replace(b"record: article\n", b""), "KC002", 2, "None"),
        (lambda d: d.replace(b"\n", b"\r\n").replace(b"genre:", b"gerne:"), "KC003", 8, "no field 'gerne'"),
        (lambda d: b"\xef\xbb\xbf" + d.replace(b"genre:", b"gerne:"), "KC003", 8, "no field 'gerne'"),
    ],
)  # fmt: skip
def test_a_broken_file_is_one_finding_and_the_rest_is_read(
    toy_copy: Path, change: Callable[[bytes], bytes], code: str, line: int, word: str
) -> None:
    path = toy_copy / BRIEF
    path.write_bytes(change(path.read_bytes()))
    contents = store.read_corpus(toy_copy)
    finding = only(contents.findings)
    assert (finding.code, finding.location.path, finding.location.line) == (code, str(path), line)
    assert word in finding.message
    assert finding.fix
    assert len(contents.articles) == 3
    assert len(contents.files) == FILES
    broken = next(loaded for loaded in contents.files if loaded.path == path)
    assert broken.model is None


@pytest.mark.parametrize("change", [lambda d: d.replace(b"\n", b"\r\n"), lambda d: b"\xef\xbb\xbf" + d])
def test_line_ends_and_a_bom_change_no_value(toy_copy: Path, change: Callable[[bytes], bytes]) -> None:
    path = toy_copy / BRIEF
    model = store.read_file(path, toy_copy).model
    path.write_bytes(change(path.read_bytes()))
    loaded = store.read_file(path, toy_copy)
    assert loaded.findings == ()
    assert loaded.model == model


def test_a_bad_file_keeps_its_tree(toy_copy: Path) -> None:
    path = toy_copy / BRIEF
    path.write_bytes(path.read_bytes().replace(b"origin: brief", b"origin: breif"))
    loaded = store.read_file(path, toy_copy)
    assert loaded.model is None
    assert loaded.tree is not None
    assert loaded.tree.data["origin"] == "breif"
    assert only(loaded.findings).location.field == "origin"


def test_every_fault_of_a_file_is_told_at_once(toy_copy: Path) -> None:
    path = toy_copy / BRIEF
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("genre: brief", "genre: breif"),
        ("start: 4,", 'start: "4",'),
        ("kind: training", "kynd: training"),
    ):
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    found = store.read_file(path, toy_copy).findings
    assert {(f.code, f.location.field, f.location.line) for f in found} == {
        ("KC301", "genre", 8),
        ("KC003", "mentions[0].start", 19),
        ("KC003", "initiatives[0].kynd", 30),
        ("KC003", "initiatives[0].kind", 28),  # missing now: told where the initiative begins
    }


@pytest.mark.parametrize(
    "place",
    [
        "articles/a.yaml", "articles/2022/deeper/a.yaml", "activities/x/a.yaml", "entities/planet.yaml",
        "synthetic/x/a.yaml", "entities/place/a.yaml",
    ],
)  # fmt: skip
def test_a_file_in_no_records_place(toy_copy: Path, place: str) -> None:
    (toy_copy / place).parent.mkdir(parents=True, exist_ok=True)
    (toy_copy / place).write_text("a: 1\n", encoding="utf-8")
    finding = only(store.read_corpus(toy_copy).findings)
    assert finding.code == "KC002"
    assert finding.location.path == str(toy_copy / place)
    assert "articles" in finding.fix


def test_a_second_record_of_an_id_is_told_and_the_first_stays(toy_copy: Path) -> None:
    text = (toy_copy / BRIEF).read_text(encoding="utf-8")
    (toy_copy / "articles/2022/a-second.yaml").write_text(text, encoding="utf-8")
    text = (toy_copy / "synthetic/synthetic-khmer-notice.yaml").read_text(encoding="utf-8")
    other = text.replace("synthetic-khmer-notice", "2023-boat-diary-ko")
    (toy_copy / "synthetic/2023-boat-diary-ko.yaml").write_text(other, encoding="utf-8")
    contents = store.read_corpus(toy_copy)
    assert [finding.code for finding in contents.findings] == ["KC101", "KC101"]
    assert {Path(f.location.path).name: f.location.line for f in contents.findings} == {
        "a-second.yaml": 4,
        "2023-boat-diary-ko.yaml": 4,
    }
    assert all(":4:5" in finding.message for finding in contents.findings)
    assert contents.articles["2023-boat-diary-ko"].language == "ko"


def test_a_broken_file_is_told_once_and_not_at_every_reference(toy_copy: Path) -> None:
    place = toy_copy / "entities/place.yaml"
    place.write_text(place.read_text(encoding="utf-8").replace("country: KH", "country: Kh", 1), encoding="utf-8")
    contents = store.read_corpus(toy_copy)
    assert contents.entities.keys().isdisjoint({"place/cambodia"})
    assert contents.knows("entities", "place/cambodia")
    assert contents.knows("entities", "organisation/koica")
    assert not contents.knows("entities", "place/atlantis")
    brief = toy_copy / BRIEF
    brief.write_text(brief.read_text(encoding="utf-8").replace("genre: brief", "genre: breif"), encoding="utf-8")
    (toy_copy / "activities/z.yaml").write_bytes((toy_copy / "activities/nurse-course.yaml").read_bytes())
    contents = store.read_corpus(toy_copy)
    assert contents.knows("articles", brief.stem) and not contents.knows("activities", brief.stem)
    assert not contents.knows("activities", "z")  # a sound file has the id that stands in it, whatever its name
    place.write_text("a: [1\n", encoding="utf-8")
    (toy_copy / "sources.yaml").write_text("a: [1\n", encoding="utf-8")
    unread = store.read_corpus(toy_copy)
    assert unread.knows("entities", "place/atlantis")  # nobody can say
    assert not unread.knows("entities", "person/nobody")
    assert unread.knows("sources", "anything")
    assert not unread.knows("activities", "anything")


# -- links ---------------------------------------------------------------------------------------------------


def test_a_link_out_of_the_corpus_is_a_finding(toy_copy: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    (toy_copy / BRIEF).rename(outside)
    (toy_copy / BRIEF).symlink_to(outside)
    contents = store.read_corpus(toy_copy)
    finding = only(contents.findings)
    assert (finding.code, finding.location.path) == ("KC002", str(toy_copy / BRIEF))
    assert "outside" in finding.message


def test_a_link_to_a_second_place_is_a_second_record(toy_copy: Path) -> None:
    (toy_copy / "articles/2022/link.yaml").symlink_to(toy_copy / BRIEF)
    assert only(store.read_corpus(toy_copy).findings).code == "KC101"


def test_a_broken_link_is_no_absent_file(toy_copy: Path) -> None:
    (toy_copy / "activities/link.yaml").symlink_to(toy_copy / "gone.yaml")
    with pytest.raises(EnvironmentFailure, match=r"link\.yaml: cannot be read"):
        store.read_corpus(toy_copy)


def test_a_corpus_behind_a_link(toy_root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(toy_root)
    contents = store.read_corpus(tmp_path / "link")
    assert contents.findings == []
    assert len(contents.files) == FILES
    assert store.find_root(tmp_path / "link" / "articles") == toy_root.resolve()


# -- places --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "record"),
    [
        ("sources.yaml", "sources"), ("entities/person.yaml", "entities"), ("entities/nobody.yaml", None),
        ("activities/a.yaml", "activity"), ("articles/2022/a.yaml", "article"), ("articles/undated/a.yaml", "article"),
        ("articles/a.yaml", None), ("synthetic/a.yaml", "article"), ("x/sources.yaml", None), ("schema.yaml", None),
        ("layers/me/a.yaml", "layer"), ("splits.yaml", "splits"), ("layers/a.yaml", None), ("", None),
    ],
)  # fmt: skip
def test_places_of_records(place: str, record: str | None) -> None:
    assert record_of(PurePosixPath(place)) == record


@pytest.mark.parametrize(
    ("article_id", "date", "origin", "place"),
    [
        ("2023-x", None, "genuine", "articles/2023/2023-x.yaml"),
        ("2023-x", "2021", "genuine", "articles/2023/2023-x.yaml"),
        ("x", "2021-05", "brief", "articles/2021/x.yaml"),
        ("x", "199X", "genuine", "articles/undated/x.yaml"),
        ("x", "../2021", "genuine", "articles/undated/x.yaml"),
        ("x", "XXXX-12", "genuine", "articles/undated/x.yaml"),
        ("x", None, "genuine", "articles/undated/x.yaml"),
        ("2023-x", "2023", "synthetic", "synthetic/2023-x.yaml"),
    ],
)
def test_expected_places(toy_root: Path, article_id: str, date: str | None, origin: str, place: str) -> None:
    article = store.read_corpus(toy_root).articles["river-clinics-deserve-more"]
    made = Article.model_validate(article.model_dump() | {"id": article_id, "date": date, "origin": origin})
    assert expected_path(made).as_posix() == place
    assert record_of(expected_path(made)) == "article"
    assert store.path_of(made, Path("/c")) == Path("/c") / place


def test_every_toy_record_stands_in_its_place(toy_root: Path) -> None:
    for loaded in store.read_corpus(toy_root).files:
        if isinstance(loaded.model, (Article, Activity)):
            assert loaded.relative == expected_path(loaded.model)


def test_the_root_is_the_nearest_folder_with_a_schema(toy_copy: Path) -> None:
    assert store.find_root(toy_copy) == toy_copy.resolve()
    assert store.find_root(toy_copy / BRIEF) == toy_copy.resolve()
    assert store.find_root(toy_copy / "articles" / "nothing-yet") == toy_copy.resolve()
    (toy_copy / "articles" / "schema.yaml").write_text("", encoding="utf-8")
    assert store.find_root(toy_copy / BRIEF) == (toy_copy / "articles").resolve()


def test_no_corpus_here() -> None:
    with tempfile.TemporaryDirectory() as name, pytest.raises(InputError) as caught:
        store.find_root(Path(name))
    assert name in str(caught.value)
    assert "schema.yaml" in str(caught.value)
    assert caught.value.fix
