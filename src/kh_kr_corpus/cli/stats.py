"""``khkr stats``: what a corpus holds."""

from __future__ import annotations

from kh_kr_corpus.cli.output import CorpusOption, Format, FormatOption, show_table


def run(corpus_path: CorpusOption = None, output: FormatOption = Format.text) -> int:
    """Count what a corpus holds: texts by origin, mentions, links, initiatives, activities, entities."""
    from kh_kr_corpus.corpus import load

    stats = load(corpus_path).stats()
    show_table(stats.columns, stats.rows, output=output, note=stats.note)
    return 0
