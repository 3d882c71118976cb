"""Reading part of a corpus: a file, a folder, the entities alone; what is beside it doesn't matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kh_kr_corpus import store
from kh_kr_corpus.errors import ConflictError, EnvironmentFailure, InputError, InvalidFileError
from kh_kr_corpus.store import read_below
from kh_kr_corpus.store.log import Log
from kh_kr_corpus.store.reader import read_folder

BRIEF = "articles/2022/2022-nurses-for-the-boats.yaml"


def names(root: Path, place: str) -> list[str]:
    return [loaded.relative.as_posix() for loaded in read_below(root / place)]


def test_the_files_below_a_place(toy_root: Path) -> None:
    assert names(toy_root, BRIEF) == [BRIEF]
    assert names(toy_root, "articles/2022") == [BRIEF]
    assert names(toy_root, "sources.yaml") == ["sources.yaml"]
    everything = names(toy_root, "")
    assert everything == [loaded.relative.as_posix() for loaded in store.read_corpus(toy_root).files]
    assert names(toy_root, "articles") == [name for name in everything if name.startswith("articles/")]
    assert [loaded.model for loaded in read_below(toy_root / BRIEF)] == [
        store.read_file(toy_root / BRIEF, toy_root).model
    ]


def test_below_a_link_into_the_corpus(toy_copy: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(toy_copy / "articles")
    assert [loaded.relative.as_posix() for loaded in read_below(tmp_path / "link" / "2022")] == [BRIEF]


def test_nothing_below_a_place_is_said(toy_copy: Path, tmp_path: Path) -> None:
    (toy_copy / "articles" / "empty").mkdir()
    for place in ("articles/empty", "schema.yaml"):
        with pytest.raises(InputError) as caught:
            list(read_below(toy_copy / place))
        assert (caught.value.where, caught.value.message) == (str(toy_copy / place), "no file of the corpus is here")
        assert caught.value.fix == f"its root is {toy_copy.resolve()}"
    with pytest.raises(EnvironmentFailure, match="gone: no such file or folder"):
        list(read_below(toy_copy / "gone"))
    with pytest.raises(InputError, match="no corpus here"):
        list(read_below(tmp_path))


@pytest.mark.parametrize(
    ("read", "folder", "ids"),
    [
        (store.read_entities, "entities", {"organisation/koica", "person/chea-rithy"}),
        (store.read_layers, "layers", {"first/2022-nurses-for-the-boats", "second/2022-nurses-for-the-boats"}),
    ],
)
def test_one_folder_whatever_is_wrong_with_the_others(
    toy_copy: Path, read: Callable[[Path], Mapping[str, object]], folder: str, ids: set[str]
) -> None:
    whole = read(toy_copy)
    assert read_folder(toy_copy, folder).root == toy_copy
    assert set(whole) >= ids or folder == "entities"
    (toy_copy / BRIEF).write_text("a: [1\n", encoding="utf-8")
    assert read(toy_copy) == whole
    bad = toy_copy / folder / ("x/a.yaml" if folder == "layers" else "place.yaml")
    bad.parent.mkdir(exist_ok=True)
    bad.write_text("a: [1\n", encoding="utf-8")
    with pytest.raises(InvalidFileError) as caught:
        read(toy_copy)
    assert caught.value.where == str(toy_copy)
    assert [finding.location.path for finding in caught.value.findings] == [str(bad)]


def test_second_readings_are_left_out_where_nobody_asks_for_them(toy_copy: Path) -> None:
    part = store.read_corpus(toy_copy, whole=False)
    assert part.layers == {} and store.read_corpus(toy_copy).layers
    assert {loaded.relative.parts[0] for loaded in part.files}.isdisjoint({"layers", "records"})
    (toy_copy / "records/toy-aid.yaml").write_text("a: [1\n", encoding="utf-8")
    assert store.read_corpus(toy_copy, whole=False, strict=True).findings == []
    assert [f.code for f in store.read_corpus(toy_copy).findings] == ["KC001"]
    with pytest.raises(InvalidFileError):
        store.read_corpus(toy_copy, strict=True)


# -- one more entity, and a new corpus ------------------------------------------------------------------------


def test_an_entity_is_added_to_the_file_of_its_type_or_nothing_is(toy_copy: Path) -> None:
    koica = store.read_entities(toy_copy)["organisation/koica"]
    path = toy_copy / "entities/organisation.yaml"
    before = path.read_bytes()
    with pytest.raises(ConflictError, match="the id 'organisation/koica' is taken; nothing was written"):
        store.add_entity(koica, toy_copy)
    with pytest.raises(InvalidFileError, match="exactly one English name"):
        store.add_entity(koica.model_copy(update={"id": "organisation/x", "names": koica.names * 2}), toy_copy)
    assert path.read_bytes() == before
    store.add_entity(koica.model_copy(update={"id": "organisation/x"}), toy_copy)
    assert store.read_entities(toy_copy)["organisation/x"].names == koica.names
    path.write_text("a: [1\n", encoding="utf-8")
    with pytest.raises(InvalidFileError, match="KC001"):
        store.add_entity(koica.model_copy(update={"id": "organisation/y"}), toy_copy)
    path.unlink()
    assert store.add_entity(koica, toy_copy) == path
    assert "organisation/koica" in store.read_entities(toy_copy)


def test_a_new_corpus_is_made_where_nothing_is(toy_root: Path, tmp_path: Path) -> None:
    assert store.new_corpus(tmp_path / "new", toy_root) == len(list((tmp_path / "new").rglob("*.yaml")))
    assert store.read_entities(tmp_path / "new") == store.read_entities(toy_root)
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    for place in (tmp_path / "new", tmp_path / "link"):
        with pytest.raises(InputError, match="exists and is not empty"):
            store.new_corpus(place, toy_root)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(EnvironmentFailure, match="file: cannot be read: Not a directory"):
        store.new_corpus(tmp_path / "file", toy_root)


def test_a_place_that_may_not_be_looked_at_gets_no_corpus(
    toy_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = Path.exists

    def exists(path: Path) -> bool:
        if path == tmp_path / "secret":
            raise PermissionError(13, "Permission denied", str(path))
        return really(path)

    (tmp_path / "secret").mkdir()
    monkeypatch.setattr(Path, "exists", exists)
    with pytest.raises(EnvironmentFailure, match="secret: cannot be read: Permission denied"):
        store.new_corpus(tmp_path / "secret", toy_root)
    assert list((tmp_path / "secret").iterdir()) == []


def test_a_journal_that_was_taken_away_is_said(tmp_path: Path) -> None:
    log = Log(tmp_path / "journal")
    log.append(["a"])
    assert log.read() == ["a"]
    (tmp_path / "journal").unlink()
    with pytest.raises(EnvironmentFailure, match="journal: cannot be read: No such file"):
        log.read()
    log.close()
