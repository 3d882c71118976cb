"""What every check yields: data can be wrong without the program being wrong."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

__all__ = ["Finding", "Location", "Severity"]

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file: ``line`` and ``column`` count from 1 (column in code points); ``field`` is a path
    such as ``mentions[3].end``, empty for the whole file."""

    path: str
    line: int = 1
    column: int = 1
    field: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem in the data: ``code`` is for ever, ``fix`` says what to do.

    >>> print(Finding("KC201", "error", Location("a.yaml", 7, 3, "mentions[0].end"), "past the end", "use 12"))
    a.yaml:7:3: error KC201 mentions[0].end: past the end; fix: use 12
    """

    code: str
    severity: Severity
    location: Location
    message: str
    fix: str = ""

    def __str__(self) -> str:
        field = f" {self.location.field}" if self.location.field else ""
        fix = f"; fix: {self.fix}" if self.fix else ""
        return f"{self.location}: {self.severity} {self.code}{field}: {self.message}{fix}"

    def to_dict(self) -> dict[str, object]:
        """A flat dict for JSON: code, severity, path, line, column, field, message, fix."""
        row = asdict(self)
        location = row.pop("location")
        return {
            "code": row["code"],
            "severity": row["severity"],
            **location,
            "message": row["message"],
            "fix": row["fix"],
        }
