"""A file that was damaged or edited: what is read is sound, what is wrong is told, and nothing else happens."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.articles import articles

from kh_kr_corpus.errors import KhkrError
from kh_kr_corpus.formats import NAMES, Imported, NotCarried, Selection, export, get_format
from kh_kr_corpus.models import Article
from kh_kr_corpus.store.anchors import misanchored

TWO_WAY = [name for name in NAMES if get_format(name).two_way]
_PIECES = st.sampled_from(
    [
        b"",
        b"\n",
        b"\t",
        b"\r\n",
        b"\xff",
        b"0",
        b"99999999999",
        b"-1",
        b"{",
        b'"',
        b"null",
        b"T1",
        b"B-GPE",
        b"#",
        b"[[[",
    ]
)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 9), _PIECES), min_size=1, max_size=4)


def _damage(path: Path, edits: list[tuple[float, int, bytes]]) -> None:
    """Replace a few bytes in some of the files at ``path``."""
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    for number, (place, length, piece) in enumerate(edits):
        file = files[number % len(files)]
        data = file.read_bytes()
        at = int(place * len(data))
        file.write_bytes(data[:at] + piece + data[at + length :])


@pytest.mark.parametrize("name", TWO_WAY)
@settings(max_examples=60)
@given(article=articles(), edits=EDITS)
def test_a_damaged_file_gives_sound_articles_or_one_of_our_errors(
    name: str, article: Article, edits: list[tuple[float, int, bytes]]
) -> None:
    check_damaged(name, article, edits)


def check_damaged(name: str, article: Article, edits: list[tuple[float, int, bytes]]) -> None:
    """Write, damage and read one article."""
    form = get_format(name)
    assert form.read is not None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"out{form.suffix}"
        list(export(form, Selection((article,)), path))
        _damage(path, edits)
        try:
            found = list(form.read(path, {}))
        except KhkrError:
            return
    assert {one.code for one in found if isinstance(one, NotCarried)} <= {loss.code for loss in form.losses}
    for one in found:
        if isinstance(one, Imported):
            made = one.article
            assert list(misanchored(made)) == []
            assert Article.model_validate_json(made.model_dump_json()) == made
            assert len({mention.id for mention in made.mentions}) == len(made.mentions)
            ordered = sorted((mention.start, mention.end) for mention in made.mentions)
            assert all(end <= start for (_, end), (start, _) in itertools.pairwise(ordered))
