"""What PyYAML takes and YAML 1.2 forbids, and the bounds of a file: refused with line, column and field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml

from kh_kr_corpus import _yaml
from kh_kr_corpus._yaml import loads
from kh_kr_corpus.errors import YamlError

# name, text, line, column, field; PyYAML reads every one of them
LAX = [
    # libyaml takes the first, PyYAML without it does not
    ("comment touches a block's mark", "a: |#c\n  x\n", 1, 5, None),
    ("bracket at the margin", "a: [1,\n2]\n", 2, 1, "a"),
    ("bracket closed at the margin", "a: [\n  1\n]\n", 3, 1, "a"),
    ("brace at the margin", "a:\n  b: {c: 1,\n  d: 2}\n", 3, 3, "a.b"),
    ("bracket in a list", "- [1,\n2]\n", 2, 1, "[0]"),
    ("bracket in an indented list", "a:\n  - x\n  - [1,\n  2]\n", 4, 3, "a[1]"),
    ("bracket within a bracket", "a: [[1,\n  2], [\n3]]\n", 3, 1, "a"),
    ("bracket in a mapping of a list", "- a: [1,\n  2]\n", 2, 3, "[0].a"),
    ("double quotes at the margin", 'a: "x\ny"\n', 2, 1, "a"),
    ("single quotes at the margin", "a: 'x\n\n\ny'\n", 4, 1, "a"),
    ("quotes closed at the margin", 'a: "x\n"\n', 2, 1, "a"),
    ("quotes in a list", 'b:\n  - "x\n  y"\n', 3, 3, "b[0]"),
    ("quotes in a bracket", 'a: ["x\ny"]\n', 2, 1, "a[0]"),
    ("a # in quotes at the margin", 'a: "x\n# y"\n', 2, 1, "a"),
    ("a long key in quotes at the margin", 'a:\n  ? "x\n  y"\n  : 1\n', 3, 3, "a"),
    ("comment touches a quote", 'a: 1\nb: "x"# c\n', 2, 7, ""),
    ("comment touches a bracket", "a: [1]#c\n", 1, 7, ""),
    ("comment touches a comma", "a: [1,#c\n  2]\n", 1, 7, ""),
    ("comment touches a colon in a brace", 'a: {"b":#c\n  1}\n', 1, 9, ""),
    ("lone dash", "a: [-]\n", 1, 5, "a[0]"),
    ("lone dash before a comma", "- [-, 1]\n", 1, 4, "[0][0]"),
    ("lone dash in a brace", "{a: -}\n", 1, 5, "a"),
    ("blank line longer than what looks like a comment", "a: >\n   \n # x\nb: 1\n", 3, 2, "a"),
    ("the same in a list", "- |\n     \n  # x\n- 1\n", 3, 3, "[0]"),
]  # fmt: skip
# The nearest texts that YAML 1.2 allows.
RIGHT = [
    ("a: [1,\n 2]\n", {"a": [1, 2]}),
    ("[1,\n2\n]\n", [1, 2]),
    ("{a: 1,\nb: 2\n}\n", {"a": 1, "b": 2}),
    ("a: [1,\n# remark\n 2]\n", {"a": [1, 2]}),
    ("a: [1,\n\n\n 2]\r\n", {"a": [1, 2]}),
    ("- [1,\n 2]\n", [[1, 2]]),
    ("a:\n- [1,\n 2]\n", {"a": [[1, 2]]}),
    ('"x\ny"\n', "x y"),
    ('a: "x\n y"\n', {"a": "x y"}),
    ('a: "x\n\n y"\n', {"a": "x\ny"}),
    ('a: "x\n # y"\n', {"a": "x # y"}),
    ("a: 'x\n\n\n y'\n", {"a": "x\n\ny"}),
    ('a: "x" # c\n', {"a": "x"}),
    ("a: [1, #c\n  2]\n", {"a": [1, 2]}),
    ("a: | #c\n  x\n", {"a": "x\n"}),
    ("a: x#y\nb: [x#y]\n'c#d': \"#\"\n", {"a": "x#y", "b": ["x#y"], "c#d": "#"}),
    ("a: [-1, -x, --]\n", {"a": [-1, "-x", "--"]}),
    ("a: ['-']\n", {"a": ["-"]}),
    ("a: |\n\n \n  x\n", {"a": "\n\nx\n"}),
    ("a: |\n  x\n      \n  y\n", {"a": "x\n    \ny\n"}),
    ("a: |2\n     \n  x\n", {"a": "   \nx\n"}),
    ("a: >\n   \nb: 1\n", {"a": "", "b": 1}),
]


@pytest.fixture(params=["libyaml", "python"], autouse=True)
def _both_loaders(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if request.param == "python":
        monkeypatch.setattr(_yaml.reading, "_Loader", yaml.SafeLoader)
    yield


@pytest.mark.parametrize(("text", "line", "column", "field"), [row[1:] for row in LAX], ids=[row[0] for row in LAX])
def test_what_pyyaml_lets_pass_is_refused(text: str, line: int, column: int, field: str | None) -> None:
    with pytest.raises(YamlError) as caught:
        loads(text, "f.yaml")
    error = caught.value
    assert (error.line, error.column) == (line, column), str(error)
    assert field in (None, error.field)
    assert error.fix
    assert yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - the control takes it


@pytest.mark.parametrize(("text", "data"), RIGHT, ids=[repr(text) for text, _ in RIGHT])
def test_its_right_neighbour_is_read(text: str, data: object) -> None:
    assert loads(text).data == data


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("mentions:\n  - {id: m1}\n  - {id: m2, end: &x 3}\n", "mentions[1].end"),
        ("a:\n  b: [1, {c: *x}]\n", "a.b[1].c"),
        ("a: 1\nb:\n  c: 1\n  c: 2\n", "b.c"),
        ("a:\n  - b: [1, 2\nc: 3\n", "a[0].b[1]"),
        ("a:\n  - 'x\n", "a"),
        ("a:\n  - b: @x\n", "a[0].b"),
        ("a:\n  - b: 1\n  - c: -1e999\n", "a[1].c"),
        ("a: {b: [[[1e999]]]}\n", "a.b[0][0][0]"),
        ("&x a: 1\n", ""),
    ],
)
def test_an_error_names_the_field_that_it_struck(text: str, field: str) -> None:
    with pytest.raises(YamlError) as caught:
        loads(text, "f.yaml")
    error = caught.value
    assert error.field == field
    assert str(error).startswith(f"f.yaml:{error.line}:{error.column}: {field + ': ' if field else ''}")


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small bounds, so that a test need not build a large file to reach them."""
    for name, value in (("MAX_VALUES", 500), ("MAX_SCALAR", 1500), ("MAX_BYTES", 9000)):
        monkeypatch.setattr(_yaml.reading, name, value)


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("tail", ["", " # a comment"])
def test_too_many_values_are_refused_where_they_become_too_many(tail: str) -> None:
    taken = loads("a: [" + "1," * 497 + f"]{tail}\n").data["a"]
    assert len(taken) == 497  # the key and the two collections count
    for text, line in (
        ("a: [" + "1," * 1000 + f"]{tail}\n", 1),
        (f"- []{tail}\n" * 501, 500),
        (f"- a:{tail}\n" * 401, 167),
    ):
        with pytest.raises(YamlError, match=r"more than 500 keys and values") as caught:
            loads(text)
        assert caught.value.line == line
    with pytest.raises(YamlError, match="more than 500 lines with a comment"):
        loads("#\n" * 501)


@pytest.mark.usefixtures("_small")
def test_too_long_a_string_is_refused() -> None:
    assert len(loads("a: " + "x" * 1500).data["a"]) == 1500
    for text in ("a: 1\nb: " + "x" * 1501, "- |\n  " + "x" * 1500 + "\n", '- "' + "\\x41" * 1501 + '"'):
        with pytest.raises(YamlError, match=r"over the limit of 1,500") as caught:
            loads(text)
        assert caught.value.field in ("b", "[0]")
    with pytest.raises(YamlError, match=r"over the limit of 9,000"):
        loads("#" * 9001)


def test_only_the_very_modeline_is_no_comment() -> None:
    assert loads("# yaml-language-server: $schema=../x.yaml\na: 1\n").comments == ()
    assert loads("# yaml-language-server: $schema=x # mine\na: 1\n").comments == (1,)
    assert loads("a: 1\n# yaml-language-server: $schema=x\n").comments == (2,)
    assert loads("a: 1 # see yaml-language-server: it is good\n").comments == (1,)


def test_a_byte_order_mark_moves_no_column() -> None:
    assert loads("\ufeffa: 1\n").mark(("a",)) == loads("a: 1\n").mark(("a",)) == (1, 4)
    assert loads('\ufeffa: "x#"\n').comments == ()


def test_positions_count_characters_whatever_their_size() -> None:
    tree = loads('a: "👩🏻‍🚒 # no" # yes\r\n한국: ["ភ្នំ​ពេញ",\r\n  "𐀀#"]\n')
    assert tree.comments == (1,)
    assert tree.data == {"a": "👩🏻‍🚒 # no", "한국": ["ភ្នំ​ពេញ", "𐀀#"]}
    with pytest.raises(YamlError) as caught:
        loads("a: 👩🏻‍🚒𐀀\n한국: [𐀀]# x\n")
    assert (caught.value.line, caught.value.column) == (2, 8)
    with pytest.raises(YamlError) as caught:
        loads("a: 👩🏻‍🚒𐀀\n한국: [𐀀,\n𐀀]\n")
    assert (caught.value.line, caught.value.column) == (3, 1)
