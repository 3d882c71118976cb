"""``khkr cite``: how to cite a corpus, and the files that catalogues read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kh_kr_corpus.cli.output import CorpusOption, emit, fail, say
from kh_kr_corpus.errors import InputError


class Style(StrEnum):
    """The formats of a citation."""

    apa = "apa"
    bibtex = "bibtex"
    cff = "cff"
    datacite = "datacite"
    croissant = "croissant"


StyleOption = Annotated[Style, typer.Option("--format", help="a reference, or what a catalogue reads")]
Output = Annotated[
    Path | None,
    typer.Option("--output", help="write CITATION.cff, datacite.json and croissant.json there", readable=False),
]
Check = Annotated[bool, typer.Option("--check", help="with --output: only look whether they are up to date")]


def run(
    corpus_path: CorpusOption = None, style: StyleOption = Style.apa, output: Output = None, check: Check = False
) -> int:
    """Say how a corpus is cited: a reference in APA style or BibTeX, CITATION.cff, DataCite's or Croissant's JSON."""
    from kh_kr_corpus.corpus import load

    corpus = load(corpus_path)
    if output is None:
        if check:
            raise InputError("--check", "looks at files, and no folder is named", "add --output FOLDER")
        emit(corpus.cite(style))
        return 0
    from kh_kr_corpus import store
    from kh_kr_corpus.cite import FILES
    from kh_kr_corpus.store.files import read_bytes, require, revision_of

    require(output, folder=True)
    stale = 0
    for name, file in FILES.items():
        path, text = output / file, corpus.cite(name)
        old = read_bytes(path, 10_000_000) if path.exists() else None
        if old == text.encode("utf-8"):
            continue
        stale += 1
        if check:
            fail(f"{path} is not what the corpus says of itself; say: khkr cite --output {output}")
        else:
            store.write_text(path, text, revision=None if old is None else revision_of(old))
            say(f"wrote {path}")
    return int(check and stale > 0)
