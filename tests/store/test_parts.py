"""Reading part of a corpus: a file, a folder, the entities alone; what is beside it doesn't matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kh_kr_corpus import store
from kh_kr_corpus.errors import EnvironmentFailure, InputError, InvalidFileError
from kh_kr_corpus.store import read_below

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
