"""Arrays built from buffers are those that pyarrow itself would build."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kh_kr_corpus.tables.arrays import Type, list_array, single_array

VALUES: dict[Type, Any] = {
    "string": st.text(st.characters(exclude_categories=["Cs"])),
    "integer": st.integers(-(2**63), 2**63 - 1),
    "number": st.floats(allow_nan=False),
    "boolean": st.booleans(),
    "day": st.dates(),
}
TYPES: dict[Type, Any] = {
    "string": pa.large_string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "day": pa.date32(),
}


@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data())
def test_single_values_and_gaps(kind: Type, data: st.DataObject) -> None:
    values = data.draw(st.lists(st.none() | VALUES[kind], max_size=20))
    array = single_array(values, kind)
    array.validate(full=True)
    assert array.equals(pa.array(values, TYPES[kind]))
    assert array.null_count == values.count(None)


@given(st.lists(st.lists(VALUES["string"], max_size=4), max_size=10))
def test_lists(values: list[list[str]]) -> None:
    array = list_array(values, "string")
    array.validate(full=True)
    assert array.to_pylist() == values
