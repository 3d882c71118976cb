"""``khkr train``: make the annotator's model anew from the corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kh_kr_corpus.cli.extras import require_extra
from kh_kr_corpus.cli.output import CorpusOption, say

Output = Annotated[Path, typer.Option("--output", help="folder for the model's files", readable=False)]
Epochs = Annotated[int, typer.Option("--epochs", min=1, help="how often the tagger reads each text")]
Seed = Annotated[int, typer.Option("--seed", help="of all chance in training")]
Vectors = Annotated[bool, typer.Option("--vectors", help="make the words' meanings too, from all-MiniLM-L6-v2")]

SOURCES = """\
What goes in, and its licence:
  the corpus's train split and exercises       CC BY 4.0
  the bank of labelled sentences (ours)        CC BY 4.0
  en_core_web_sm 3.8.0, the tagger's start     MIT (Explosion), trained on OntoNotes 5
  all-MiniLM-L6-v2, the meanings of words      Apache 2.0 (sentence-transformers)"""


def run(
    corpus_path: CorpusOption = None, output: Output = Path("model"), epochs: Epochs = 20, seed: Seed = 0,
    vectors: Vectors = False,
) -> int:  # fmt: skip
    """Train tagger, selector and initiative heads; about twenty minutes on one core.

    The result is what ships in annotate/model of the package. Needs the extra ``train``.
    """
    from kh_kr_corpus.corpus import load
    from kh_kr_corpus.store.files import read_bytes, replace_file, require_writable, revision_of
    from kh_kr_corpus.train import distil, train

    require_extra("train", "sklearn")
    require_writable(output)
    say(SOURCES)
    files = {"vectors.npz": distil()} if vectors else {}
    files |= train(load(corpus_path, synthetic=True), epochs=epochs, seed=seed, report=say)
    for name, data in files.items():
        path = output / name
        replace_file(path, data, revision_of(read_bytes(path, 100_000_000)) if path.exists() else None)
        say(f"wrote {path} ({len(data) / 1e6:.1f} MB)")
    return 0
