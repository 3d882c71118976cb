"""An address that is none is refused when the bibliography is read, not when something splits it."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from kh_kr_corpus.models import Source


@pytest.mark.parametrize("url", ["http://[x/a", "https://h.example:99999/a", "ftp://h.example/a", "http://a b"])
def test_no_address(url: str) -> None:
    fields = {"id": "a", "publisher": "A", "language": "en", "type": "blog", "url": url}
    with pytest.raises(ValidationError):
        Source.model_validate_json(json.dumps(fields))
