"""The one YAML loader and dumper: a strict subset, every refusal with its place, and what is written reads back."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kh_kr_corpus import _yaml
from kh_kr_corpus._yaml import MAX_BYTES, MAX_DEPTH, dumps, field_name, loads
from kh_kr_corpus.errors import YamlError

ERROR_CASES = Path(__file__).parents[1] / "third_party" / "yaml-test-suite"

NFD = unicodedata.normalize("NFD", "한국어")
HOSTILE = [
    "NO", "no", "Yes", "on", "y", "null", "~", "", "true", "False", "1e3", "0o17", "0x1F",
    "012", "1_000", "12:30:00",
    "2023-10-30", ".5", "5.", "+1", "-0", ".inf", ".NaN", "1e400", "9" * 60, "<<", "=", "-",
    "?", ":", "!x", "&a", "*a",
    "%YAML", "---", "...", "- a", "a: b", "a #b", "#", "{", "[a]", "'", '"', "\\", "`", "@",
    "|", ">", "|-\n a", "a,b",
    " lead", "trail ", "\ttab", "a\tb", "a\n", "\na", "a\n\nb\n", "a\n  b", "  a\nb", "a \nb",
    "x\n\u00a0y", "\u00a0\na",
    "a\r\nb", "a\rb", "a\u0085b", "\u2028", "a\n\u2029b", "\ufeffa", "a\n\ufeff", "\x00",
    "\x07\n", "\x1b[0m", "\x7f\n\x9f",
    "\ufffe", "\uffff\na", "👩🏻‍🚒", "한국", NFD, f"{NFD}\n{NFD}", "ភ្នំ\u200bពេញ។", "ក\n\u200bខ",
    "\u202eevil", "a" * 5000, "a\n" * 300,
    "é e\u0301", "日本", "a: |\n  b", "# yaml-language-server: x", "\u3000a\nb", "key: &x",
    "\U0010ffff", "\U000e0041",
]  # fmt: skip
STRINGS = st.sampled_from(HOSTILE) | st.text(max_size=30) | st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join)
SCALARS = (
    STRINGS
    | st.booleans()
    | st.none()
    | st.integers(-(10**38), 10**38)
    | st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(STRINGS, inner, max_size=4), max_leaves=12
)
SOUP_PIECES = [
    "a: ", "- ", "\n", "  ", "? ", ": ", "|", ">2-", "[", "]", "{", "}", ", ", "'",
    '"', "\\u", "\\U00110000", "\\x", "#",
    " ", "&a", "*a", "!!int", "!", "<<", "---", "...", "%YAML 1.2", "%TAG ! x", "1e999", "0",
    "x", "\t", "\r", "\u00a0",
    "\u0085", "\u2028", "\ufeff", "\ud800", "\x00", "한", "ក",
]  # fmt: skip
SOUP = st.lists(st.sampled_from(SOUP_PIECES), max_size=18).map("".join)


# -- what is refused, and where ------------------------------------------------------------------------------

REFUSED = [
    # name, text, line, column, a word of the message
    ("anchor", "a: 1\nb: &x 2\n", 2, 4, "anchor"),
    ("anchor on a mapping", "a: &x\n  b: 1\n", 1, 4, "anchor"),
    ("anchor on a key", "a: 1\n&x b: 2\n", 2, 1, "anchor"),
    ("alias", "a: 1\nb: *x\n", 2, 4, "alias"),
    ("alias as a key", "*x : 1\n", 1, 1, "key"),
    ("tag", "a: 1\nb: !!int 2\n", 2, 4, "tag"),
    ("own tag", "a: !!python/object:os.system x\n", 1, 4, "tag"),
    ("bare tag", "a: ! 12\n", 1, 4, "tag"),
    ("tag on a key", "!!str a: 1\n", 1, 1, "tag"),
    ("merge key", "a: 1\n<<: {b: 2}\n", 2, 1, "merge"),
    ("merge key with an alias", "<<: *x\n", 1, 1, "merge"),
    ("duplicate key", "a: 1\nb: 2\na: 3\n", 3, 1, "first on line 1"),
    ("duplicate key in flow style", "m: {a: 1, b: 2, a: 3}\n", 1, 17, "again"),
    ("duplicate key, quoted", 'a: 1\n"a": 2\n', 2, 1, "again"),
    ("second document", "a: 1\n---\nb: 2\n", 2, 1, "second document"),
    ("list as a key", "? [a]\n: b\n", 1, 3, "key"),
    ("directive", "%YAML 1.1\n---\na: no\n", 1, 1, "directive"),
    ("tag directive", "%TAG ! tag:x,2000:\n---\na: 1\n", 1, 1, "directive"),
    ("tab", "a:\n\tb: 1\n", 2, 1, "U+0009"),
    ("tab behind spaces", "a:\n  \tb: 1\n", 2, 3, "U+0009"),
    ("no-break space", "a:\n\u00a0 b: 1\n", 2, 1, "U+00A0"),
    ("no-break space behind spaces", "a:\n \u00a0b: 1\n", 2, 2, "U+00A0"),
    ("NUL", "a: 1\nb: x\x00y\n", 2, 5, "U+0000"),
    ("control character", "a: \x1b[0m\n", 1, 4, "U+001B"),
    ("DEL", "a: \x7f\n", 1, 4, "U+007F"),
    ("C1 control", "a: 1\nb: x\x9f\n", 2, 5, "U+009F"),
    ("NEL", "a: x\x85y\n", 1, 5, "U+0085"),
    ("line separator", 'a: "x\u2028y"\nb: 1\n', 1, 6, "U+2028"),
    ("lone carriage return", "a: x\rb: y\n", 1, 5, "U+000D"),
    ("lone carriage return before a bell", "a: x\rb: \x07\n", 1, 5, "U+000D"),
    ("bell before a lone carriage return", "a: \x07\rb: y\n", 1, 4, "U+0007"),
    ("non-character", "a: \ufffe\n", 1, 4, "U+FFFE"),
    ("raw surrogate", "a: 1\nb: \ud800\n", 2, 4, "U+D800"),
    ("surrogate as an escape", 'a: 1\nb: "\\ud800"\n', 2, None, ""),
    ("surrogate as an escape in a key", '"\\ud800": 1\n', 1, None, ""),
    ("escape beyond Unicode", 'a: "\\U00110000"\n', 1, None, ""),
    ("unknown escape", 'a: "\\y"\n', 1, None, ""),
    ("half an escape", 'a: "\\u12"\n', 1, None, ""),
    ("depth in flow style", "[" * 3000, 1, MAX_DEPTH + 2, "nesting"),
    ("depth in block style", "- " * 3000, 1, None, "nesting"),
    ("depth by indentation", "".join("  " * n + "a:\n" for n in range(60)), MAX_DEPTH + 2, None, "nesting"),
    ("number of 5,000 digits", "a: 1\nb: " + "1" * 5000 + "\n", 2, 4, "digits"),
    ("number too large for a float", "a: -1e400\n", 1, 4, "too large"),
    ("quote left open", "a: 'x\nb: 1\n", None, None, ""),
    ("bracket left open", "a: [1, 2\nb: 1\n", 2, None, ""),
    ("colon in plain text", "a: b: c\n", 1, 5, ""),
    ("reserved character", "a: @x\n", 1, 4, ""),
    ("list among fields", "a: 1\n- b\n", 2, None, ""),
    ("wrong indentation", "a:\n    b: 1\n  c: 2\n", 3, None, ""),
    ("second document without a mark", "a: 1\n...\nb: 2\n", 3, None, ""),
]


@pytest.fixture(params=["libyaml", "python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """PyYAML with libyaml, as its wheels have it, and without."""
    if request.param == "python":
        monkeypatch.setattr(_yaml.reading, "_Loader", yaml.SafeLoader)
    elif not hasattr(yaml, "CSafeLoader"):
        pytest.skip("this PyYAML was built without libyaml")
    return str(request.param)


@pytest.mark.parametrize(("text", "line", "column", "word"), [row[1:] for row in REFUSED], ids=[r[0] for r in REFUSED])
def test_refused_with_its_place(loader: str, text: str, line: int | None, column: int | None, word: str) -> None:
    with pytest.raises(YamlError) as caught:
        loads(text, "f.yaml")
    error = caught.value
    assert word in error.message
    assert error.fix
    assert error.where == "f.yaml"
    assert error.line == (line or error.line)
    assert error.column == (column or error.column)
    assert 1 <= error.line <= text.count("\n") + 1
    assert str(error).startswith(f"f.yaml:{error.line}:{error.column}: ")


def test_a_text_over_the_limit_is_refused_before_parsing() -> None:
    start = time.process_time()
    with pytest.raises(YamlError, match="over the limit"):
        loads("a" * (MAX_BYTES + 1))
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n",
        "a: &a {x: 1}\nb: {<<: [*a, *a, *a, *a, *a, *a, *a, *a]}\n",
        "[" * 100_000,
        "{a: " * 50_000,
        "a: " + "1" * 1_000_000,
        '"' + "\\x41" * 200_000,
        "? " * 50_000,
        "- " * 100_000,
    ],
    ids=["aliases", "merges", "brackets", "braces", "digits", "escapes", "keys", "lists"],
)
def test_bombs_are_refused_at_once(bomb: str) -> None:
    start = time.process_time()
    with pytest.raises(YamlError):
        loads(bomb)
    assert time.process_time() - start < 1


def test_texts_that_are_no_yaml(loader: str) -> None:
    cases = {case.name: case.read_bytes().decode("utf-8") for case in sorted(ERROR_CASES.glob("*.yaml"))}
    assert len(cases) == 94
    for name, text in cases.items():
        with pytest.raises(YamlError) as caught:
            loads(text, name)
        assert 1 <= caught.value.line <= text.count("\n") + 2, name
    assert sum(_safe_load_takes(text) for text in cases.values()) >= 9  # the control


# -- what is read, and as what -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("NO", "NO"), ("yes", "yes"), ("on", "on"), ("y", "y"), ("012", 12), ("1_000", "1_000"), ("1e3", 1000.0),
        ("2023-10-30", "2023-10-30"), ("2023-10-30T08:00:00Z", "2023-10-30T08:00:00Z"), ("12:30:00", "12:30:00"),
        ("0o17", "0o17"), ("0x1F", "0x1F"), ("0b1", "0b1"), (".inf", ".inf"), (".nan", ".nan"), ("1.5.2", "1.5.2"),
        ("~", None), ("null", None), ("Null", None), ("nULL", "nULL"), ("", None), ("true", True), ("FALSE", False),
        ("tRUE", "tRUE"), ("-7", -7), ("+5", 5), ("0.5", 0.5), (".5", 0.5), ("5.", 5.0), ("-1.5e-3", -0.0015),
        ("1e", "1e"), ("e3", "e3"), ("١٢", "١٢"), ("=", "="), ("'012'", "012"), ('"true"', "true"), ("'~'", "~"),
        ('"\\x00\\u2028\\U0001F600"', "\x00\u2028😀"), ("' '", " "), ("a#b", "a#b"), ("한국", "한국"), ("- 1", [1]),
    ],
)  # fmt: skip
def test_scalars_are_yaml_1_2(loader: str, scalar: str, value: object) -> None:
    # on a line of its own, so that "- 1" is a list
    got = loads(f"a:\n  {scalar}\n").data["a"]
    assert got == value
    assert type(got) is type(value)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", None), ("---\n", None), ("# only\n", None), ("a: 1\n...\n", {"a": 1}), ("\ufeffa: 1\n", {"a": 1}),
        ("a: x\r\nb:\r\n  - y\r\n", {"a": "x", "b": ["y"]}), ("a: |\n  x\n   y\n", {"a": "x\n y\n"}),
        ("a: >-\n  x\n  y\n", {"a": "x y"}), ("a: |-\n  # no comment\n", {"a": "# no comment"}),
        ("1: a\nnull: b\ntrue: c\n", {"1": "a", "null": "b", "true": "c"}),
        ("{a: [1, {b: c}]}", {"a": [1, {"b": "c"}]}),
        ("'<<': 1\n", {"<<": 1}), ("? a\n: b\n", {"a": "b"}), ("text", "text"), ("- a\n- - b\n", ["a", ["b"]]),
        ("a: []\nb: {}\n", {"a": [], "b": {}}),
    ],
)  # fmt: skip
def test_documents(loader: str, text: str, data: object) -> None:
    assert loads(text).data == data


def test_marks_say_where_each_field_stands() -> None:
    tree = loads('# 머리\na: 1\nb:\n  - x: 한국\n    y: [p, "q"]\nc:\n')
    assert tree.mark(()) == (2, 1)
    assert tree.mark(("a",)) == (2, 4)
    assert tree.mark(("b",)) == (3, 1)  # what holds more than one line is found at its name
    assert tree.mark(("b", 0)) == (4, 5)
    assert tree.mark(("b", 0, "x")) == (4, 8)
    assert tree.mark(("b", 0, "y", 1)) == (5, 12)
    assert tree.mark(("c",)) == (6, 1)
    assert tree.mark(("b", 0, "y", 7, "z")) == tree.mark(("b", 0, "y"))
    assert tree.mark(("gone",)) == (2, 1)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# yaml-language-server: $schema=x\na: 1\n", ()),
        ("# one\na: 1\n  # two\nb:\n  # three\n  - 1\n# four", (1, 3, 5, 7)),
        ("a: 1 # one\nb: [1, # two\n 2] # three\n", (1, 2, 3)),
        ("a: 'x # no' # yes\n", (1,)),
        ("a: |\n  # no\n  x # no\n# yes\nb: | # yes\n  # no\n", (4, 5)),
        ('a: "x\n  # no\n  y" # yes\n', (3,)),
        ("a: x#no\n'b # no': 1\nc: >-\n  x # no\n\n# yes\n", (6,)),
        ("a: # yes\n  b: 1\n", (1,)),
        ("한국: 국 # yes\r\nb: 1\r\n", (1,)),
        ("", ()),
    ],
)
def test_comments_are_seen_wherever_they_stand(loader: str, text: str, lines: tuple[int, ...]) -> None:
    assert loads(text).comments == lines


def test_field_names() -> None:
    assert field_name(()) == ""
    assert field_name(("mentions", 3, "end")) == "mentions[3].end"
    assert field_name(("a", 0, 1, "b")) == "a[0][1].b"


# -- what must hold for any text and any value ---------------------------------------------------------------


@pytest.mark.no_cover  # thousands of trials
@settings(max_examples=2000, deadline=None)
@given(SOUP | st.text(st.characters(), max_size=80))
def test_nothing_but_yaml_error_escapes(text: str) -> None:
    try:
        tree = loads(text)
    except YamlError as error:
        assert error.line >= 1
        assert error.column >= 1
    else:
        assert all(1 <= line <= text.count("\n") + 1 for line in tree.comments)


@pytest.mark.no_cover  # thousands of trials
@settings(max_examples=500, deadline=None)
@given(SOUP | st.text(st.characters(), max_size=60))
def test_nothing_but_yaml_error_escapes_without_libyaml(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_yaml.reading, "_Loader", yaml.SafeLoader)
        try:
            loads(text)
        except YamlError as error:
            assert error.line >= 1


@settings(max_examples=500, deadline=None)
@given(VALUES)
def test_what_is_written_reads_back(value: Any) -> None:
    text = dumps(value)
    again = loads(text)
    assert again.data == value
    assert repr(again.data) == repr(value)  # 1 is no True and no 1.0
    assert again.comments == ()
    assert dumps(again.data) == text
    assert dumps(value) == text


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(STRINGS, VALUES, max_size=4))
def test_one_line_style_and_modeline_change_no_value(value: dict[str, Any]) -> None:
    text = dumps(value, inline=frozenset(value), modeline="../schema.yaml")
    assert text.startswith("# yaml-language-server: $schema=../schema.yaml\n")
    again = loads(text)
    assert again.data == value
    assert again.comments == ()


@settings(max_examples=200, deadline=None)
@given(st.lists(STRINGS, max_size=6))
def test_other_readers_take_our_strings_as_strings(value: list[str]) -> None:
    """A YAML 1.1 reader sees what we meant, line breaks of YAML 1.1 included."""
    assert yaml.safe_load(dumps(value)) == value


def test_every_hostile_string_reads_back_in_every_position() -> None:
    for text in HOSTILE:
        for value in (text, [text], {text: text}, {"a": [{"b": text}, text]}, [[text]]):
            assert loads(dumps(value)).data == value, repr(value)


def test_the_naive_way_fails_these_tests() -> None:
    """Control: PyYAML's own pair, which these tests would have to catch."""

    def naive(text: str) -> object:
        return yaml.safe_load(yaml.safe_dump(text, allow_unicode=True))

    lost = [text for text in HOSTILE if naive(text) != text]
    assert "a\u0085b" in lost
    accepted = [row[0] for row in REFUSED if _safe_load_takes(row[1])]
    assert {"anchor", "tag", "duplicate key", "directive"} <= set(accepted)
    assert yaml.safe_load("a: NO\nb: 12:30:00\nc: 1_000\n") == {"a": False, "b": 45000, "c": 1000}


def _safe_load_takes(text: str) -> bool:
    try:
        yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):  # it leaks the last two
        return False
    return True


def test_keys_keep_their_order_and_lines_their_ends() -> None:
    text = dumps({"z": 1, "a": {"text": "line one\nline two", "b": []}, "m": ["x", "no"]}, inline=frozenset({"m"}))
    assert text == 'z: 1\na:\n  text: |-\n    line one\n    line two\n  b: []\nm: [x, "no"]\n'


def test_a_long_word_of_digits_and_letters_is_a_word() -> None:
    word = "2021-" + "a-long-slug-" * 9 + "1"
    assert loads(f"a: {word}\n").data == {"a": word}
    with pytest.raises(YamlError, match="a number of 41 digits"):
        loads(f"a: {'7' * 41}\n")
    assert loads(f"a: {'7' * 40}\n").data == {"a": int("7" * 40)}
