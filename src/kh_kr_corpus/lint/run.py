"""Run rules over a corpus."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from kh_kr_corpus.corpus.attaching import attach_copies
from kh_kr_corpus.errors import InputError, UnknownNameError, near
from kh_kr_corpus.findings import Finding
from kh_kr_corpus.lint.rule import FAMILIES, RULES, Rule
from kh_kr_corpus.lint.salvage import Places, salvage
from kh_kr_corpus.lint.waivers import Waivers
from kh_kr_corpus.store import Contents, Loaded, find_root, read_corpus
from kh_kr_corpus.store.files import require

__all__ = ["Report", "chosen", "inspect", "validate"]


@dataclass(frozen=True)
class Report:
    """What a run found: ``findings`` by file and line, ``waived`` with the reason of the waiver, how many ``files``
    were looked at, and the ``rules`` that ran."""

    root: Path
    findings: tuple[Finding, ...]
    waived: tuple[tuple[Finding, str], ...] = ()
    files: int = 0
    rules: tuple[str, ...] = ()


def validate(path: str | Path) -> list[Finding]:
    """All findings in the corpus that ``path`` lies in, by file and line; see :func:`inspect`."""
    return list(inspect(path).findings)


def inspect(
    path: str | Path,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    only: Collection[Path] | None = None,
    texts: str | Path | None = None,
) -> Report:
    """Check the corpus that ``path`` lies in, a corpus root or a folder or file inside one.

    The whole corpus is always read, because references cross files; findings are returned at or below ``path``, and
    of the files ``only`` where they are given. ``select`` and ``ignore`` are codes, beginnings of codes or families.
    With ``texts``, a folder of your own copies of external texts, every string of the corpus is compared with them.
    Raises :class:`InputError` when there is no corpus or ``path`` is no part of one,
    :class:`~kh_kr_corpus.errors.UnknownNameError` for a rule that does not exist, and
    :class:`~kh_kr_corpus.errors.EnvironmentFailure` when nothing is there or it can't be read.
    """
    rules = chosen(select, ignore)
    place = Path(path)
    require(place)
    root = find_root(place)
    contents = read_corpus(root)
    if not contents.files:
        raise InputError(str(root), "the corpus holds no files", "see design: articles/, activities/, entities/")
    wanted = Path(os.path.realpath(place))
    inside = {str(one.path) for one in contents.files if _inside(one.path, wanted)}
    if wanted != root and not inside:
        raise InputError(str(place), "this is no file of the corpus, so nothing was checked", f"its root is {root}")
    if texts is not None:
        attached, _ = attach_copies(contents, Path(texts))
        external = (one for one in attached.articles.values() if one.rights.text == "external" and one.text)
        contents = replace(contents, texts={one.id: one.text or "" for one in external})
    if only is not None:
        real = {Path(os.path.realpath(one)) for one in only}
        inside = {path for path in inside if Path(os.path.realpath(path)) in real}
    return _run(contents, rules, inside)


def chosen(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> list[Rule]:
    """The rules that ``select`` names (all of them when empty) without those that ``ignore`` names.

    >>> [rule.code for rule in chosen(["rights"], ["KC502"])][:2]
    ['KC501', 'KC503']
    """
    wanted, unwanted = _named(select), _named(ignore)
    return [rule for code, rule in sorted(RULES.items()) if (not wanted or code in wanted) and code not in unwanted]


def _named(names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        codes = {code for code, rule in RULES.items() if code.startswith(name.upper()) or rule.family == name}
        if not codes:
            known = (*RULES, *dict.fromkeys(FAMILIES.values()))
            raise UnknownNameError("rule or family of rules", name, near(name, known) or tuple(FAMILIES.values()))
        found |= codes
    return found


def _run(contents: Contents, rules: list[Rule], inside: set[str]) -> Report:
    codes = frozenset(rule.code for rule in rules)
    whole, places = _salvaged(contents)
    part = replace(whole, files=[loaded for loaded in whole.files if str(loaded.path) in inside])
    waivers = Waivers.of(whole)
    found = [finding for finding in contents.findings if finding.code in codes and finding.location.path in inside]
    waived: list[tuple[Finding, str]] = []
    for rule in rules:
        for loaded, path, message, fix in rule.check(part if rule.local else whole) if rule.check else ():
            if str(loaded.path) not in inside:
                continue
            reason = waivers.reason(rule.code, loaded, path)
            at = loaded.location(_in_file(path, places.get(str(loaded.path), {})))
            finding = Finding(rule.code, rule.severity, at, message, fix)
            if reason is None:
                found.append(finding)
            else:
                waived.append((finding, reason))
    more = waivers.findings(ran=codes)
    found += [finding for finding in more if finding.code in codes and finding.location.path in inside]
    ordered = sorted(set(found), key=lambda finding: (finding.location, finding.code))
    return Report(contents.root, tuple(ordered), tuple(waived), len(inside), tuple(rule.code for rule in rules))


def _salvaged(contents: Contents) -> tuple[Contents, dict[str, Places]]:
    """The contents with the valid part of every invalid file, and where its parts stand in the file."""
    files: list[Loaded] = []
    places: dict[str, Places] = {}
    for loaded in contents.files:
        kept, where = salvage(loaded)
        files.append(kept)
        if where:
            places[str(loaded.path)] = where
    return replace(contents, files=files), places


def _in_file(path: tuple[str | int, ...] | int, places: Places) -> tuple[str | int, ...] | int:
    if isinstance(path, tuple) and len(path) > 1 and path[0] in places and isinstance(path[1], int):
        return (path[0], places[str(path[0])][path[1]], *path[2:])
    return path


def _inside(path: str | Path, place: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(place)
