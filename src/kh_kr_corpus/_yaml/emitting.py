"""Plain values as canonical YAML: the same value always gives the same bytes, and other readers see the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from kh_kr_corpus._yaml.characters import ODD_INDENT

__all__ = ["as_it_is", "emitted", "short"]

# Plain only what every YAML parser, old or new, reads as this very string; everything else is quoted.
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9_./@+-]|[ ](?=[A-Za-z(]))*(?<![ .])\Z")
_NOT_PLAIN = frozenset("y n yes no on off true false null nan inf nil none".split())
# what PyYAML's emitter puts between double quotes without an escape
_QUOTED = re.compile("[ !#-\\[\\]-~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*\\Z")
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
    if "\n" in value and _LITERAL_SAFE.match(value) and not (value.startswith((" ", "\n")) or ODD_INDENT.search(value)):
        return "|" if not re.search(r"[ \n]\Z|[ ]\n", value) else '"'
    return None if _PLAIN.match(value) and value.casefold() not in _NOT_PLAIN else '"'


def as_it_is(value: str) -> str | None:
    """A string of one line as the emitter writes it, where nothing in it needs an escape; else None."""
    return value if _string_style(value) is None else f'"{value}"' if _QUOTED.match(value) else None


def _represent_str(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=_string_style(value))


def _represent_flow(dumper: yaml.SafeDumper, value: _Flow) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)


def _represent_list(dumper: yaml.SafeDumper, value: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=short(value))


_Dumper.add_representer(str, _represent_str)
_Dumper.add_representer(_Flow, _represent_flow)
_Dumper.add_representer(list, _represent_list)


def short(items: list[Any]) -> bool:
    """Whether a list stands on one line."""
    return all(isinstance(item, (str, int, float)) for item in items) and sum(len(str(item)) for item in items) < 80


def _styled(value: Any, inline: frozenset[str], name: str = "") -> Any:
    """``value`` with the mappings under the keys named in ``inline`` marked to stand on one line."""
    if isinstance(value, Mapping):
        kind = _Flow if name in inline else dict
        return kind({key: _styled(item, inline, key) for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return [_styled(item, inline, name) for item in value]
    return value


def emitted(data: Any, *, inline: frozenset[str] = frozenset()) -> str:
    """``data`` as canonical YAML, every value of it through PyYAML's emitter."""
    return str(
        yaml.dump(
            _styled(data, inline),
            Dumper=_Dumper,
            sort_keys=False,
            allow_unicode=True,
            default_flow_style=False,
            width=2**31,
        )
    )
