"""BibTeX as bibtexparser reads it: every source comes back with the words that it has in the corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bibtexparser import middlewares
from bibtexparser.entrypoint import parse_string
from hypothesis import given, settings
from hypothesis import strategies as st

from kh_kr_corpus.corpus import load
from kh_kr_corpus.formats import Selection, export, get_format, select
from kh_kr_corpus.models import Source

BIBTEX = get_format("bibtex")
VERBATIM = frozenset("url urldate date year month".split())
FIELDS = {"annote": "note", "url": "url", "urldate": "read", "date": "date", "related": "repost_of", "keywords": "type"}


def read(text: str) -> dict[str, dict[str, str]]:
    """The entries as bibtexparser has them, with LaTeX turned into the characters that it prints, but for the fields
    that are no LaTeX."""
    plain: Any = parse_string(text, append_middleware=[middlewares.MonthIntMiddleware()])
    printed: Any = parse_string(text, append_middleware=[middlewares.LatexDecodingMiddleware()])
    assert plain.failed_blocks == printed.failed_blocks == []
    entries = {}
    for one, other in zip(plain.entries, printed.entries, strict=True):
        verbatim = {field.key: field.value for field in one.fields if field.key in VERBATIM}
        entries[one.key] = {"@": one.entry_type, **{field.key: field.value for field in other.fields}, **verbatim}
    return entries


def exported(folder: Path, *sources: Source) -> dict[str, dict[str, str]]:
    path = folder / "s.bib"
    assert list(export(BIBTEX, Selection(sources={one.id: one for one in sources}), path)) == []
    text = path.read_text(encoding="utf-8")
    path.unlink()
    return read(text)


def check(found: dict[str, str], source: Source) -> None:
    """The entry says what the source says, and nothing else."""
    said = {name: getattr(source, field) for name, field in FIELDS.items()}
    said["title"], said["journal" if found["@"] == "article" else "howpublished"] = source.title, source.publisher
    # pylatexenc takes LaTeX's circumflex for the modifier letter that looks like it
    told = {name: str(value).replace("\u02c6", "^") for name, value in found.items() if name in said}
    assert told == {name: " ".join(value.split()) for name, value in said.items() if value is not None}
    assert ("year" in found) == (source.date is not None and "/" not in source.date and "X" not in source.date)


def test_every_source_of_the_corpus_is_an_entry(tmp_path: Path) -> None:
    corpus = load()
    assert list(export(BIBTEX, select(corpus), tmp_path / "s.bib")) == []
    text = (tmp_path / "s.bib").read_text(encoding="utf-8")
    parsed: Any = parse_string(text)
    assert parsed.failed_blocks == []
    assert [one.key for one in parsed.entries] == sorted(source.id for source in corpus.sources)
    # Hangul and Khmer are written as they are
    assert "캄보디아" in text and "កម្ពុជា" in text


def test_sources_of_the_corpus_come_back_word_for_word(tmp_path: Path) -> None:
    some = sorted(load().sources, key=lambda source: source.id)[::3]
    found = exported(tmp_path, *some)
    for source in some:
        check(found[source.id], source)
    titles = "".join(source.title or "" for source in some)
    assert "캄보디아" in titles and "កម្ពុជា" in titles and "&" in titles


_WORDS = st.text(st.sampled_from("ab가ក\u17d2ខ&%$#_~^\\\"'`-?!,<>@=|*: \n"), min_size=1, max_size=20).filter(
    lambda text: text == text.strip()
)


@settings(max_examples=40)
@given(title=_WORDS, publisher=_WORDS, note=_WORDS)
def test_every_character_is_printed_as_it_is(
    title: str, publisher: str, note: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    source = Source(id="s-1", title=title, publisher=publisher, note=note, language="km", type="newspaper")
    (found,) = exported(tmp_path_factory.getbasetemp(), source).values()
    check(found, source)


@pytest.mark.parametrize(
    ("date", "year", "month"),
    [("2023-10-30", "2023", 10), ("2023-10", "2023", 10), ("2023~", "2023", None), ("2021/2023", None, None),
     ("199X", None, None)],
)  # fmt: skip
def test_a_date_has_a_year_and_month_where_it_states_them(
    tmp_path: Path, date: str, year: str | None, month: int | None
) -> None:
    (found,) = exported(tmp_path, Source(id="s", publisher="P", language="ko", type="other", date=date)).values()
    assert (found["date"], found.get("year"), found.get("month")) == (date, year, month)


def test_the_type_decides_only_what_is_certain(tmp_path: Path) -> None:
    types = ("newspaper", "wire", "official", "academic", "reference")
    found = exported(tmp_path, *(Source(id=t, publisher="P", language="en", type=t) for t in types))
    assert {key: entry["@"] for key, entry in found.items()} == {
        "newspaper": "article", "wire": "article", "official": "misc", "academic": "misc", "reference": "misc"
    }  # fmt: skip


def test_braces_in_a_title_do_not_break_the_file(tmp_path: Path) -> None:
    path = tmp_path / "s.bib"
    source = Source(id="a", title="A } and {", publisher="P", language="en", type="other")
    assert list(export(BIBTEX, Selection(sources={"a": source}), path)) == []
    text = path.read_text(encoding="utf-8")
    assert r"title = {{A \textbraceright{} and \textbraceleft{}}}" in text
    assert text.count("{") == text.count("}")
    # BibTeX counts braces, escaped or not: written as a person would, the entry never ends well
    naive: Any = parse_string(text.replace(r"\textbraceright{}", r"\}").replace(r"\textbraceleft{}", "{"))
    assert naive.failed_blocks != [] or naive.entries[0].fields_dict["title"].value != source.title


def test_an_address_with_braces_does_not_break_the_file(tmp_path: Path) -> None:
    odd = Source(id="a", publisher="P", language="en", type="other", url="https://x.kr/{a?b=1%20&c#d_e~f")
    plain = Source(id="b", publisher="Q", language="en", type="other")
    found = exported(tmp_path, odd, plain)
    assert (found["a"]["url"], found["b"]["howpublished"]) == ("https://x.kr/%7Ba?b=1%20&c#d_e~f", "Q")


def test_a_date_without_a_year_is_reported(tmp_path: Path) -> None:
    source = Source(id="s", publisher="P", language="en", type="other", date="XXXX-12-25")
    lost = list(export(BIBTEX, Selection(sources={"s": source}), tmp_path / "s.bib"))
    assert [(one.code, one.where) for one in lost] == [("yearless", "s")]
    assert "date" not in read((tmp_path / "s.bib").read_text(encoding="utf-8"))["s"]
