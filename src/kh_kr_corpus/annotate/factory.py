"""Making a component known to spaCy, whichever of the supported versions of spaCy and pydantic are installed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, get_type_hints

from spacy.language import Language

__all__ = ["factory"]

F = TypeVar("F", bound=Callable[..., Any])


def factory(name: str, default_config: dict[str, Any]) -> Callable[[F], F]:
    """Register a function as the factory of the component ``name``, as ``Language.factory`` does."""

    def register(create: F) -> F:
        # spaCy makes a schema of the annotations, and its older versions can't resolve those that are strings
        create.__annotations__ = get_type_hints(create)
        Language.factory(name, default_config=default_config, func=create)
        return create

    return register
