"""``khkr schema``: the JSON Schema of corpus files, the vocabularies, and the crosswalks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kh_kr_corpus.cli.output import Format, FormatOption, emit, fail, say, show_table

if TYPE_CHECKING:
    from kh_kr_corpus import vocab

Output = Annotated[Path | None, typer.Option("--output", help="write schema.yaml into this folder", readable=False)]
Check = Annotated[bool, typer.Option("--check", help="exit with 1 when data/schema.yaml is not what the models say")]
Terms = Annotated[
    str | None, typer.Option("--terms", help="print one vocabulary instead, e.g. kinds; `all` lists them")
]
Crosswalk = Annotated[
    str | None,
    typer.Option(
        "--crosswalk", help="print one crosswalk instead, e.g. statuses-iati-activity-status; `all` lists them"
    ),
]
CrosswalkPage = Annotated[
    Path | None, typer.Option("--crosswalk-page", help="write the page of all crosswalks, or check it", readable=False)
]


def run(
    output: Output = None,
    check: Check = False,
    terms: Terms = None,
    crosswalk: Crosswalk = None,
    crosswalk_page: CrosswalkPage = None,
    output_format: FormatOption = Format.text,
) -> int:
    """Print the JSON Schema of corpus files (2020-12), write it, check it for drift, or print a vocabulary or
    crosswalk."""
    from kh_kr_corpus import store

    if terms:
        return _terms(terms, output_format)
    if crosswalk:
        return _crosswalk(crosswalk, output_format)
    if crosswalk_page:
        from kh_kr_corpus.vocab.page import crosswalk_page as text_of

        say_again = f"khkr schema --crosswalk-page {crosswalk_page}"
        return _bring(crosswalk_page, text_of(), "the crosswalks", check, say_again)
    text = store.dumps_schema()
    if output is None and not check:
        emit(text)
        return 0
    path = (output or Path("data")) / "schema.yaml"
    return _bring(path, text, "the models", check, f"khkr schema --output {path.parent}")


def _bring(path: Path, text: str, origin: str, check: bool, command: str) -> int:
    """Bring a generated file up to date, or with ``check`` only tell whether it is."""
    from kh_kr_corpus import store
    from kh_kr_corpus.store.files import read_bytes, revision_of

    current = read_bytes(path, 10_000_000) if path.exists() else None
    if current == text.encode("utf-8"):
        say(f"{path} is up to date")
        return 0
    if check:
        fail(f"{path} is not what {origin} say; run: {command}")
        return 1
    store.write_text(path, text, revision=None if current is None else revision_of(current))
    say(f"wrote {path}")
    return 0


def _terms(name: str, output_format: Format) -> int:
    from kh_kr_corpus import vocab

    if name == "all":
        lists = [vocab.load(each) for each in vocab.names()]
        rows = [(each.name, len(each), each.description) for each in lists]
        show_table(("vocabulary", "terms", "what it lists"), rows, output=output_format)
        return 0
    listed = vocab.load(name)
    terms = [(t.id, t.label["ko"], t.label["km"], t.definition) for t in listed.values()]
    show_table(("id", "ko", "km", "definition"), terms, output=output_format, title=listed.title)
    return 0


def _crosswalk(name: str, output_format: Format) -> int:
    from kh_kr_corpus import vocab
    from kh_kr_corpus.errors import UnknownNameError, near
    from kh_kr_corpus.vocab.page import COLUMNS, rows

    walks = {f"{pair[0]}-{pair[1]}": pair for pair in vocab.crosswalks()}
    if name == "all":
        listed = [(each, *_size(vocab.crosswalk(*pair))) for each, pair in walks.items()]
        columns = ("crosswalk", "terms", "without a code", "choice", "what it says")
        show_table(columns, listed, output=output_format)
        return 0
    if name not in walks:
        raise UnknownNameError("crosswalk", name, near(name, walks) or tuple(walks))
    walk = vocab.crosswalk(*walks[name])
    show_table(COLUMNS, rows(walk), output=output_format, title=name, note=walk.description)
    return 0


def _size(walk: vocab.Crosswalk) -> tuple[int, int, str, str]:
    without = sum(links[0].code is None for links in walk.values())
    return len(walk), without, walk.choice, walk.description
