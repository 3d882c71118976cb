"""``khkr batch``: what it costs, and the long forms of its tests, killed workers and more and more documents.

Run it at the top of the project:

- ``python -m bench.batch``: 1,000 documents in one process and with one and two workers, against the annotator on the
  same texts. Wall time, so only a machine with two cores to spare can show what two workers gain.
- ``python -m bench.batch kills [DOCUMENTS] [KILLS]``: by default 10,000 short documents on two worker processes, of
  which 100 are killed, each soon after 100 more documents are done. Ours must have every document once; the control,
  whose workers write their own rows, must not. The last line says whether that held, and so does the exit code.
- ``python -m bench.batch growth [DOCUMENTS] [SVG]``: by default 50,000 documents on two workers; every 1,000 it notes
  wall time, processor time of all processes and memory, and draws them. Processor time is what counts where a machine
  is busy with other things.

The documents are generated: three sentences each, drawn from the texts that come with the corpus, exercises included.
They say nothing about how well real texts are annotated, and little variety flatters what is cached.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import altair as alt
import psutil
from bench._rows import Row, as_text, say
from bench._rows import main as tell
from tests.batch.killing import killed_naive, killed_ours
from tests.batch.samples import rows as rows_of

from kh_kr_corpus import load
from kh_kr_corpus._sentences import sentences
from kh_kr_corpus.annotate import Annotator
from kh_kr_corpus.batch import Progress, Settings, annotate_source
from kh_kr_corpus.charts.style import BLUE, GREEN, inline, plain, title

SENTENCES = 3


def generated(count: int) -> Iterator[dict[str, str]]:
    """So many documents, always the same ones."""
    texts = [article.text for article in load(synthetic=True).articles if article.text]
    pool = [text[start:end].replace("\n", " ") for text in texts for start, end in sentences(text)]
    chance = random.Random(20261122)  # noqa: S311 - not for secrets
    for number in range(count):
        yield {"id": f"generated-{number}", "text": " ".join(chance.choices(pool, k=SENTENCES))}


def source_of(folder: str, count: int) -> Path:
    path = Path(folder, "generated.jsonl")
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in generated(count))
    return path


def verdict(found: Counter[str], count: int) -> tuple[int, int]:
    """How many documents are missing, and how many stand there more than once."""
    return sum(f"generated-{n}" not in found for n in range(count)), sum(times > 1 for times in found.values())


def rows(count: int = 1_000, rounds: int = 2) -> Iterator[Row]:
    """Wall time a word, once the workers and their annotators are there; medians, in turns."""
    texts, taken = [one["text"] for one in generated(count)], dict[str, list[float]]()
    words, annotator = sum(len(text.split()) for text in texts), Annotator()
    list(annotator.pipe(texts[:100]))
    for _ in range(rounds):
        start = time.perf_counter()
        list(annotator.pipe(texts))
        taken.setdefault("pipe", []).append((time.perf_counter() - start) / words)
        for workers in (0, 1, 2):
            taken.setdefault(f"{workers}", []).append(pace(count, workers))
    ms = {name: statistics.median(values) * 1e6 for name, values in taken.items()}
    what, unit = f"batch, {count:,} documents, ", "ms per 1,000 words"
    yield Row(f"{what}one process", ms["0"], "Annotator.pipe on the texts", ms["pipe"], unit, 1.25)
    yield Row(f"{what}one worker", ms["1"], "one process", ms["0"], unit, 1.15)
    yield Row(f"{what}two workers", ms["2"], "one process (limit: 0.5)", ms["0"], unit, 0.6)


def pace(count: int, workers: int) -> float:
    """Seconds a word of a batch, from the moment each worker has given its first part."""
    notes: list[Progress] = []
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(rows=50)
        annotate_source(str(source_of(folder, count)), Path(folder, "out"), workers=workers, settings=settings,
                        told=notes.append)  # fmt: skip
    first = next(note for note in notes if note.documents >= 200)
    return (notes[-1].seconds - first.seconds) / (notes[-1].words - first.words)


def kills(count: int = 10_000, times: int = 100) -> bool:
    settings, every = Settings(rows=50), count // (times + 1)
    with tempfile.TemporaryDirectory() as folder:
        source, start = source_of(folder, count), time.monotonic()
        killed = killed_ours(source, Path(folder, "out"), settings, times, every)
        found = Counter(row["id"] for row in rows_of(Path(folder, "out"), "articles", ["id"]))
        failed = len(rows_of(Path(folder, "out"), "errors", ["id"]))
        missing, doubled = verdict(found, count)
        say(f"ours: {count:,} documents, {killed} kills, {time.monotonic() - start:,.0f} s: "
            f"{missing} missing, {doubled} doubled, {failed} called bad")  # fmt: skip
        held = missing == doubled == failed == 0 and killed >= times * 0.9
    with tempfile.TemporaryDirectory() as folder:
        source, start = source_of(folder, count), time.monotonic()
        control = killed_naive(source, Path(folder, "rows"), settings, times, every)
        missing, doubled = verdict(control, count)
        say(f"control, workers that write: {count:,} documents, up to {times} kills, "
            f"{time.monotonic() - start:,.0f} s: {missing} missing, {doubled} doubled")  # fmt: skip
    return held and missing + doubled > 0


class Meter:
    """Notes what a run has cost so far, every so many documents."""

    def __init__(self, every: int) -> None:
        self._every, self._next = every, 0
        self._me, self._spent = psutil.Process(), Counter[int]()
        self.notes: list[dict[str, Any]] = []

    def __call__(self, progress: Progress) -> None:
        if progress.documents < self._next:
            return
        self._next = progress.documents + self._every
        memory = 0.0
        for process in (self._me, *self._me.children(recursive=True)):
            try:
                times = process.cpu_times()
                self._spent[process.pid] = times.user + times.system  # type: ignore[assignment]
                memory += process.memory_info().rss
            except psutil.NoSuchProcess:
                continue
        mine = self._me.memory_info().rss
        self.notes.append(
            {
                "documents": progress.documents,
                "words": progress.words,
                "wall": round(progress.seconds, 1),
                "cpu": round(sum(self._spent.values()), 1),
                "memory": round(memory / 1e6),
                "own": round(mine / 1e6),
            }
        )


def growth(count: int = 50_000, picture: str = "docs/batch/growth.svg") -> bool:
    meter = Meter(max(1, count // 50))
    with tempfile.TemporaryDirectory() as folder:
        source, settings = source_of(folder, count), Settings(rows=max(1, min(500, count // 100)))
        report = annotate_source(str(source), Path(folder, "out"), workers=2, settings=settings, told=meter)
    notes = meter.notes
    for note in notes[:: max(1, len(notes) // 10)]:
        say(json.dumps(note))
    first, last, half = notes[0], notes[-1], notes[len(notes) // 2]
    rates = [(b["words"] - a["words"]) / (b["cpu"] - a["cpu"]) for a, b in ((first, half), (half, last))]
    say(f"{report.documents:,} documents, {report.words:,} words, {report.reprints:,} reprints: "
        f"{report.seconds:,.0f} s, {report.speed:,.0f} words/s; "
        f"words per second of processor time: {rates[0]:,.0f} in the first half, {rates[1]:,.0f} in the second; "
        f"memory of this process {half['own']} MB at half, {last['own']} MB at the end")  # fmt: skip
    per_hour = last["words"] / last["cpu"] * 3600
    for each in (last["words"] // last["documents"], 400):
        say(f"ten million documents of {each} words: {as_text(1e7 * each / per_hour)} core-hours, reckoned from this")
    Path(picture).parent.mkdir(parents=True, exist_ok=True)
    drawn(notes).save(picture)
    return report.failed == 0


def drawn(notes: list[dict[str, Any]]) -> Any:
    """Processor time and memory by documents, one above the other."""
    x = alt.X("documents:Q", title="documents annotated")
    base = alt.Chart(inline(notes)).properties(width=520)
    cost = base.mark_line(color=BLUE, point={"color": BLUE, "size": 18}).encode(
        x=x, y=alt.Y("cpu:Q", title="processor time, s")
    )
    line = base.mark_line(color="#8A8F98", strokeDash=[4, 4]).encode(x=x, y="straight:Q")
    for note in notes:
        share = (note["documents"] - notes[0]["documents"]) / (notes[-1]["documents"] - notes[0]["documents"])
        note["straight"] = notes[0]["cpu"] + share * (notes[-1]["cpu"] - notes[0]["cpu"])
    memory = base.mark_line(color=GREEN).encode(
        x=x, y=alt.Y("memory:Q", title="memory, MB", scale=alt.Scale(domainMin=0))
    )
    words = "Generated documents of three sentences, two worker processes; dashed: a straight line between the ends."
    upper = (line + cost).properties(height=230, title=title("The cost grows with the documents and no faster", words))
    lower = memory.properties(height=110, title=title("Memory of all processes together"))
    return plain(alt.vconcat(upper, lower))


def main() -> None:
    name, *given = sys.argv[1:] or [""]
    runs = {"kills": lambda: kills(*map(int, given)), "growth": lambda: growth(*map(int, given[:1]), *given[1:])}
    if not name:
        tell(rows)
        return
    if name not in runs:
        sys.exit("say: python -m bench.batch [kills|growth [DOCUMENTS] [KILLS or SVG]]")
    held = runs[name]()
    say("all held" if held else "NOT ALL HELD")
    sys.exit(not held)


if __name__ == "__main__":
    main()
