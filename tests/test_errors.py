"""Errors: one line for a person, an exit code for a script, and alive after pickling."""

from __future__ import annotations

import pickle

import pytest

from kh_kr_corpus import errors
from kh_kr_corpus.errors import (
    ConflictError,
    EnvironmentFailure,
    InputError,
    InvalidFileError,
    KhkrError,
    RightsRefused,
    UnknownNameError,
    VersionError,
    YamlError,
    near,
)
from kh_kr_corpus.findings import Finding, Location

FINDING = Finding("KC003", "error", Location("a.yaml", 4, 2, "title"), "the field 'title' is missing", "add it")

# error, its text, its exit code as the design has it
CASES: list[tuple[KhkrError, str, int]] = [
    (InputError("a.txt", "this is a directory"), "a.txt: this is a directory", 2),
    (InputError("a.txt", "not UTF-8", "save it as UTF-8", 7), "a.txt:7: not UTF-8; save it as UTF-8", 2),
    (YamlError("a.yaml", 3, 9, "alias *x", "write it out"), "a.yaml:3:9: alias *x; write it out", 1),
    (YamlError("a.yaml", 3, 9, "alias *x"), "a.yaml:3:9: alias *x", 1),
    (
        InvalidFileError("a.yaml", (FINDING,)),
        "a.yaml:4:2: error KC003 title: the field 'title' is missing; fix: add it",
        1,
    ),
    (InvalidFileError("a.yaml", ()), "a.yaml: invalid", 1),
    (UnknownNameError("field", "knd", ("kind",)), "no field 'knd'; did you mean 'kind'?", 2),
    (UnknownNameError("field", "qqq"), "no field 'qqq'", 2),
    (
        RightsRefused(("a", "b")),
        "not published: 2 texts are local (a, b); state a right or leave them out",
        2,
    ),
    (
        RightsRefused((), ("c",)),
        "not published: 1 text is somebody else's (c); publish them from the corpus before `attach`",
        2,
    ),
    (VersionError("/x", "2", "1", "get it"), "/x: this is version 1, not 2; get it", 2),
    (EnvironmentFailure("/x", "cannot be read: Permission denied"), "/x: cannot be read: Permission denied", 3),
    (ConflictError("/x", "the file changed since it was read"), "/x: the file changed since it was read", 4),
]


@pytest.mark.parametrize(("error", "text", "code"), CASES, ids=lambda value: type(value).__name__)
def test_text_exit_code_and_pickle(error: KhkrError, text: str, code: int) -> None:
    assert str(error) == text
    assert error.exit_code == code
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(again) is type(error)
    assert str(again) == text
    assert vars(again) == vars(error)


def test_every_public_error_is_in_the_table() -> None:
    public = {getattr(errors, name) for name in errors.__all__ if name != "near"} - {KhkrError}
    assert public == {type(error) for error, _, _ in CASES}


def test_an_unknown_name_is_also_a_lookup_error() -> None:
    with pytest.raises(LookupError):
        raise UnknownNameError("entity", "x")


@pytest.mark.parametrize(
    ("name", "known", "first"),
    [
        ("trainning", ["training", "trade-investment"], "training"),
        ("KOICA", ["koica", "jica"], "koica"),
        ("한국국제협력당", ["한국국제협력단", "보건복지부"], "한국국제협력단"),
    ],
)
def test_near_names_come_best_first(name: str, known: list[str], first: str) -> None:
    assert near(name, known)[0] == first


def test_near_finds_nothing_for_something_else() -> None:
    assert near("zzzz", ["training", "culture"]) == ()
    assert near("", ["training"]) == ()
    assert len(near("aaa", ["aab", "aac", "aad", "aae", "aaf"])) == 3
