"""What is not installed is told before any work is done, with the words that install it."""

from __future__ import annotations

from importlib.util import find_spec

from kh_kr_corpus.errors import EnvironmentFailure

__all__ = ["require_extra"]


def require_extra(extra: str, *modules: str) -> None:
    """Raise :class:`EnvironmentFailure` when one of the ``modules`` that come with an extra is not installed."""
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise EnvironmentFailure(" and ".join(missing), f"not installed; say: pip install 'kh-kr-corpus[{extra}]'")
