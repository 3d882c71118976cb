"""Reading files: what the machine or the encoding refuses has a name, a place and a fix."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kh_kr_corpus.errors import EnvironmentFailure, InputError
from kh_kr_corpus.store.files import decode, read_bytes, read_text, revision_of, scan


@pytest.fixture
def guarded() -> Iterator[Path]:
    """A folder that everybody can reach, whose ``secret`` nobody else can read; run as somebody else."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        root.chmod(0o755)
        (root / "secret").mkdir()
        (root / "secret" / "a.yaml").write_text("a", encoding="utf-8")
        (root / "secret.txt").write_text("a", encoding="utf-8")
        (root / "secret").chmod(0o000)
        (root / "secret.txt").chmod(0o000)
        was = os.geteuid()
        if was == 0:
            os.seteuid(65534)
        try:
            yield root
        finally:
            os.seteuid(was)
            (root / "secret").chmod(0o755)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailure) as caught:
        read_text(tmp_path / "gone.txt")
    assert str(caught.value) == f"{tmp_path / 'gone.txt'}: cannot be read: No such file or directory"


def test_a_file_that_may_not_be_read(guarded: Path) -> None:
    with pytest.raises(EnvironmentFailure, match="Permission denied"):
        read_text(guarded / "secret.txt")
    with pytest.raises(EnvironmentFailure, match="Permission denied"):
        read_text(guarded / "secret" / "a.yaml")


def test_a_directory(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="directory, not a file"):
        read_text(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(InputError, match="no regular file"):
        read_text(tmp_path / "pipe.yaml")


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(17_000_000)
    with pytest.raises(InputError, match="17,000,000 bytes is over the limit of 16,000,000"):
        read_text(path)
    assert len(read_bytes(path, 17_000_000)) == 17_000_000


@pytest.mark.parametrize(
    ("data", "line", "byte"),
    [
        (b"\xff", 1, "0xff"),
        (b"one\ntwo\nthr\xe9e\n", 3, "0xe9"),
        ("한국\n".encode() + "한국".encode("euc-kr"), 2, "0xc7"),
        ("a\nbé".encode("utf-16"), 1, "0xff"),
        (b"a\n\xed\xa0\x80", 2, "0xed"),  # a surrogate
        (b"a\n\xc0\xaf", 2, "0xc0"),  # an overlong slash
        ("한".encode()[:2], 1, "0xed"),  # cut off
    ],
)
def test_bytes_that_are_not_utf8_are_named_with_their_line(data: bytes, line: int, byte: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_text(path)
    assert caught.value.line == line
    assert byte in caught.value.message
    assert caught.value.fix
    assert str(caught.value).startswith(f"{path}:{line}: not UTF-8")


def test_line_ends_and_bom_reach_the_caller() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\rc\n", "x") == "\ufeffa\r\nb\rc\n"


def test_a_revision_is_of_the_bytes_not_of_the_time(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"one")
    first = revision_of(path.read_bytes())
    os.utime(path, (0, 0))
    assert revision_of(path.read_bytes()) == first
    assert revision_of(b"one ") != first


def test_scan_is_ordered_and_leaves_hidden_ones_out(tmp_path: Path) -> None:
    for name in ("b/2.yaml", "a/10.yaml", "a/.hidden.yaml", ".git/x.yaml", "a/.ipynb_checkpoints/1.yaml", "a/n.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    assert [path.relative_to(tmp_path).as_posix() for path in scan(tmp_path)] == ["a/10.yaml", "b/2.yaml"]
    assert [path.name for path in scan(tmp_path, ".txt")] == ["n.txt"]
    assert list(scan(tmp_path / "gone")) == []


def test_scan_does_not_take_an_unreadable_folder_for_an_empty_one(guarded: Path) -> None:
    with pytest.raises(EnvironmentFailure, match=r"secret: cannot be read: Permission denied"):
        list(scan(guarded))


def test_scan_does_not_pass_over_a_broken_link(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to(tmp_path / "gone.yaml")
    assert [path.name for path in scan(tmp_path)] == ["a.yaml"]
