"""``khkr attach``: which external articles a folder of texts is a copy of, and what becomes of their spans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kh_kr_corpus.cli.output import CorpusOption, Format, FormatOption, emit_json, say, show_table

if TYPE_CHECKING:
    from kh_kr_corpus.corpus import Corpus

Texts = Annotated[str, typer.Option("--texts", help="folder with your own copies of external texts (.txt, .md)")]


def run(texts: Texts, corpus_path: CorpusOption = None, output: FormatOption = Format.text) -> int:
    """Match your own copies to the texts that the corpus may not hold, and say where their annotations stand.

    Each mention and evidence span is exact, moved to its one sure place, or an orphan with candidates. Nothing is
    written: give --texts to kwic, show, evaluate and review too. Exits with 1 when a file attaches nothing or a span
    has no place.
    """
    from kh_kr_corpus.corpus import load

    corpus = load(corpus_path).attach(texts)
    missing = [article.id for article in corpus.articles.where(rights="external") if not article.attached]
    if output is Format.json:
        emit_json({"files": corpus.report.to_dicts(), "orphans": corpus.orphans.to_dicts(), "without_copy": missing})
    else:
        _show(corpus, missing)
    return 0 if {row[2] for row in corpus.report} <= {"attached"} else 1


def _show(corpus: Corpus, missing: list[str]) -> None:
    report = corpus.report
    show_table(report.columns, report.rows)
    if corpus.orphans:
        show_table(corpus.orphans.columns, corpus.orphans.rows, title="without a sure place")
    done = [row for row in report.rows if row[2] != "no"]
    exact, moved, lost = (sum(row[n] for row in done) for n in (3, 4, 5))
    texts = "text" if len(done) == 1 else "texts"
    say(f"{len(done)} {texts} attached; of the spans {exact} exact, {moved} moved, {lost} without a sure place")
    if missing:
        say(f"no copy of {len(missing)}: {', '.join(missing)}", "dim")
