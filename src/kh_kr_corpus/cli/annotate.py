"""``khkr annotate``: suggestions for new texts."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kh_kr_corpus.cli.output import Format, FormatOption, emit, fail, say, show_table
from kh_kr_corpus.errors import KhkrError

if TYPE_CHECKING:
    from kh_kr_corpus.models import Article

Files = Annotated[list[Path], typer.Argument(help="UTF-8 text files: the body only, without headline and byline")]
Output = Annotated[Path | None, typer.Option("--output", help="write YAML into this corpus (see khkr init)")]
Date = Annotated[str | None, typer.Option("--date", help="the text's date, e.g. 2026-03-12; resolves weekdays")]
Title = Annotated[str | None, typer.Option("--title", help="the headline; default: the file's name")]
MinScore = Annotated[float, typer.Option("--min-score", min=0, max=1, help="leave out suggestions that are less sure")]

_LIMIT = 8_000_000


def run(
    files: Files,
    output: Output = None,
    date: Date = None,
    title: Title = None,
    min_score: MinScore = 0.0,
    output_format: FormatOption = Format.text,
) -> int:
    """Suggest mentions, links and initiatives for texts. Everything stays `suggested` until somebody reviews it.

    With --output each text becomes a YAML file in that corpus, with `rights.text: local`: yours, and refused
    by exports. A file that is there already is never overwritten.
    """
    from kh_kr_corpus.annotate import Annotator
    from kh_kr_corpus.store import find_root, read_text, write

    root = find_root(output) if output else None
    annotator = Annotator()
    worst = 0
    for path in files:
        try:
            text = read_text(path, _LIMIT)
            name = title or path.stem.replace("-", " ").replace("_", " ").strip() or "untitled"
            article = _keep(annotator.annotate(text, title=name, date=date, id=_id_of(path)), min_score)
            written = write(article, root) if root else None
        except KhkrError as error:
            # the other files are still annotated; a text's own error names no file
            fail(str(error) if str(path) in str(error) else f"{path}: {error}")
            worst = max(worst, error.exit_code)
            continue
        _show(article, written, output_format)
    return worst


def _id_of(path: Path) -> str:
    return re.sub(r"[^a-z0-9]+", "-", path.stem.casefold()).strip("-")[:80].strip("-") or "text"


def _keep(article: Article, min_score: float) -> Article:
    sure = {
        "mentions": tuple(m for m in article.mentions if (m.score or 0) >= min_score),
        "initiatives": tuple(i for i in article.initiatives if (i.score or 0) >= min_score),
    }
    return article.model_copy(update=sure)


def _show(article: Article, written: Path | None, output_format: Format) -> None:
    if output_format is Format.json:
        emit(json.dumps(article.model_dump(mode="json"), ensure_ascii=False))
        return
    labels = Counter(mention.label for mention in article.mentions)
    linked = sum(mention.entity is not None for mention in article.mentions)
    told = ", ".join(f"{n} {label}" for label, n in labels.most_common())
    say(f"{article.id}: {len(article.mentions)} mentions ({told}), {linked} linked", "bold")
    if written is None:
        rows = [
            (m.start, m.label, m.text, m.entity, m.score, m.suggestion and m.suggestion.reason)
            for m in article.mentions
        ]
        show_table(("start", "label", "text", "entity", "score", "reason"), rows)
    found = [(i.kind, i.status, i.assertion, i.score, i.title) for i in article.initiatives]
    say(f"{len(found)} initiatives" if found else "no initiatives", "bold")
    if found:
        show_table(("kind", "status", "assertion", "score", "title"), found)
    if written:
        say(f"wrote {written}")
