"""Lets the n-th call that touches a file fail, once or from then on: every place at which the machine can say no."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

__all__ = ["CALLS", "ERRORS", "Faults", "failing"]

CALLS = "open read write fstat stat truncate fsync replace unlink mkdir chmod chown fchown close".split()
ERRORS = "ENOSPC EIO EACCES EPERM EROFS EDQUOT ENAMETOOLONG EMFILE EFBIG EINTR ESTALE ENOLCK".split()


class Faults:
    """Counts the calls, and says which one was struck and whether the new file had its name by then."""

    def __init__(self, nth: int, number: int, forever: bool) -> None:
        self.nth, self.number, self.forever = nth, number, forever
        self.count, self.replaced, self.struck = 0, False, ""

    def wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            self.count += 1
            if self.count == self.nth or (self.forever and self.count > self.nth):
                if name == "close":
                    real(*args, **named)  # a failed close has closed
                elif name == "write" and len(args[1]) > 1:
                    real(args[0], args[1][: len(args[1]) // 2])  # and a failed write has written something
                self.struck = self.struck or name
                raise OSError(self.number, os.strerror(self.number))
            result = real(*args, **named)
            self.replaced = self.replaced or name == "replace"
            return result

        return call


@contextmanager
def failing(nth: int, number: int, *, forever: bool) -> Iterator[Faults]:
    """Within it, the ``nth`` call of :data:`CALLS`, and of flock, fails with errno ``number``."""
    faults = Faults(nth, number, forever)
    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, faults.wrapped(name, getattr(os, name)))
        if os.name == "posix":
            import fcntl

            patch.setattr(fcntl, "flock", faults.wrapped("flock", fcntl.flock))
        yield faults
