"""A referee's rulings on their way to the second reading, beside which they stand with their reasons.

A ruling is journaled with the decision that it makes, so that both are kept, and taken back, together; the reading's
file follows with the article's.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kh_kr_corpus import store
from kh_kr_corpus.errors import InvalidFileError
from kh_kr_corpus.models import Adjudication, Layer, Model

__all__ = ["Ruling", "after_rulings", "record", "taken_back"]


class Ruling(Model):
    """One difference between two readings: what stood beside the second one, and what stands there now."""

    layer: str
    """The second reading's annotator."""
    compared: str
    """The first one's."""
    before: Adjudication | None = None
    after: Adjudication | None = None


def taken_back(ruling: Ruling | None) -> Ruling | None:
    """The ruling that undoes this one."""
    return ruling and ruling.model_copy(update={"before": ruling.after, "after": ruling.before})


def after_rulings(recorded: Iterable[Adjudication], rulings: Iterable[Ruling]) -> tuple[Adjudication, ...]:
    """What stands beside a reading after rulings, of which the first ones may be there already.

    As with changes, a ruling counts only where what it was made on still stands.

    >>> old, new = (Adjudication(what="mention", start=0, end=5, layers=("ORG", "nothing"), kept="first", why=why)
    ...             for why in ("a name", "no name"))
    >>> one = Ruling(layer="second", compared="first", before=old, after=new)
    >>> [a.why for a in after_rulings([old], [one])], [a.why for a in after_rulings([new], [one])]
    (['no name'], ['no name'])
    >>> [a.why for a in after_rulings([old], [one, taken_back(one)])]
    ['a name']
    """
    now = list(recorded)
    for ruling in rulings:
        if ruling.before is not None and ruling.before not in now:
            continue
        at = now.index(ruling.before) if ruling.before is not None else len(now)
        del now[at : at + 1]
        if ruling.after is not None and ruling.after not in now:
            now.insert(at, ruling.after)
    return tuple(now)


def record(root: Path, article_id: str, rulings: Iterable[Ruling]) -> None:
    """Bring the files of the readings of an article up to date; raises like :func:`kh_kr_corpus.store.write`."""
    by_layer: dict[tuple[str, str], list[Ruling]] = {}
    for ruling in rulings:
        by_layer.setdefault((ruling.layer, ruling.compared), []).append(ruling)
    for (name, compared), own in by_layer.items():
        path = root / "layers" / name / f"{article_id}.yaml"
        loaded = store.read_file(path, root)
        if not isinstance(loaded.model, Layer):
            raise InvalidFileError(str(path), loaded.findings)
        adjudicated = after_rulings(loaded.model.adjudicated, own)
        if adjudicated != loaded.model.adjudicated:
            fresh = loaded.model.model_copy(update={"adjudicated": adjudicated, "compared": compared})
            store.write(fresh, root, revision=loaded.revision, keep=False)
