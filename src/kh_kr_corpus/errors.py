"""Every error that the library raises on purpose.

    KhkrError                    base; nothing else is ever raised for bad input
    ├── InputError               a text or file that cannot be taken as it is          exit 2
    ├── YamlError                a file outside the YAML subset that we read           exit 1
    ├── InvalidFileError         a corpus file that breaks the schema or the anchors   exit 1
    ├── UnknownNameError         an id, term, field or alias that does not exist       exit 2
    ├── RightsRefused            texts that may not be published                       exit 2
    ├── VersionError             a corpus of another version than the one asked for    exit 2
    ├── EnvironmentFailure       unreadable, unwritable, disk full                     exit 3
    └── ConflictError            a file changed since it was read                      exit 4

Each error passes all its data to ``Exception.__init__`` and formats itself in ``__str__``, so that it
survives pickling (Dask and multiprocessing send exceptions between processes). ``exit_code`` is what
the command line returns for it.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kh_kr_corpus.findings import Finding

__all__ = [
    "ConflictError",
    "EnvironmentFailure",
    "InputError",
    "InvalidFileError",
    "KhkrError",
    "RightsRefused",
    "UnknownNameError",
    "VersionError",
    "YamlError",
    "near",
]


_NEAR = 3
_SHOWN = 10


def near(name: str, known: Iterable[str], n: int = _NEAR) -> tuple[str, ...]:
    """Up to ``n`` of the ``known`` names that look like ``name``, best first; case is ignored."""
    by_key = {candidate.casefold(): candidate for candidate in known}
    return tuple(by_key[key] for key in get_close_matches(name.casefold(), list(by_key), n=n, cutoff=0.5))


class KhkrError(Exception):
    """Base of all errors of this library."""

    exit_code: ClassVar[int] = 1


class InputError(KhkrError):
    """A text or file that cannot be taken as it is; ``fix`` says what would be taken, ``line`` counts from 1
    where the trouble stands on one."""

    exit_code = 2

    def __init__(self, where: str, message: str, fix: str = "", line: int | None = None) -> None:
        super().__init__(where, message, fix, line)
        self.where, self.message, self.fix, self.line = where, message, fix, line

    def __str__(self) -> str:
        place = self.where if self.line is None else f"{self.where}:{self.line}"
        return f"{place}: {self.message}" + (f"; {self.fix}" if self.fix else "")


class YamlError(KhkrError):
    """A file outside the subset of YAML that the library reads; ``line`` and ``column`` count from 1, ``field`` is
    the path to the trouble as far as it was read, e.g. ``mentions[3].end``."""

    def __init__(self, where: str, line: int, column: int, message: str, fix: str = "", field: str = "") -> None:
        super().__init__(where, line, column, message, fix, field)
        self.where, self.line, self.column, self.message, self.fix = where, line, column, message, fix
        self.field = field

    def __str__(self) -> str:
        field = f"{self.field}: " if self.field else ""
        return f"{self.where}:{self.line}:{self.column}: {field}{self.message}" + (f"; {self.fix}" if self.fix else "")


class InvalidFileError(KhkrError):
    """A corpus file that breaks the schema or whose anchors don't hold; carries all its findings."""

    def __init__(self, where: str, findings: tuple[Finding, ...]) -> None:
        super().__init__(where, findings)
        self.where, self.findings = where, findings

    def __str__(self) -> str:
        return "\n".join(str(finding) for finding in self.findings) or f"{self.where}: invalid"


class UnknownNameError(KhkrError, KeyError):
    """A name that does not exist; ``near`` holds the closest ones that do, or all where none is close.

    It is a :class:`KeyError`, so that ``get`` of a mapping that raises it gives the default.
    """

    exit_code = 2

    def __init__(self, what: str, name: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(what, name, near)
        self.what, self.name, self.near = what, name, near

    def __str__(self) -> str:
        hint = f"; did you mean {' or '.join(map(repr, self.near))}?" if self.near else ""
        if len(self.near) > _NEAR:
            hint = f"; there are {', '.join(self.near)}"
        return f"no {self.what} {self.name!r}{hint}"


class RightsRefused(KhkrError):  # noqa: N818 - it is a refusal: nothing went wrong
    """Texts that may not be published as they are: the ids of ``local`` ones, for which no right was stated, and of
    ``external`` ones, which are attached."""

    exit_code = 2

    def __init__(self, local: tuple[str, ...], external: tuple[str, ...] = ()) -> None:
        super().__init__(local, external)
        self.local, self.external = local, external

    def __str__(self) -> str:
        parts = []
        if self.local:
            parts.append(f"{_counted(self.local, 'local')}; state a right or leave them out")
        if self.external:
            what = _counted(self.external, "somebody else's")
            parts.append(f"{what}; publish them from the corpus before `attach`")
        return "not published: " + "; ".join(parts)


def _counted(ids: tuple[str, ...], what: str) -> str:
    shown = ", ".join(ids[:_SHOWN]) + (", …" if len(ids) > _SHOWN else "")
    return f"{len(ids)} text{'s are' if len(ids) > 1 else ' is'} {what} ({shown})"


class VersionError(KhkrError):
    """A corpus of another version than the one asked for; ``found`` is None for a corpus that states none."""

    exit_code = 2

    def __init__(self, where: str, wanted: str, found: str | None, fix: str = "") -> None:
        super().__init__(where, wanted, found, fix)
        self.where, self.wanted, self.found, self.fix = where, wanted, found, fix

    def __str__(self) -> str:
        found = f"version {self.found}" if self.found else "a corpus that states no version"
        return f"{self.where}: this is {found}, not {self.wanted}" + (f"; {self.fix}" if self.fix else "")


class EnvironmentFailure(KhkrError):  # noqa: N818 - "EnvironmentError" is Python's own name for OSError
    """The machine said no: unreadable, not writable, disk full. The message says so if anything was changed."""

    exit_code = 3

    def __init__(self, where: str, message: str) -> None:
        super().__init__(where, message)
        self.where, self.message = where, message

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


class ConflictError(KhkrError):
    """The file is not, or no longer, what the caller read; it was left as it is. ``kept`` names the file beside it
    that has the refused version, when there is one, so that both can be compared."""

    exit_code = 4

    def __init__(self, where: str, message: str, kept: str = "") -> None:
        super().__init__(where, message, kept)
        self.where, self.message, self.kept = where, message, kept

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" + (f"; yours is kept in {self.kept}" if self.kept else "")
