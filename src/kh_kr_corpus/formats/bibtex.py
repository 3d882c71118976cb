"""BibTeX: the bibliography, one entry a source, in UTF-8 for biber or a recent BibTeX.

Field names are BibTeX's own (Patashnik, BibTeXing, 1988) and, where it has none, biblatex's: ``date`` (EDTF, as in the
corpus), ``url``, ``urldate``, ``langid``, ``related``. Both kinds of program leave alone what they don't know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kh_kr_corpus.formats.contract import Format, Loss, NotCarried, Selection
from kh_kr_corpus.formats.output import put
from kh_kr_corpus.models import Source
from kh_kr_corpus.models.edtf import precision

__all__ = ["FORMAT", "write"]

_PERIODICALS = frozenset("newspaper wire magazine broadcaster".split())
"""Source types whose publisher is what BibTeX calls a journal; anything else is a ``misc``, which claims nothing."""
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LANGUAGES = {
    "en": "english", "ko": "korean", "km": "khmer", "zh": "chinese", "fr": "french", "ja": "japanese",
    "vi": "vietnamese", "th": "thai", "de": "german", "es": "spanish", "id": "indonesian", "it": "italian",
    "ru": "russian",
}  # fmt: skip
"""Names that babel and polyglossia use."""
_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{char: f"\\{char}" for char in "&%$#_"},
}  # fmt: skip
# LaTeX joins these into dashes, quotation marks and Spanish marks; an empty group between them keeps what was written.
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)|(?<=[?!])(?=`)|(?<=,)(?=,)|(?<=<)(?=<)|(?<=>)(?=>)")
_IN_URL = {"{": "%7B", "}": "%7D", "\\": "%5C"}


def write(selection: Selection, path: Path) -> Iterator[NotCarried]:
    """The file ``path``: the sources, in the order of their ids, which are the keys."""
    sources = sorted(selection.sources.values(), key=lambda source: source.id)
    for source in sources:
        yield from _not_carried(source)
    put(path, "\n".join(map(_entry, sources)).encode())


def _not_carried(source: Source) -> Iterator[NotCarried]:
    if source.date and "XXXX" in source.date:
        yield NotCarried("yearless", source.id, "date", f"{source.date} has no year")
    if source.waivers:
        yield NotCarried("waivers", source.id, "waivers", "the linter's exceptions are not carried")


def _entry(source: Source) -> str:
    periodical = source.type in _PERIODICALS
    fields = {
        "title": source.title and f"{{{_escaped(source.title)}}}",  # braces inside: a style must not change its case
        "journal" if periodical else "howpublished": _escaped(source.publisher),
        **_dates(source.date),
        "url": source.url and "".join(_IN_URL.get(char, char) for char in source.url),
        "urldate": source.read,
        "langid": _LANGUAGES.get(source.language, source.language),
        "keywords": source.type,
        "annote": source.note and _escaped(source.note),
        "related": source.repost_of,
        "relatedtype": "reprintof" if source.repost_of else None,
    }
    lines = (f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in fields.items() if value)
    return f"@{'article' if periodical else 'misc'}{{{source.id},\n{''.join(lines)}}}\n"


def _dates(date: str | None) -> dict[str, str]:
    """``date`` as it is, for biblatex; for BibTeX its year and month as well, where it is a day, month or year."""
    if date is None or "XXXX" in date:
        return {}
    told = {"date": date}
    if precision(date) in ("day", "month", "year"):
        told["year"] = date[:4]
    if precision(date) in ("day", "month"):
        told["month"] = _MONTHS[int(date[5:7]) - 1]
    return told


def _escaped(text: str) -> str:
    """``text`` so that LaTeX prints exactly these characters; white space is one space, as everywhere in BibTeX."""
    plain = " ".join(text.split())
    return "".join(_ESCAPES.get(char, char) for char in _LIGATURE.sub("\0", plain)).replace("\0", "{}")


FORMAT = Format(
    name="bibtex",
    suffix=".bib",
    what="the bibliography",
    consumer="LaTeX with biber or BibTeX, and reference managers such as JabRef and Zotero",
    losses=(
        Loss("yearless", "dates without a year", "BibTeX and biblatex have no such date"),
        Loss("waivers", "exceptions from rules of the linter", "they concern the corpus, not who cites a source"),
    ),
    write=write,
    of="sources",
    needs_text=False,
)
