"""The tables of ``khkr evaluate``: scores with intervals, by group, confusions, ablation, calibration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kh_kr_corpus.cli.extras import require_extra
from kh_kr_corpus.cli.output import Format, say, show_table
from kh_kr_corpus.errors import InputError

if TYPE_CHECKING:
    from kh_kr_corpus.annotate import Annotator
    from kh_kr_corpus.corpus import Corpus
    from kh_kr_corpus.evaluate import Place, Reading
    from kh_kr_corpus.models import Article

__all__ = ["By", "Run"]

_ROW = ("measure", "label", "precision", "recall", "f1", "low", "high", "n")
_ERROR = ("measure", "what", "gold", "got", "cost", "count", "examples")
_SUMMARY = {
    ("span", "micro"): "span f1", ("bounds", "all"): "bounds f1", ("link", "accuracy"): "link right",
    ("link", "precision"): "link precision", ("value", "date and money"): "values right",
    ("initiative", "kind"): "kind f1", ("initiative", "sector"): "sector f1", ("initiative", "evidence"): "evidence f1",
}  # fmt: skip


class By(StrEnum):
    """What scores can be taken apart by."""

    genre = "genre"
    origin = "origin"
    seen = "seen"


class Run:
    """One evaluation: the gold, the annotator, and every table that can be made of them."""

    def __init__(self, corpus: Corpus, gold: list[Article], resamples: int, seed: int, output: Format) -> None:
        self._corpus, self._gold, self._output = corpus, gold, output
        self._resamples, self._seed = resamples, seed

    @cached_property
    def _annotator(self) -> Annotator:
        from kh_kr_corpus.annotate import Annotator

        return Annotator(kb=self._corpus.kb)

    def _predict(self, article: Article) -> Article:
        return self._annotator.annotate(article.text or "", title=article.title, date=article.date, id=article.id)

    @cached_property
    def _readings(self) -> list[Reading]:
        from kh_kr_corpus.evaluate import read

        return list(read(self._gold, self._predict))

    def scores(self, baseline: bool) -> None:
        """Every measure, with its interval and what the plain model reaches."""
        from kh_kr_corpus.evaluate import Baseline, evaluate

        rows, columns = self._rows(self._readings), list(_ROW)
        if baseline:
            plain = {(row["measure"], row["label"]): row["f1"] for row in evaluate(self._gold, Baseline()).to_dicts()}
            # plain spaCy has names only: no links, no values, no initiatives
            shown = {key: f1 for key, f1 in plain.items() if key[0] in ("span", "bounds")}
            rows = [{**row, "en_core_web_sm": shown.get((row["measure"], row["label"]))} for row in rows]
            columns.append("en_core_web_sm")
        note = f"{len(self._gold)} articles; n counts the gold; f1 is the share that is right where precision is empty"
        self._show(columns, rows, f"{note}, and in the last row a number of initiatives; {self._resampled}")

    def by(self, by: By) -> None:
        """The main measures of each group; per label too for names seen and unseen."""
        from kh_kr_corpus.evaluate import Seen, by_field, by_seen

        if by is By.seen:
            groups = by_seen(self._readings, Seen.of(self._training()))
            what = "a name is seen when its entity, or its surface for NIL, is in the gold of train; no dates, amounts"
        else:
            groups = by_field(self._readings, lambda article: getattr(article, by.value))
            what = ", ".join(f"{name} {len(readings)}" for name, readings in groups.items()) + " articles"
        rows = [
            {by.value: name, **row}
            for name, readings in groups.items()
            for row in self._rows(readings)
            if row["n"]
            and (row["measure"] != "initiative" if by is By.seen else (row["measure"], row["label"]) in _SUMMARY)
        ]
        order = {(row["measure"], row["label"]): n for n, row in reversed(list(enumerate(rows)))}
        rows.sort(key=lambda row: order[row["measure"], row["label"]])
        self._show([by.value, *_ROW], rows, f"{what}; {self._resampled}")

    def errors(self, most: int) -> None:
        """The most costly confusions, each with up to two places."""
        from kh_kr_corpus.evaluate import confusions

        rows = []
        for one in confusions(self._readings, most):
            places = sorted(one.places, key=lambda place: place.words is None)[:2]
            # words of texts that are not ours stay where they are
            told = [_told(place) for place in places]
            rows.append((one.measure, one.what, one.gold, one.got, one.cost, one.count, " · ".join(told)))
        note = (
            f"{len(self._gold)} articles; cost counts wrong proposals and misses; [brackets] hold the name or evidence"
        )
        show_table(_ERROR, rows, output=self._output, note=note)

    def ablation(self) -> None:
        """The main measures with everything and with each component left out."""
        from kh_kr_corpus.evaluate import ablate

        rows: list[dict[str, Any]] = []
        for one in ablate(self._gold, self._annotator, self._predict):
            row: dict[str, Any] = {"without": one.without or "nothing", **dict.fromkeys(_SUMMARY.values())}
            if one.scores:
                cells = one.scores.cells()
                row |= {name: cells[key].f1 for key, name in _SUMMARY.items()}
                row["false"] = one.scores.initiatives.false_on_none
            rows.append({**row, "note": one.problem})
        note = f"{len(self._gold)} articles; false counts initiatives proposed on texts that have none"
        self._show(["without", *_SUMMARY.values(), "false", "note"], rows, note)

    def calibration(self, plot: Path | None) -> None:
        """How many suggestions of about a score are right; the picture of it where a place is named."""
        from kh_kr_corpus.evaluate import calibration, error_of, judged

        rows, told = [], []
        for what, suggestions in judged(self._readings).items():
            bins = calibration(suggestions)
            rows += [
                {"what": what, "from": b.low, "to": b.high, "n": b.n, "score": b.score, "right": b.right} for b in bins
            ]
            error = error_of(bins)
            told.append(f"{what}s {'nothing' if error is None else f'{error:.3f}'}")
        note = f"{len(self._gold)} articles; expected calibration error: {', '.join(told)}"
        if plot:
            _draw(plot, rows, note)
        self._show(["what", "from", "to", "n", "score", "right"], rows, note)

    def sweep(self) -> None:
        """What is left at each least score, and how good it is."""
        from kh_kr_corpus.evaluate import sweep

        rows = sweep(self._readings)
        self._show(list(rows[0]), rows, f"{len(self._gold)} articles; names strict, initiatives by kind and evidence")

    @property
    def _resampled(self) -> str:
        if not self._resamples:
            return "no intervals"
        return f"low to high: 95 % of {self._resamples} resamples of the articles (seed {self._seed})"

    def _rows(self, readings: list[Reading]) -> list[dict[str, Any]]:
        from kh_kr_corpus.evaluate import intervals, total

        bounds: dict[Any, tuple[float | None, float | None]] = {}
        if self._resamples:
            bounds |= intervals([one.scores for one in readings], resamples=self._resamples, seed=self._seed)
        rows = []
        for row in total(readings).to_dicts():
            low, high = bounds.get((row["measure"], row["label"]), (None, None))
            rows.append({**row, "low": low, "high": high})
        return rows

    def _training(self) -> list[Article]:
        wanted = set(self._corpus.splits.train)
        if not wanted:
            raise InputError("--by seen", "the corpus names no texts to train on", "see splits.yaml")
        # exercises are part of it, whatever is scored on
        from kh_kr_corpus.corpus import load

        return [article for article in load(self._corpus.root, synthetic=True).articles if article.id in wanted]

    def _show(self, columns: list[str], rows: Iterable[Mapping[str, Any]], note: str) -> None:
        show_table(columns, [[row.get(name) for name in columns] for row in rows], output=self._output, note=note)


def _told(place: Place) -> str:
    """An error in its context; where only the offsets may be told, those."""
    differs = f": {place.gold} → {place.got}" if place.gold or place.got else ""
    return f"{place.words or f'{place.start}–{place.end}'} ({place.article}{differs})"


def _draw(path: Path, rows: list[dict[str, Any]], subtitle: str) -> None:
    from kh_kr_corpus import store
    from kh_kr_corpus.store.files import read_bytes, revision_of

    require_extra("charts", "altair", "vl_convert")
    import vl_convert

    from kh_kr_corpus.charts import reliability_chart

    svg = vl_convert.vegalite_to_svg(reliability_chart(rows, subtitle).to_dict())
    there = revision_of(read_bytes(path, 10_000_000)) if path.exists() else None
    store.write_text(path, svg, revision=there)
    say(f"wrote {path}", error=True)
