"""The one YAML loader and dumper of the project.

Loading takes a strict subset: one document, no anchors, aliases, merge keys, tags or duplicate keys, bounded
size and depth, scalars by the YAML 1.2 core schema (``NO`` and ``2023-10-30`` are strings). It is built on
PyYAML's event stream, because its constructors run the merge keys and tags that must not run and drop the
positions that a finding needs. Dumping is canonical: the same value always gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import yaml

from kh_kr_corpus.errors import YamlError

__all__ = ["MAX_BYTES", "MAX_DEPTH", "Path", "Tree", "dumps", "field_name", "loads"]

MAX_BYTES = 16_000_000
MAX_DEPTH = 32
_MAX_DIGITS = 40

_SYNTAX = "close each quote and bracket, align what belongs together, and quote a text with `: ` or ` #` in it"

Path = tuple[str | int, ...]

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_WORDS: dict[str, Any] = {"": None, "null": None, "~": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_ODD_INDENT = re.compile(r"^[ ]*[\t\u00a0]", re.MULTILINE)
_SURROGATE = re.compile("[\ud800-\udfff]")
# Controls, and the line breaks of YAML 1.1 on which parsers and editors disagree: they would move line numbers.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]|\r(?!\n)")


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed file: its plain data, where each node stands (line and column from 1), and its comment lines."""

    data: Any
    marks: dict[Path, tuple[int, int]] = field(default_factory=dict)
    comments: tuple[int, ...] = ()

    def mark(self, path: Path) -> tuple[int, int]:
        """Line and column of the node at ``path``, or of the nearest node above it."""
        while path not in self.marks and path:
            path = path[:-1]
        return self.marks.get(path, (1, 1))


def field_name(path: Iterable[str | int]) -> str:
    """A path as a person writes it.

    >>> field_name(("mentions", 3, "end"))
    'mentions[3].end'
    """
    out = ""
    for part in path:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out


def loads(text: str, where: str = "<text>") -> Tree:
    """Parse one document; raises :class:`YamlError` with line and column for anything outside the subset."""
    if len(text) > MAX_BYTES:
        raise YamlError(where, 1, 1, f"{len(text):,} characters is over the limit of {MAX_BYTES:,}", "split it")
    _refuse_characters(text, where)
    builder = _Builder(text, where)
    try:
        return builder.build()
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise YamlError(where, line, column, f"not YAML: {error.problem or error.context}", _SYNTAX) from None
    except yaml.YAMLError as error:
        raise YamlError(where, 1, 1, f"not YAML: {' '.join(str(error).split())}", _SYNTAX) from None
    except (ValueError, OverflowError) as error:  # PyYAML without libyaml, at "\\U00110000"
        line, column = max(builder.marks.values(), default=(1, 1))
        raise YamlError(where, line, column, f"not YAML: after this place, {error}", _SYNTAX) from None


def _refuse_characters(text: str, where: str) -> None:
    for pattern, message, fix in (
        (_UNREADABLE, "character U+{:04X} is not allowed in YAML", "write it as an escape in double quotes"),
        (_ODD_INDENT, "U+{:04X} used as indentation", "indent with spaces"),
    ):
        if (match := pattern.search(text)) is not None:
            at = match.end() - 1
            line_start = text.rfind("\n", 0, at) + 1
            line = text.count("\n", 0, at) + 1
            raise YamlError(where, line, at - line_start + 1, message.format(ord(text[at])), fix)


class _Builder:
    """Turns PyYAML's events into data, positions and the lines that hold comments."""

    def __init__(self, text: str, where: str) -> None:
        self.text, self.where = text, where
        self.next = _Loader(text).get_event
        # only a file with a # outside its modeline can hold a comment, and few do
        self.commented = text.count("#") > text.count("# yaml-language-server:")
        self.marks: dict[Path, tuple[int, int]] = {}
        self.scalars: list[tuple[int, int, int, int]] = []

    def build(self) -> Tree:
        data = None
        documents = 0
        while not isinstance(event := self.next(), yaml.StreamEndEvent):
            if isinstance(event, (yaml.StreamStartEvent, yaml.DocumentEndEvent)):
                continue
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._error(event, "a second document in one file", "one object a file")
                if event.version or event.tags:
                    raise self._error(event, "a directive", "leave out the lines that begin with %")
                continue
            data = self._node(event, ())
        return Tree(data, self.marks, tuple(self._comment_lines()) if self.commented else ())

    def _node(self, event: Any, path: Path) -> Any:
        mark = event.start_mark
        self.marks[path] = (mark.line + 1, mark.column + 1)
        if isinstance(event, yaml.AliasEvent):
            raise self._error(event, f"alias *{event.anchor}", "write the value out")
        if event.anchor is not None:
            raise self._error(event, f"anchor &{event.anchor}", "write each value out")
        if event.tag is not None:
            raise self._error(event, f"tag {event.tag}", "leave tags out")
        if len(path) > MAX_DEPTH:
            raise self._error(event, f"nesting deeper than {MAX_DEPTH}", "no record needs that; close what is open")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        return self._mapping(path) if isinstance(event, yaml.MappingStartEvent) else self._sequence(path)

    def _sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            items.append(self._node(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        out: dict[str, Any] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._error(event, "a key must be one word or string", "write `name: value`")
            key = self._checked(event, event.value)
            if event.anchor is not None or event.tag is not None:
                raise self._error(event, "an anchor or tag on a key", "leave it out")
            if key == "<<" and event.implicit[0]:
                raise self._error(event, "merge key <<", "write the fields out")
            if key in out:
                first = self.marks[(*path, key)][0]
                raise self._error(event, f"key {key!r} again, first on line {first}", "keep one of the two")
            if self.commented:
                self._cover(event)
            at: Any = event.start_mark
            value = self._node(self.next(), (*path, key))
            if value is None or isinstance(value, (dict, list)):
                self.marks[(*path, key)] = (at.line + 1, at.column + 1)
            out[key] = value
        return out

    def _scalar(self, event: Any) -> Any:
        if self.commented:
            self._cover(event)
        value = event.value
        if not event.implicit[0]:  # quoted or block style: a string whatever it looks like
            return self._checked(event, value)
        if value in _WORDS:
            return _WORDS[value]
        if len(value) <= _MAX_DIGITS:
            if _INT.match(value):
                return int(value)
            if _FLOAT.match(value) and isfinite(number := float(value)):
                return number
            if _FLOAT.match(value):
                raise self._error(event, f"the number {value} is too large", "quote it if it is no number")
        elif _INT.match(value):
            raise self._error(event, f"a number of {len(value)} digits", "quote it if it is no number")
        return value

    def _checked(self, event: Any, value: str) -> str:
        if _SURROGATE.search(value):
            raise self._error(event, "a lone surrogate in a string", "write the whole character")
        return value

    def _cover(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        # a block scalar's own line, "text: |  # why", may end in a comment
        first = (start.line + 1, 0) if event.style in ("|", ">") else (start.line, start.column)
        self.scalars.append((*first, end.line, end.column))

    def _comment_lines(self) -> Iterator[int]:
        """Lines with a comment, whole or at the end of a line, without the editor modeline."""
        lines = self.text.split("\n")
        for first, left, last, right in reversed(self.scalars):
            for number in range(first, min(last + 1, len(lines))):
                line, begin = lines[number], left if number == first else 0
                stop = right if number == last else len(line)
                lines[number] = line[:begin] + "x" * (stop > begin) + line[stop:]
        for number, line in enumerate(lines):
            if re.search(r"(?:^|\s)#", line) and "yaml-language-server:" not in line:
                yield number + 1

    def _error(self, event: Any, message: str, fix: str = "") -> YamlError:
        mark = event.start_mark
        return YamlError(self.where, mark.line + 1, mark.column + 1, message, fix)


# -- writing ------------------------------------------------------------------------------------------------

# Plain only what every YAML parser, old or new, reads as this very string; everything else is quoted.
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9_./@+-]|[ ](?=[A-Za-z(]))*(?<![ .])\Z")
_NOT_PLAIN = frozenset("y n yes no on off true false null nan inf nil none".split())
_LITERAL_SAFE = re.compile("[^\x85\u2028\u2029\ufeff\t\r\x00-\x09\x0b-\x1f\x7f-\x9f]*\\Z")


class _Dumper(yaml.SafeDumper):
    """PyYAML's emitter with our scalar styles and no aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


class _Flow(dict[str, Any]):
    """A mapping written on one line."""


def _string_style(value: str) -> str | None:
    if (
        "\n" in value
        and _LITERAL_SAFE.match(value)
        and not (value.startswith((" ", "\n")) or _ODD_INDENT.search(value))
    ):
        return "|" if not re.search(r"[ \n]\Z|[ ]\n", value) else '"'
    return None if _PLAIN.match(value) and value.casefold() not in _NOT_PLAIN else '"'


def _represent_str(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=_string_style(value))


def _represent_flow(dumper: yaml.SafeDumper, value: _Flow) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)


def _represent_list(dumper: yaml.SafeDumper, value: list[Any]) -> yaml.Node:
    flow = all(isinstance(item, (str, int, float)) for item in value) and sum(len(str(i)) for i in value) < 80
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=flow)


_Dumper.add_representer(str, _represent_str)
_Dumper.add_representer(_Flow, _represent_flow)
_Dumper.add_representer(list, _represent_list)


def _styled(value: Any, inline: frozenset[str], name: str = "") -> Any:
    """``value`` with the mappings under the keys named in ``inline`` marked to stand on one line."""
    if isinstance(value, Mapping):
        kind = _Flow if name in inline else dict
        return kind({key: _styled(item, inline, key) for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return [_styled(item, inline, name) for item in value]
    return value


def dumps(data: Any, *, inline: frozenset[str] = frozenset(), modeline: str = "") -> str:
    """``data`` as canonical YAML. Mappings under a key in ``inline`` are written on one line each;
    ``modeline`` is the path of the JSON Schema for editors. ``loads(dumps(x)).data == x`` for every plain value.
    """
    body = yaml.dump(
        _styled(data, inline),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=False,
        width=2**31,
    )
    head = f"# yaml-language-server: $schema={modeline}\n" if modeline else ""
    return head + str(body)
