"""Rules that somebody set aside for one record, with the reason: where they hold, and where they are not needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kh_kr_corpus._yaml import Path, field_name
from kh_kr_corpus.errors import near
from kh_kr_corpus.findings import Finding
from kh_kr_corpus.lint.rule import RULES, family_of, read_rule
from kh_kr_corpus.models import Waiver
from kh_kr_corpus.store import Contents, Loaded

__all__ = ["Waivers"]

read_rule(
    "KC921",
    """A waiver waives nothing.
    What it was written for is mended or gone; left standing, it would hide the next fault of the same kind.

    Repair: remove the waiver.
    Before: {waivers: [{rule: KC702, at: m1, why: an old habit of ours}]}
    After: {waivers: []}
    """,
    "warning",
)
read_rule(
    "KC922",
    """A waiver is of a rule that does not exist or can't be set aside.
    A misspelt code waives nothing. Rules on rights protect others than us, and a file that can't be read can't be
    excused: neither is ever waived.

    Repair: correct the code, or mend what the rule says.
    Before: {waivers: [{rule: KC999, why: an old habit of ours}]}
    After: {waivers: []}
    """,
)

_Key = tuple[str, Path]


@dataclass
class Waivers:
    """The waivers of a corpus, by file and record; :meth:`reason` remembers which were needed."""

    placed: dict[_Key, list[tuple[int, Waiver, Loaded]]] = field(default_factory=dict)
    needed: set[tuple[str, Path, int]] = field(default_factory=set)

    @classmethod
    def of(cls, contents: Contents) -> Waivers:
        """Every waiver in the files of ``contents``."""
        found = cls()
        for loaded in contents.files:
            for path, record in _records(loaded):
                waivers: tuple[Waiver, ...] = getattr(record, "waivers", ())
                if waivers:
                    listed = [(n, waiver, loaded) for n, waiver in enumerate(waivers)]
                    found.placed[str(loaded.path), path] = listed
        return found

    def reason(self, code: str, loaded: Loaded, path: Path | int) -> str | None:
        """Why a rule is set aside at this place, None where it is not."""
        if isinstance(path, int) or not _waivable(code):
            return None
        base: Path = path[:2] if loaded.record in ("entities", "sources") and path[:1] == (loaded.record,) else ()
        for n, waiver, _ in self.placed.get((str(loaded.path), base), ()):
            if waiver.rule == code and _holds(waiver, loaded, path[len(base) :]):
                self.needed.add((str(loaded.path), base, n))
                return waiver.why
        return None

    def findings(self, *, ran: frozenset[str]) -> Iterator[Finding]:
        """Waivers that were not needed by the rules that ``ran``, and waivers of what can't be waived."""
        for (path, base), listed in self.placed.items():
            for n, waiver, loaded in listed:
                place = loaded.location((*base, "waivers", n))
                if not _waivable(waiver.rule):
                    close = near(waiver.rule, RULES)
                    fix = "mend what the rule says" if waiver.rule in RULES else f"did you mean {' or '.join(close)}?"
                    yield Finding("KC922", RULES["KC922"].severity, place, f"{waiver.rule} can't be waived", fix)
                elif waiver.rule in ran and (path, base, n) not in self.needed:
                    message = f"{waiver.rule} finds nothing here"
                    yield Finding("KC921", RULES["KC921"].severity, place, message, "remove the waiver")


def _waivable(code: str) -> bool:
    return code in RULES and RULES[code].check is not None and family_of(code) not in ("rights", "files")


def _records(loaded: Loaded) -> Iterator[tuple[Path, object]]:
    model = loaded.model
    if loaded.record in ("entities", "sources"):
        yield from (((loaded.record, n), item) for n, item in enumerate(getattr(model, loaded.record, ())))
    elif model is not None:
        yield (), model


def _holds(waiver: Waiver, loaded: Loaded, path: Path) -> bool:
    if waiver.at is None:
        return True
    here = {field_name(path[:n]) for n in range(1, len(path) + 1)}
    if len(path) > 1 and path[0] in ("mentions", "initiatives") and isinstance(path[1], int):
        here.add(getattr(loaded.model, str(path[0]))[path[1]].id)
    return waiver.at in here
