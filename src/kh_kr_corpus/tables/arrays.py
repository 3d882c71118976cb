"""Arrow arrays from plain Python values, built from buffers.

``pyarrow.array`` would do it in one call, but it imports pandas to ask whether it was handed a Series, and that
costs the first query of every process 0.3 s.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Type", "list_array", "single_array"]

Type = Literal["string", "integer", "number", "boolean", "day"]
_EPOCH = date(1970, 1, 1).toordinal()


def single_array(values: Sequence[Any], kind: Type) -> pa.Array:
    """One value or None a row; a day is a :class:`datetime.date`."""
    import numpy as np
    import pyarrow as pa

    known = [value is not None for value in values]
    valid = None if all(known) else _bits(known)
    if kind == "string":
        encoded = [b"" if value is None else value.encode() for value in values]
        buffers = [valid, _offsets(map(len, encoded)), pa.py_buffer(b"".join(encoded))]
        return pa.Array.from_buffers(pa.large_string(), len(values), buffers)
    if kind == "boolean":
        return pa.Array.from_buffers(pa.bool_(), len(values), [valid, _bits([bool(value) for value in values])])
    if kind == "day":
        values = [None if value is None else value.toordinal() - _EPOCH for value in values]
    dtype, arrow = {
        "integer": (np.int64, pa.int64()),
        "number": (np.float64, pa.float64()),
        "day": (np.int32, pa.date32()),
    }[kind]
    numbers = np.array([0 if value is None else value for value in values], dtype)
    return pa.Array.from_buffers(arrow, len(values), [valid, pa.py_buffer(numbers)])


def list_array(values: Sequence[Sequence[Any]], kind: Type) -> pa.Array:
    """A list a row, never None."""
    import pyarrow as pa

    inner = single_array(list(chain.from_iterable(values)), kind)
    buffers = [None, _offsets(map(len, values))]
    return pa.Array.from_buffers(pa.large_list(inner.type), len(values), buffers, children=[inner])


def _offsets(lengths: Iterable[int]) -> pa.Buffer:
    import numpy as np
    import pyarrow as pa

    return pa.py_buffer(np.fromiter(accumulate(lengths, initial=0), np.int64))


def _bits(flags: Sequence[bool]) -> pa.Buffer:
    import numpy as np
    import pyarrow as pa

    return pa.py_buffer(np.packbits(np.array(flags, np.bool_), bitorder="little"))
