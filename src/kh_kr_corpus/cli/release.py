"""``khkr release``: seals a version of the data, and writes the folder that is deposited for its DOI."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from kh_kr_corpus.cli.output import number, say
from kh_kr_corpus.errors import InputError

Corpus = Annotated[Path, typer.Argument(help="the corpus folder", readable=False)]
Day = Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="seal the version with this day")]
Dataset = Annotated[
    Path | None, typer.Option("--dataset", help="write tables, licence and descriptions here", readable=False)
]


def run(corpus: Corpus, date: Day = None, dataset: Dataset = None) -> int:
    """Seal the version of a corpus that is being worked on, or write it as a data set to deposit, or both.

    Sealing writes the day into release.yaml, the released ids into ids.txt and the checksum of every file into
    MANIFEST.sha256. From then on the linter holds the files to them.
    """
    from kh_kr_corpus import store
    from kh_kr_corpus.cite import write_dataset
    from kh_kr_corpus.store.files import require

    if date is None and dataset is None:
        raise InputError("release", "nothing to do", "add --date YYYY-MM-DD, --dataset FOLDER, or both")
    require(corpus)
    root = store.find_root(corpus)
    if date is not None:
        made = store.release(root, date.date())
        say(f"{root} is version {made.version} now; next: khkr cite --output, commit, tag")
    if dataset is not None:
        names = write_dataset(store.read_corpus(root, strict=True, whole=False), dataset)
        say(f"wrote {dataset}: {number(len(names), 'file')}")
    return 0
