"""``khkr export``: a corpus, or a part of it, in a format that other programs read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kh_kr_corpus.cli.output import CorpusOption, Format, FormatOption, emit_json, fail, say, show_table
from kh_kr_corpus.cli.query import to_filters
from kh_kr_corpus.errors import InputError

if TYPE_CHECKING:
    from kh_kr_corpus.formats import Loss, NotCarried

To = Annotated[str | None, typer.Argument(metavar="FORMAT", help="a format's name; without one, they are listed")]
Filters = Annotated[
    list[str] | None, typer.Argument(help="which articles (activities for iati, sources for bibtex): field=value ...")
]
Out = Annotated[Path | None, typer.Option("--out", help="the new file or folder", readable=False)]
RightsStated = Annotated[
    str | None, typer.Option("--rights-stated", help="by what right local texts are published, e.g. 'CC-BY-4.0, mine'")
]
Undecided = Annotated[bool, typer.Option("--undecided", help="take in suggestions that nobody has decided on")]
Page = Annotated[Path | None, typer.Option("--page", help="bring the tables of this Markdown file up to date instead")]
Check = Annotated[bool, typer.Option("--check", help="with --page: only look whether its tables are up to date")]


def run(
    to: To = None,
    filters: Filters = None,
    out: Out = None,
    corpus_path: CorpusOption = None,
    rights_stated: RightsStated = None,
    undecided: Undecided = False,
    page: Page = None,
    check: Check = False,
    output: FormatOption = Format.text,
) -> int:
    """Write a corpus for other programs: `khkr export conll year=2015..2026 --out recent.conllup`.

    What the format can't hold is told by code and count, and item by item with --format json. Texts that may not be
    published are refused.
    """
    from kh_kr_corpus.corpus import load
    from kh_kr_corpus.formats import export, get_format, select

    if page:
        return _page(page, check)
    if to is None:
        _list_formats(output)
        return 0
    form = get_format(to)
    if out is None:
        raise InputError("export", "nowhere to write to", f"add --out PLACE{form.suffix}")
    corpus = load(corpus_path)
    rows = getattr(corpus, form.of).where(**to_filters(filters or ()))
    selection = select(corpus, **{form.of: rows}, undecided=undecided, right=rights_stated)
    lost = list(export(form, selection, out))
    if output is Format.json:
        emit_json([show_item(one) for one in lost])
    else:
        say(f"wrote {out} from {len(rows):,} {form.of}")
        show_lost(lost, form.losses)
    return 0


def show_item(one: NotCarried) -> dict[str, str]:
    return {"code": one.code, "where": one.where, "item": one.item, "message": one.message}


def show_lost(lost: Iterable[NotCarried], losses: Iterable[Loss]) -> None:
    """What was not carried, by code."""
    told = {loss.code: loss for loss in losses}
    counts = Counter(one.code for one in lost)
    if counts:
        rows = [(code, n, told[code].what, told[code].why) for code, n in counts.most_common()]
        show_table(("not carried", "items", "what", "why"), rows, note="--format json tells each")


def _list_formats(output: Format) -> None:
    from kh_kr_corpus.formats.page import formats_table

    table = formats_table()
    show_table(table.columns, table.rows, output=output)


def _page(path: Path, check: bool) -> int:
    from kh_kr_corpus import store
    from kh_kr_corpus.formats.page import fill_page
    from kh_kr_corpus.store.files import decode, read_bytes, revision_of

    old = read_bytes(path, 10_000_000)
    new = fill_page(decode(old, str(path)), str(path))
    if check and new.encode() != old:
        fail(f"{path} is not what the formats declare; say: khkr export --page {path}")
        return 1
    if not check:
        store.write_text(path, new, revision=revision_of(old))
        say(f"wrote {path}")
    return 0
