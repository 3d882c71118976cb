"""``khkr schema``: the JSON Schema of corpus files, and the vocabularies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kh_kr_corpus.cli.output import Format, FormatOption, emit, fail, say, show_table

Output = Annotated[Path | None, typer.Option("--output", help="write schema.yaml into this folder", readable=False)]
Check = Annotated[bool, typer.Option("--check", help="exit with 1 when data/schema.yaml is not what the models say")]
Terms = Annotated[
    str | None, typer.Option("--terms", help="print one vocabulary instead, e.g. kinds; `all` lists them")
]


def run(
    output: Output = None, check: Check = False, terms: Terms = None, output_format: FormatOption = Format.text
) -> int:
    """Print the JSON Schema of corpus files (2020-12), write it, check it for drift, or print a vocabulary."""
    from kh_kr_corpus import store
    from kh_kr_corpus.store.files import read_bytes, revision_of

    if terms:
        return _terms(terms, output_format)
    text = store.dumps_schema()
    if output is None and not check:
        emit(text)
        return 0
    path = (output or Path("data")) / "schema.yaml"
    current = read_bytes(path, 10_000_000) if path.exists() else None
    if current == text.encode("utf-8"):
        say(f"{path} is up to date")
        return 0
    if check:
        fail(f"{path} is not what the models say; run: khkr schema --output {path.parent}")
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
