"""``khkr annotate``: suggestions for new texts."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kh_kr_corpus._offsets import fingerprint
from kh_kr_corpus.cli.output import Format, FormatOption, emit_json, fail, say, show_table
from kh_kr_corpus.errors import InputError, KhkrError

if TYPE_CHECKING:
    from kh_kr_corpus.models import Article

Files = Annotated[
    list[Path], typer.Argument(help="UTF-8 text files: the body only, without headline and byline", readable=False)
]
Output = Annotated[
    Path | None, typer.Option("--output", help="write YAML into this corpus (see khkr init)", readable=False)
]
Date = Annotated[str | None, typer.Option("--date", help="the text's date, e.g. 2026-03-12; resolves weekdays")]
Title = Annotated[str | None, typer.Option("--title", help="the headline; default: the file's name")]
Genre = Annotated[str | None, typer.Option("--genre", help="e.g. op-ed; decides whose word an initiative is")]
MinScore = Annotated[float, typer.Option("--min-score", min=0, max=1, help="leave out suggestions that are less sure")]


def run(
    files: Files,
    output: Output = None,
    date: Date = None,
    title: Title = None,
    genre: Genre = None,
    min_score: MinScore = 0.0,
    output_format: FormatOption = Format.text,
) -> int:
    """Suggest mentions, links and initiatives for texts. Everything stays `suggested` until somebody reviews it.

    With --output each text becomes a YAML file in that corpus, linked to its entities, with `rights.text: local`:
    yours, and refused by exports. A file that is there already is never overwritten.
    """
    from kh_kr_corpus.annotate import MAX_CHARACTERS, Annotator
    from kh_kr_corpus.kb import KnowledgeBase
    from kh_kr_corpus.store import read_entities, read_text, write

    root = _root_for(output) if output else None
    annotator = Annotator(kb=KnowledgeBase(read_entities(root).values()) if root else None)
    worst = 0
    for path in files:
        try:
            text = read_text(path, 4 * MAX_CHARACTERS)
            name = title or path.stem.replace("-", " ").replace("_", " ").strip() or "untitled"
            article = _keep(annotator.annotate(text, title=name, date=date, id=_id_of(path), genre=genre), min_score)
            written = write(article, root) if root else None
        except KhkrError as error:
            # the other files are still annotated; a text's own error names no file
            fail(_naming(path, error))
            worst = max(worst, error.exit_code)
            continue
        _show(article, written, output_format)
    return worst


def _root_for(output: Path) -> Path:
    """The corpus to write into, known to be there and writable before any work is done."""
    from kh_kr_corpus.store import find_root
    from kh_kr_corpus.store.files import require, require_writable

    require(output)  # a misspelt name inside a corpus must not mean the whole of it
    root = find_root(output)
    require_writable(output, root / "articles", *sorted((root / "articles").glob("*/")))
    return root


def _naming(path: Path, error: KhkrError) -> str:
    """The error's message with the file, and the line where there is one, in front of it."""
    if str(path) in str(error):
        return str(error)
    line = f":{error.line}" if isinstance(error, InputError) and error.line else ""
    return f"{path}{line}: {str(error).replace(f'text{line}: ', '')}"


def _id_of(path: Path) -> str:
    """The file's name as an id; a name without Latin letters gets one that is its own, the same every time."""
    slug = re.sub(r"[^a-z0-9]+", "-", path.stem.casefold()).strip("-")[:80].strip("-")
    return slug or "text-" + fingerprint(path.stem)[:8]


def _keep(article: Article, min_score: float) -> Article:
    sure = {
        "mentions": tuple(m for m in article.mentions if (m.score or 0) >= min_score),
        "initiatives": tuple(i for i in article.initiatives if (i.score or 0) >= min_score),
    }
    return article.model_copy(update=sure)


def _show(article: Article, written: Path | None, output_format: Format) -> None:
    if output_format is Format.json:
        emit_json(article.model_dump(mode="json"), indent=None)
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
    say(f"{len(found)} initiative{'s' if len(found) > 1 else ''}" if found else "no initiatives", "bold")
    if found:
        show_table(("kind", "status", "assertion", "score", "title"), found)
    if written:
        say(f"wrote {written}")
