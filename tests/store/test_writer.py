"""Writing: what can't be written is refused aloud, and the file is the old one or the new one, never a third."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.store.conftest import NEW, only_file, revision

from kh_kr_corpus import store
from kh_kr_corpus.errors import ConflictError, InputError, InvalidFileError, KhkrError
from kh_kr_corpus.models import Activity, Article
from kh_kr_corpus.store.files import replace_file
from kh_kr_corpus.store.layout import expected_path


def article_of(root: Path, name: str = "2022-nurses-for-the-boats") -> tuple[Article, Path, str]:
    article = store.read_corpus(root).articles[name]
    path = store.path_of(article, root)
    return article, path, revision(path)


# -- what is written -----------------------------------------------------------------------------------------


def test_a_new_article_goes_to_its_place(toy_copy: Path) -> None:
    article, path, _ = article_of(toy_copy)
    renamed = article.model_copy(update={"id": "2024-new"})
    written = store.write(renamed, toy_copy)
    assert written == toy_copy / "articles" / "2024" / "2024-new.yaml"
    assert store.read_file(written, toy_copy).model == renamed
    assert stat.S_IMODE(written.stat().st_mode) == stat.S_IMODE(path.stat().st_mode)


def test_a_changed_article_replaces_what_was_read(toy_copy: Path) -> None:
    article, path, read = article_of(toy_copy)
    changed = article.model_copy(update={"title": "새 제목"})
    store.write(changed, toy_copy, revision=read)
    assert store.read_file(path, toy_copy).model == changed
    store.write(article, toy_copy, revision=revision(path))
    assert revision(path) == read


def test_an_activity_is_written_too(toy_copy: Path) -> None:
    activity = store.read_corpus(toy_copy).activities["nurse-course"]
    assert isinstance(activity, Activity)
    written = store.write(activity.model_copy(update={"id": "other-course"}), toy_copy)
    assert written == toy_copy / "activities" / "other-course.yaml"


def test_the_same_article_gives_the_same_bytes(toy_copy: Path) -> None:
    article, path, read = article_of(toy_copy)
    store.write(article, toy_copy, revision=read)
    assert revision(path) == read


# -- what is refused -----------------------------------------------------------------------------------------


def refused(toy_copy: Path, article: Article, error: type[KhkrError], read: str | None) -> KhkrError:
    """The error, after seeing that no byte and no file of the corpus changed, and which file was added."""
    before = {path: path.read_bytes() for path in toy_copy.rglob("*") if path.is_file()}
    with pytest.raises(error) as caught:
        store.write(article, toy_copy, revision=read)
    kept = getattr(caught.value, "kept", "")
    now = {path: path.read_bytes() for path in toy_copy.rglob("*") if path.is_file()}
    mine = now.pop(Path(kept)).decode("utf-8") if kept else ""
    assert now == before
    assert mine == (store.dumps(article, expected_path(article)) if kept else "")
    return caught.value


def test_somebody_elses_text_is_never_stored(toy_copy: Path, copies: Path) -> None:
    article, _, read = article_of(toy_copy, "2021-clinic-opens")
    text = (copies / "2021-clinic-opens.txt").read_text(encoding="utf-8").strip("\n")
    attached = article.model_copy(update={"text": text})
    error = refused(toy_copy, attached, InputError, read)
    assert not any(line in str(error) for line in text.split("\n"))
    store.write(article, toy_copy, revision=read)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text.replace("forty", "fourty"), "KC201"),
        (lambda text: text.replace("Cambodia", "Kampuchea"), "KC201"),
        (lambda text: text[:100], "KC202"),
        (lambda text: text.replace("Its cost", "Its Cost"), "KC205"),
        (lambda text: text + " \n", "KC206"),
        (lambda text: text.replace("\n", "\r\n"), "KC206"),
        (lambda text: text + "\ne\u0301", "KC206"),
    ],
)
def test_anchors_that_do_not_hold_are_refused(toy_copy: Path, change: Callable[[str], str], code: str) -> None:
    article, path, read = article_of(toy_copy)
    assert article.text is not None
    error = refused(toy_copy, article.model_copy(update={"text": change(article.text)}), InvalidFileError, read)
    assert isinstance(error, InvalidFileError)
    assert code in {finding.code for finding in error.findings}
    assert all(finding.location.path == str(path) for finding in error.findings)


def test_a_record_that_would_read_back_differently_is_refused(toy_copy: Path) -> None:
    article, _, read = article_of(toy_copy)
    built = article.model_copy(update={"title": " not stripped "})  # model_copy checks nothing
    refused(toy_copy, built, InvalidFileError, read)


def test_a_file_that_was_not_read_is_never_overwritten(toy_copy: Path) -> None:
    article, _, _ = article_of(toy_copy)
    error = refused(toy_copy, article, ConflictError, None)
    assert "exists already" in str(error)
    assert isinstance(error, ConflictError)
    assert error.kept == ""  # nothing was read, so nothing was decided


@pytest.mark.parametrize("change", [lambda data: data.replace(b"note: ", b"note:  "), lambda data: data + b"# why\n"])
def test_of_two_versions_both_are_kept(toy_copy: Path, change: Callable[[bytes], bytes]) -> None:
    article, path, read = article_of(toy_copy)
    mine = article.model_copy(update={"title": "Mine"})
    path.write_bytes(change(path.read_bytes()))
    error = refused(toy_copy, mine, ConflictError, read)
    assert isinstance(error, ConflictError)
    assert "changed since" in str(error)
    assert error.exit_code == 4
    assert str(error).endswith(f"yours is kept in {error.kept}")
    assert Path(error.kept).parent == path.parent
    assert Path(error.kept).name.startswith(f"{path.name}.conflict-")
    # once more: the same version, the same file; and the corpus still loads, but is not quiet about it
    with pytest.raises(ConflictError) as again:
        store.write(mine, toy_copy, revision=read)
    assert again.value.kept == error.kept
    finding = next(f for f in store.read_corpus(toy_copy, strict=True).findings)
    assert (finding.code, finding.severity, finding.location.path) == ("KC002", "warning", error.kept)


def test_a_file_that_is_gone_since_it_was_read_does_not_come_back(toy_copy: Path) -> None:
    article, path, read = article_of(toy_copy)
    path.unlink()
    error = refused(toy_copy, article, ConflictError, read)
    assert "is gone" in str(error)
    assert isinstance(error, ConflictError)
    assert error.kept


def test_a_change_while_writing_is_seen(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def meanwhile(handle: int) -> None:
        real(handle)
        target.write_text("somebody else's\n", encoding="utf-8")

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(ConflictError):
        replace_file(target, NEW.encode(), revision(target))
    assert target.read_text(encoding="utf-8") == "somebody else's\n"
    assert only_file(target)


# -- modes, links, derived files -----------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [0o644, 0o664, 0o600, 0o640])
def test_the_files_mode_is_kept(target: Path, mode: int) -> None:
    target.chmod(mode)
    replace_file(target, NEW.encode(), revision(target))
    assert stat.S_IMODE(target.stat().st_mode) == mode


@pytest.mark.parametrize("umask", [0o022, 0o002, 0o077])
def test_a_new_file_gets_the_mode_that_others_get(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        replace_file(tmp_path / "new.yaml", b"x", None)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.yaml").stat().st_mode) == 0o666 & ~umask


def test_a_link_is_followed_not_replaced(toy_copy: Path) -> None:
    article, path, read = article_of(toy_copy)
    real = toy_copy / "articles" / "2022" / "real.text"
    path.rename(real)
    path.symlink_to(real)
    store.write(article.model_copy(update={"title": "Other"}), toy_copy, revision=read)
    assert path.is_symlink()
    assert b"title: Other" in real.read_bytes()


def test_a_link_out_of_the_corpus_is_not_written_through(toy_copy: Path, tmp_path: Path) -> None:
    article, path, read = article_of(toy_copy)
    outside = tmp_path / "outside.yaml"
    path.rename(outside)
    path.symlink_to(outside)
    with pytest.raises(InputError, match="outside the corpus"):
        store.write(article, toy_copy, revision=read)
    assert revision(outside) == read


def test_a_derived_file_has_the_same_guarantees(target: Path) -> None:
    with pytest.raises(ConflictError):
        store.write_text(target, NEW)
    store.write_text(target, NEW, revision=revision(target))
    assert target.read_text(encoding="utf-8") == NEW


# -- bringing a file into canonical form ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"title: Nurses for the clinic boats", b"title:   'Nurses for the clinic boats'"),
        lambda data: data.split(b"\n", 1)[1],
        lambda data: data + b"\n\n",
        lambda data: data.replace(b"language: en\n", b"").replace(b"origin: brief\n", b"origin: brief\nlanguage: en\n"),
    ],
    ids=["CRLF", "BOM", "quotes", "no modeline", "blank lines", "order"],
)
def test_reformat_brings_back_the_very_bytes(toy_copy: Path, change: Callable[[bytes], bytes]) -> None:
    _, path, read = article_of(toy_copy)
    path.write_bytes(change(path.read_bytes()))
    assert revision(path) != read
    assert store.reformat(store.read_file(path, toy_copy)) is True
    assert revision(path) == read
    assert store.reformat(store.read_file(path, toy_copy)) is False


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("title: N", "# why\ntitle: N", 5),
        ("language: en", "language: en # why", 6),
        ("sources: [", "sources: [ # why\n  ", 10),
    ],
)
def test_reformat_never_drops_a_comment(toy_copy: Path, old: str, new: str, line: int) -> None:
    _, path, _ = article_of(toy_copy)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        store.reformat(store.read_file(path, toy_copy))
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert new in path.read_text(encoding="utf-8")


def test_reformat_leaves_a_broken_file_alone(toy_copy: Path) -> None:
    _, path, _ = article_of(toy_copy)
    path.write_bytes(path.read_bytes().replace(b"origin: brief", b"origin:  breif"))
    before = path.read_bytes()
    assert store.reformat(store.read_file(path, toy_copy)) is False
    assert path.read_bytes() == before


def test_a_comment_in_the_file_is_never_dropped(toy_copy: Path) -> None:
    """Writing a record over a file that holds a person's comment is refused, and the file stays."""
    path = sorted((toy_copy / "activities").glob("*.yaml"))[0]
    path.write_bytes(path.read_bytes() + b"# ask the ministry\n")
    loaded = store.read_file(path, toy_copy)
    assert isinstance(loaded.model, Activity)
    before = path.read_bytes()
    with pytest.raises(InputError, match="comment would be lost"):
        store.write(loaded.model, toy_copy, revision=loaded.revision)
    assert path.read_bytes() == before
