"""``khkr stats``: what a corpus holds, as a table, and as a page with charts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kh_kr_corpus.cli.extras import require_extra
from kh_kr_corpus.cli.output import CorpusOption, Format, FormatOption, fail, say, show_table
from kh_kr_corpus.errors import InputError

if TYPE_CHECKING:
    from kh_kr_corpus.corpus import Corpus

Page = Annotated[
    Path | None,
    typer.Option("--page", help="bring the tables of this Markdown file up to date, and draw its charts beside it"),
]
Check = Annotated[
    bool, typer.Option("--check", help="with --page: only look whether its tables, not its charts, are up to date")
]


def run(
    corpus_path: CorpusOption = None, page: Page = None, check: Check = False, output: FormatOption = Format.text
) -> int:
    """Count what a corpus holds: texts by origin, mentions, links, initiatives, activities, entities."""
    from kh_kr_corpus.corpus import load

    if check and not page:
        raise InputError("--check", "looks at a page, and none is named", "add --page FILE")
    corpus = load(corpus_path)
    if page:
        return _page(corpus, page, check)
    stats = corpus.stats()
    show_table(stats.columns, stats.rows, output=output, note=stats.note)
    return 0


def _page(corpus: Corpus, path: Path, check: bool) -> int:
    from kh_kr_corpus import store
    from kh_kr_corpus.store.files import decode, read_bytes, revision_of
    from kh_kr_corpus.tables import TABLES, reference

    require_extra("charts", "altair", "vl_convert")
    import vl_convert

    from kh_kr_corpus.charts import COLUMNS, COUNTS, counts_table, coverage_charts, coverage_tables, fill

    if not path.suffix:
        raise InputError(str(path), "has no ending", "name a Markdown file, such as coverage.md")
    old = read_bytes(path, 10_000_000)
    text = decode(old, str(path))
    with_charts = False
    if COLUMNS[0] in text:
        new = fill(text, reference(TABLES), str(path), COLUMNS)
    elif COUNTS[0] in text:
        new = fill(text, counts_table(corpus.sql), str(path), COUNTS)
    else:
        new, with_charts = fill(text, coverage_tables(corpus.sql), str(path)), True
    if check:
        if new.encode("utf-8") != old:
            fail(f"{path} is not what the corpus holds; say: khkr stats --page {path}")
            return 1
        return 0
    # drawn before anything is written: a page never stands beside the charts of another corpus
    charts = coverage_charts(corpus.sql) if with_charts else {}
    drawn = {name: vl_convert.vegalite_to_svg(chart.to_dict()) for name, chart in charts.items()}
    for name, svg in drawn.items():
        place = path.with_suffix("") / f"{name}.svg"
        there = revision_of(read_bytes(place, 10_000_000)) if place.exists() else None
        store.write_text(place, svg, revision=there)
    store.write_text(path, new, revision=revision_of(old))
    say(f"wrote {path}" + (" and its charts" if charts else ""))
    return 0
