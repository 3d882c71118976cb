"""Keyword arguments that complete by tab: what a query can be asked depends on its table."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from kh_kr_corpus.query.rows import Rows

__all__ = ["completing"]

F = TypeVar("F", bound=Callable[..., Any])


class _Completing:
    """A method whose signature lists the fields of the table it is asked of."""

    def __init__(self, method: Callable[..., Any]) -> None:
        self._method = method
        self.__doc__ = method.__doc__

    def __get__(self, query: Rows[Any] | None, owner: type) -> Callable[..., Any]:
        if query is None:
            return self._method
        bound: Any = partial(self._method, query)
        bound.__doc__, bound.__name__ = self._method.__doc__, self._method.__name__
        bound.__signature__ = _signature(query)
        return cast("Callable[..., Any]", bound)


def _signature(query: Rows[Any]) -> inspect.Signature:
    kind = inspect.Parameter.KEYWORD_ONLY
    names = dict.fromkeys(column.singular or column.name for column in query._spec.shown)
    fields = [inspect.Parameter(name, kind, default=...) for name in names]
    return inspect.Signature([*fields, inspect.Parameter("filters", inspect.Parameter.VAR_KEYWORD)])


def completing(method: F) -> F:
    """``method(**filters)`` with the fields of its query's table as its signature, for whoever asks at run time."""
    return cast("F", _Completing(method))
