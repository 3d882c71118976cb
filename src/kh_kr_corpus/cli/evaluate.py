"""``khkr evaluate``: how good the annotator is, against accepted annotations."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kh_kr_corpus.cli.output import CorpusOption, Format, FormatOption, show_table

if TYPE_CHECKING:
    from kh_kr_corpus.corpus import Corpus
    from kh_kr_corpus.models import Article

Texts = Annotated[Path | None, typer.Option("--texts", help="folder with your own copies of external texts")]
Baseline = Annotated[bool, typer.Option("--baseline/--no-baseline", help="plain en_core_web_sm on the same articles")]


class On(StrEnum):
    """Which articles to score on."""

    corpus = "corpus"
    synthetic = "synthetic"
    all = "all"


OnOption = Annotated[On, typer.Option("--on", help="the corpus's texts, the style exercises, or both")]
Prefix = Annotated[str, typer.Option("--prefix", help="only articles whose id begins so, e.g. dev- or test-")]
Split = Annotated[
    str, typer.Option("--split", help="only the texts of a split, exercises included: train, dev or test")
]
Layers = Annotated[
    str | None,
    typer.Option("--layers", help="agreement of two readings instead: FIRST,SECOND (folders of layers/)"),
]


def run(
    corpus_path: CorpusOption = None,
    texts: Texts = None,
    on: OnOption = On.corpus,
    prefix: Prefix = "",
    split: Split = "",
    baseline: Baseline = True,
    layers: Layers = None,
    output: FormatOption = Format.text,
) -> int:
    """Score the annotator: spans (strict and bounds), links, values, kinds, sectors, evidence.

    External texts take part when --texts says where your copies are. Next to it stands plain en_core_web_sm.
    With --layers, how far two readings of the same texts agree, the first as gold; f1 is alpha in rows of alpha.
    """
    if layers:
        return _agreement(corpus_path, layers, prefix, output)
    from kh_kr_corpus.corpus import load
    from kh_kr_corpus.errors import InputError

    corpus = load(corpus_path, synthetic=bool(split) or on is not On.corpus)
    if texts:
        corpus = corpus.attach(texts)
    gold = [article for article in corpus.articles if article.text is not None and article.id.startswith(prefix)]
    if split:
        gold = _of_split(corpus, split, gold)
    if on is On.synthetic:
        gold = [article for article in gold if article.origin == "synthetic"]
    if not gold:
        raise InputError("evaluate", "no article with a text to score on", "see --on, --prefix and --texts")
    _score(corpus, gold, baseline, output)
    return 0


def _score(corpus: Corpus, gold: list[Article], baseline: bool, output: Format) -> None:
    from kh_kr_corpus.annotate import Annotator
    from kh_kr_corpus.evaluate import Baseline, evaluate

    annotator = Annotator(kb=corpus.kb)
    rows = evaluate(gold, lambda a: annotator.annotate(a.text or "", title=a.title, date=a.date, id=a.id)).to_dicts()
    columns = ["measure", "label", "precision", "recall", "f1", "n"]
    if baseline:
        plain = {(row["measure"], row["label"]): row["f1"] for row in evaluate(gold, Baseline()).to_dicts()}
        # plain spaCy has names only: no links, no values, no initiatives
        shown = {key: f1 for key, f1 in plain.items() if key[0] in ("span", "bounds")}
        rows = [{**row, "en_core_web_sm": shown.get((row["measure"], row["label"]))} for row in rows]
        columns.append("en_core_web_sm")
    note = f"{len(gold)} articles; n counts the gold; f1 is the share that is right where precision is empty"
    note += ", and in the last row a number of initiatives"
    show_table(columns, [[row[name] for name in columns] for row in rows], output=output, note=note)


def _of_split(corpus: Corpus, split: str, articles: list[Article]) -> list[Article]:
    from kh_kr_corpus.errors import UnknownNameError

    splits = dict(corpus.splits.items())
    if split not in splits:
        raise UnknownNameError("split", split, tuple(splits))
    wanted = set(splits[split])
    return [article for article in articles if article.id in wanted]


def _agreement(corpus_path: Path | None, layers: str, prefix: str, output: Format) -> int:
    from kh_kr_corpus.corpus import load
    from kh_kr_corpus.errors import InputError
    from kh_kr_corpus.evaluate import agree

    names = [name.strip() for name in layers.split(",")]
    if len(names) != 2:
        raise InputError("--layers", f"{layers!r} is not two layers", "write FIRST,SECOND")
    read = [one for one in load(corpus_path, synthetic=True).layers(*names) if one[0].id.startswith(prefix)]
    if not read:
        raise InputError("--layers", "no article has both readings", "see --prefix")
    columns = ["measure", "label", "precision", "recall", "f1", "n"]
    rows = [[row[name] for name in columns] for row in agree(read).to_dicts()]
    readers = " and ".join(sorted({layer.by for _, *both in read for layer in both}))
    show_table(columns, rows, output=output, note=f"{len(read)} articles read by {readers}; n counts the first layer")
    return 0
