"""``khkr evaluate``: how good the annotator is, against accepted annotations."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kh_kr_corpus.cli import measures
from kh_kr_corpus.cli.measures import By
from kh_kr_corpus.cli.output import CorpusOption, Format, FormatOption, show_table
from kh_kr_corpus.errors import InputError

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
Prefix = Annotated[str, typer.Option("--prefix", help="only articles whose id begins so, e.g. dev- or fresh-,later-")]
Split = Annotated[
    str, typer.Option("--split", help="only the texts of a split, exercises included: train, dev or test")
]
Layers = Annotated[
    str | None,
    typer.Option("--layers", help="agreement of two readings instead: FIRST,SECOND (folders of layers/)"),
]
ByOption = Annotated[By | None, typer.Option("--by", help="scores apart: by genre, origin, or names seen in training")]
Errors = Annotated[int, typer.Option("--errors", min=0, help="the N most costly confusions instead, in context")]
Ablation = Annotated[bool, typer.Option("--ablation", help="with each component left out in turn instead")]
Calibration = Annotated[bool, typer.Option("--calibration", help="what scores mean instead: right by score")]
Plot = Annotated[Path | None, typer.Option("--plot", help="with --calibration: also draw it, as this SVG file")]
Sweep = Annotated[bool, typer.Option("--sweep", help="what each --min-score of khkr annotate leaves instead")]
Resamples = Annotated[
    int, typer.Option("--resamples", min=0, help="resamples of the articles for the intervals; 0 for none")
]
Seed = Annotated[int, typer.Option("--seed", help="of the resampling: same seed, same intervals")]


def run(
    corpus_path: CorpusOption = None,
    texts: Texts = None,
    on: OnOption = On.corpus,
    prefix: Prefix = "",
    split: Split = "",
    baseline: Baseline = True,
    layers: Layers = None,
    by: ByOption = None,
    errors: Errors = 0,
    ablation: Ablation = False,
    calibration: Calibration = False,
    plot: Plot = None,
    sweep: Sweep = False,
    resamples: Resamples = 1000,
    seed: Seed = 20260101,
    output: FormatOption = Format.text,
) -> int:
    """Score the annotator: spans (strict and bounds), links, values, kinds, sectors, evidence.

    External texts take part when --texts says where your copies are. Next to it stands plain en_core_web_sm. low and
    high bound the middle 95 % of f1 when the articles are resampled.
    With --layers, how far two readings of the same texts agree, the first as gold; f1 is alpha in rows of alpha.
    """
    asked: dict[str, Any] = {"layers": layers, "by": by, "errors": errors, "ablation": ablation}
    view = _one_view({**asked, "calibration": calibration, "sweep": sweep})
    if plot and view != "calibration":
        raise InputError("--plot", "draws the calibration, which is not asked for", "add --calibration")
    if layers:
        return _agreement(corpus_path, layers, prefix, output)
    corpus, gold = _gold(corpus_path, texts, on, prefix, split)
    run = measures.Run(corpus, gold, resamples, seed, output)
    given = {"by": (by,), "errors": (errors,), "calibration": (plot,), "scores": (baseline,)}
    getattr(run, view)(*given.get(view, ()))
    return 0


def _one_view(views: dict[str, Any]) -> str:
    """The table that was asked for."""
    asked = [name for name, value in views.items() if value]
    if len(asked) > 1:
        named = " ".join(f"--{name}" for name in asked)
        raise InputError(named, "each is a table of its own", "ask for one at a time")
    return asked[0] if asked else "scores"


def _gold(path: Path | None, texts: Path | None, on: On, prefix: str, split: str) -> tuple[Corpus, list[Article]]:
    from kh_kr_corpus.corpus import load

    corpus = load(path, synthetic=bool(split) or on is not On.corpus)
    if texts:
        corpus = corpus.attach(texts)
    gold = [article for article in corpus.articles if article.text is not None and _begins(article, prefix)]
    if split:
        gold = _of_split(corpus, split, gold)
    if on is On.synthetic:
        gold = [article for article in gold if article.origin == "synthetic"]
    if not gold:
        raise InputError("evaluate", "no article with a text to score on", "see --on, --prefix and --texts")
    return corpus, gold


def _begins(article: Article, prefixes: str) -> bool:
    """Whether the id begins with one of several prefixes, which commas separate."""
    return article.id.startswith(tuple(prefix.strip() for prefix in prefixes.split(",")))


def _of_split(corpus: Corpus, split: str, articles: list[Article]) -> list[Article]:
    from kh_kr_corpus.errors import UnknownNameError

    splits = dict(corpus.splits.items())
    if split not in splits:
        raise UnknownNameError("split", split, tuple(splits))
    wanted = set(splits[split])
    return [article for article in articles if article.id in wanted]


def _agreement(corpus_path: Path | None, layers: str, prefix: str, output: Format) -> int:
    from kh_kr_corpus.corpus import load
    from kh_kr_corpus.evaluate import agree

    names = [name.strip() for name in layers.split(",")]
    if len(names) != 2:
        raise InputError("--layers", f"{layers!r} is not two layers", "write FIRST,SECOND")
    read = [one for one in load(corpus_path, synthetic=True).layers(*names) if _begins(one[0], prefix)]
    if not read:
        raise InputError("--layers", "no article has both readings", "see --prefix")
    columns = ["measure", "label", "precision", "recall", "f1", "n"]
    rows = [[row[name] for name in columns] for row in agree(read).to_dicts()]
    readers = " and ".join(sorted({layer.by for _, *both in read for layer in both}))
    show_table(columns, rows, output=output, note=f"{len(read)} articles read by {readers}; n counts the first layer")
    return 0
