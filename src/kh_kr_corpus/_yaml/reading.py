"""Text to plain data: PyYAML's events, taken one by one, and every refusal with its place."""

from __future__ import annotations

import re
from math import isfinite
from typing import Any

import yaml

from kh_kr_corpus._yaml.characters import SURROGATE, refuse_characters
from kh_kr_corpus._yaml.layout import Refusal, check_block, check_lines, comment_lines, may_hold_comments
from kh_kr_corpus._yaml.tree import Place, Tree, field_name
from kh_kr_corpus.errors import YamlError

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_SCALAR", "MAX_VALUES", "loads"]

MAX_BYTES = 16_000_000
MAX_DEPTH = 32
MAX_SCALAR = 4_000_000
"""Characters of one string; twice the longest text that is annotated."""
MAX_VALUES = 250_000
"""Keys and values of one file: ten times the largest file of the shipped corpus."""
_MAX_DIGITS = 40

_SYNTAX = "close each quote and bracket, align what belongs together, and quote a text with `: ` or ` #` in it"

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_NUMBER_STARTS = frozenset("+-.0123456789")
_WORDS: dict[str, Any] = {"": None, "null": None, "~": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}

_Scalar, _Alias = yaml.ScalarEvent, yaml.AliasEvent
_MappingStart, _MappingEnd, _SequenceEnd = yaml.MappingStartEvent, yaml.MappingEndEvent, yaml.SequenceEndEvent


def loads(text: str, where: str = "<text>") -> Tree:
    """Parse one document; raises :class:`YamlError` with line, column and field for anything outside the subset."""
    if len(text) > MAX_BYTES:
        raise YamlError(where, 1, 1, f"{len(text):,} characters is over the limit of {MAX_BYTES:,}", "split it")
    text = text.removeprefix("\ufeff")  # an editor's mark, which parsers count differently
    refuse_characters(text, where)
    builder = _Builder(text)
    mark: Any
    try:
        return builder.build()
    except Refusal as error:
        mark, message, fix = error.mark, error.message, error.fix
    except yaml.MarkedYAMLError as error:
        mark, message, fix = error.problem_mark or error.context_mark, f"not YAML: {error.problem or error.context}", ""
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # PyYAML without libyaml, at "\\U00110000"
        mark, message, fix = None, f"not YAML: behind this place, {' '.join(str(error).split())}", ""
    mark = mark or builder.last
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    raise YamlError(where, line, column, message, fix or _SYNTAX, field_name(reversed(builder.trail)))


class _Builder:
    """Turns PyYAML's events into data and positions. This is the hot loop of reading a corpus: no positions are
    copied, and the path to an error is put together only on the way out of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.next = _Loader(text).get_event
        self.left = MAX_VALUES
        self.open = 0  # brackets
        self.commented = may_hold_comments(text)
        # a plain word on one line needs no check where there are no comments and no room for too many or too much
        self.thorough = self.commented or len(text) > min(2 * MAX_VALUES, MAX_SCALAR)
        self.covered: list[Any] = []
        self.trail: list[str | int] = []
        """Names from the node that was refused up to the root."""
        self.last: Any = None

    def build(self) -> Tree:
        data, place = None, None
        documents = 0
        while not isinstance(event := self.next(), yaml.StreamEndEvent):
            if isinstance(event, (yaml.StreamStartEvent, yaml.DocumentEndEvent)):
                continue
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise Refusal(event.start_mark, "a second document in one file", "one object a file")
                if event.version or event.tags:
                    raise Refusal(event.start_mark, "a directive", "leave out the lines that begin with %")
            elif type(event) is _Scalar:
                data, place = self._scalar(event, -1), event.start_mark
            else:
                data, place = self._collection(event, 0, -1)
        return Tree(data, place, comment_lines(self.text, self.covered, MAX_VALUES) if self.commented else ())

    def _collection(self, event: Any, depth: int, indent: int) -> tuple[Any, Place]:
        """A mapping or list at ``depth``, in a block whose lines begin at column ``indent``."""
        mark = event.start_mark
        self._refuse_properties(event)
        if depth > MAX_DEPTH:
            raise Refusal(mark, f"nesting deeper than {MAX_DEPTH}", "no record needs that; close what is open")
        self._count(mark)
        flow = event.flow_style
        self.open += bool(flow)
        build = self._mapping if type(event) is _MappingStart else self._sequence
        data, places, end = build(depth + 1, indent if flow else mark.column)
        if flow:
            self.open -= 1
            if not self.open and end.end_mark.line != mark.line:
                check_lines(self.text, mark, end.end_mark, indent, comments=True)
        return data, (mark, places)

    def _sequence(self, depth: int, indent: int) -> tuple[list[Any], list[Place], Any]:
        items: list[Any] = []
        places: list[Place] = []
        following = self.next
        while type(event := following()) is not _SequenceEnd:
            try:
                if type(event) is _Scalar:
                    value, place = self._scalar(event, indent), event.start_mark
                else:
                    value, place = self._collection(event, depth, indent)
            except Exception:
                self.trail.append(len(items))
                raise
            items.append(value)
            places.append(place)
        return items, places, event

    def _mapping(self, depth: int, indent: int) -> tuple[dict[str, Any], dict[str, Place], Any]:
        out: dict[str, Any] = {}
        places: dict[str, Place] = {}
        following = self.next
        while type(event := following()) is not _MappingEnd:
            key = self._key(event, places, indent)
            at = event.start_mark
            try:
                if type(event := following()) is _Scalar:
                    value = self._scalar(event, indent)
                    places[key] = at if value is None else event.start_mark
                else:  # what holds more than one line is found at its name
                    value, place = self._collection(event, depth, indent)
                    places[key] = (at, place[1])
            except Exception:
                self.trail.append(key)
                self.last = self.last or at
                raise
            out[key] = value
        return out, places, event

    def _key(self, event: Any, places: dict[str, Place], indent: int) -> str:
        mark, end = event.start_mark, event.end_mark
        if type(event) is not _Scalar:
            raise Refusal(mark, "a key must be one word or string", "write `name: value`")
        if event.anchor is not None or event.tag is not None:
            raise Refusal(mark, "an anchor or tag on a key", "leave it out")
        key: str = event.value
        if key in places:
            line = Tree(None, places[key]).mark(())[0]
            self.trail.append(key)
            raise Refusal(mark, f"key {key!r} again, first on line {line}", "keep one of the two")
        if key == "<<" and event.implicit[0]:
            raise Refusal(mark, "merge key <<", "write the fields out")
        if self.thorough or event.style or mark.line != end.line:
            self._check(event, indent)
        return key

    def _scalar(self, event: Any, indent: int) -> Any:
        value = event.value
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        if self.thorough or event.style or event.start_mark.line != event.end_mark.line:
            self._check(event, indent)
        if not event.implicit[0]:  # quoted or block style: a string whatever it looks like
            return value
        if value in _WORDS:
            return _WORDS[value]
        return self._number(event, value) if value[0] in _NUMBER_STARTS else value

    def _check(self, event: Any, indent: int) -> None:
        """Refuse a scalar that YAML 1.2 or our bounds don't allow where it stands."""
        mark, end, style = event.start_mark, event.end_mark, event.style
        if mark.line != end.line:
            if style in ("|", ">"):
                check_block(self.text, mark, indent)
            else:
                check_lines(self.text, mark, end, indent)
        self.covered.append(event)
        self._count(mark)
        if style == '"' and SURROGATE.search(event.value):
            raise Refusal(mark, "a lone surrogate in a string", "write the whole character")
        if len(event.value) > MAX_SCALAR:
            raise Refusal(mark, f"{len(event.value):,} characters is over the limit of {MAX_SCALAR:,}", "shorten it")

    def _count(self, mark: Any) -> None:
        self.left -= 1
        if self.left < 0:
            raise Refusal(mark, f"more than {MAX_VALUES:,} keys and values in one file", "split it")

    def _number(self, event: Any, value: str) -> Any:
        if value == "-":
            raise Refusal(event.start_mark, "a lone - for a value", "quote it")
        if len(value) <= _MAX_DIGITS:
            if _INT.match(value):
                return int(value)
            if not _FLOAT.match(value):
                return value
            if isfinite(number := float(value)):
                return number
            raise Refusal(event.start_mark, f"the number {value} is too large", "quote it if it is no number")
        if _INT.match(value):
            raise Refusal(event.start_mark, f"a number of {len(value)} digits", "quote it if it is no number")
        return value

    def _refuse_properties(self, event: Any) -> None:
        mark = event.start_mark
        if type(event) is _Alias:
            raise Refusal(mark, f"alias *{event.anchor}", "write the value out")
        if event.anchor is not None:
            raise Refusal(mark, f"anchor &{event.anchor}", "write each value out")
        if event.tag is not None:
            raise Refusal(mark, f"tag {event.tag}", "leave tags out")
