"""``khkr kwic``: words in their context."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from kh_kr_corpus.cli.output import CorpusOption, Format, FormatOption, harmless, say, show_table, terminal
from kh_kr_corpus.cli.query import to_filters
from kh_kr_corpus.errors import InputError

if TYPE_CHECKING:
    from kh_kr_corpus.kwic import Concordance

_PAGE = 50
_SIDE = 46

Pattern = Annotated[str | None, typer.Argument(help="words; * for any letters, ? for one")]
Filters = Annotated[list[str] | None, typer.Argument(help="filters on the articles, as in khkr query")]
Label = Annotated[str | None, typer.Option("--label", help="only hits on a mention of this label")]
Entity = Annotated[str | None, typer.Option("--entity", help="only hits on a mention of this entity, by any name")]
Window = Annotated[int | None, typer.Option("--window", min=0, help="words (or characters) on each side")]
By = Annotated[str | None, typer.Option("--by", help="token, char or sentence")]
Regex = Annotated[bool, typer.Option("--regex", help="read the words as a regular expression")]
Case = Annotated[bool, typer.Option("--case", help="tell capital letters from small ones")]
Sort = Annotated[str, typer.Option("--sort", help="text, left, right, hit or date")]
Texts = Annotated[str | None, typer.Option("--texts", help="folder with your own copies of external texts")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="hits to show; without it 50, and all as JSON")]


def run(
    pattern: Pattern = None,
    filters: Filters = None,
    label: Label = None,
    entity: Entity = None,
    window: Window = None,
    by: By = None,
    regex: Regex = False,
    case: Case = False,
    sort: Sort = "text",
    texts: Texts = None,
    limit: Limit = None,
    corpus_path: CorpusOption = None,
    output: FormatOption = Format.text,
) -> int:
    """Show words in their context: `khkr kwic "civil serv*" origin=brief --sort right`."""
    from kh_kr_corpus.corpus import load

    corpus = load(corpus_path)
    if texts:
        corpus = corpus.attach(texts)
    if pattern and "=" in pattern and (label or entity) and not regex:
        filters, pattern = [pattern, *(filters or ())], None  # khkr kwic --label MONEY origin=brief
    within = corpus.articles.where(**to_filters(filters)) if filters else None
    options: dict[str, Any] = {"label": label, "entity": entity, "window": window, "by": by, "sort": sort}
    wanted = _compiled(pattern, case) if regex and pattern else pattern
    hits = corpus.kwic(wanted, case=case, within=within, **options)
    _show(hits, limit or (None if output is Format.json else _PAGE), output)
    return 0


def _compiled(pattern: str, case: bool) -> re.Pattern[str]:
    try:
        return re.compile(pattern, 0 if case else re.IGNORECASE)
    except re.error as error:
        raise InputError(pattern, f"is no regular expression: {error}") from None


def _show(hits: Concordance, most: int | None, output: Format) -> None:
    rows = hits.rows[:most]
    note = hits.note + (f"; the first {most} shown" if len(rows) < len(hits) else "")
    if output is Format.json:
        show_table(hits.columns, rows, output=output)
        say(note, error=True)
        return
    sides = [(_flat(row[6])[-_SIDE:], _flat(row[7]), _flat(row[8])[:_SIDE], row[0]) for row in rows]
    room = max((len(left) for left, *_ in sides), default=0)
    for left, hit, right, article in sides:
        line = Text(left.rjust(room)).append(hit, style="bold").append(f"{right}  ").append(article, style="dim")
        terminal().print(line, no_wrap=True, overflow="ellipsis", crop=terminal().is_terminal)
    say(note, "dim")


def _flat(text: str) -> str:
    return harmless(re.sub(r"\s", " ", text))
