"""``khkr annotate``: suggestions for new texts."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kh_kr_corpus._offsets import fingerprint
from kh_kr_corpus.cli.output import Format, FormatOption, emit_json, fail, number, say, show_table
from kh_kr_corpus.errors import EnvironmentFailure, InputError, KhkrError

if TYPE_CHECKING:
    from kh_kr_corpus.annotate.llm import LanguageModel
    from kh_kr_corpus.kb import KnowledgeBase
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
Llm = Annotated[
    str | None,
    typer.Option(
        "--llm", help="also ask a language model: its endpoint, e.g. http://localhost:8080/v1; sends the text"
    ),
]
LlmModel = Annotated[str | None, typer.Option("--llm-model", help="with --llm: the model's name there")]
LlmKey = Annotated[
    str | None, typer.Option("--llm-key-from", help="with --llm: the environment variable that holds its key")
]
LlmTimeout = Annotated[float, typer.Option("--llm-timeout", min=1, max=3600, help="with --llm: seconds for an answer")]
MinScore = Annotated[float, typer.Option("--min-score", min=0, max=1, help="leave out suggestions that are less sure")]


def run(
    files: Files,
    output: Output = None,
    date: Date = None,
    title: Title = None,
    genre: Genre = None,
    min_score: MinScore = 0.0,
    llm: Llm = None,
    llm_model: LlmModel = None,
    llm_key_from: LlmKey = None,
    llm_timeout: LlmTimeout = 120.0,
    output_format: FormatOption = Format.text,
) -> int:
    """Suggest mentions, links and initiatives for texts. Everything stays `suggested` until somebody reviews it.

    With --output each text becomes a YAML file in that corpus, linked to its entities, with `rights.text: local`:
    yours, and refused by exports. A file that is there already is never overwritten. --llm asks a language model too.
    """
    from kh_kr_corpus.annotate import MAX_CHARACTERS, Annotator
    from kh_kr_corpus.kb import KnowledgeBase
    from kh_kr_corpus.store import read_entities, read_text, write

    root = _root_for(output) if output else None
    second = _second(llm, llm_model, llm_key_from, llm_timeout)
    annotator = Annotator(kb=KnowledgeBase(read_entities(root).values()) if root else None)
    worst = 0
    for path in files:
        try:
            text = read_text(path, 4 * MAX_CHARACTERS)
            found = annotator.annotate(text, title=title or _name_of(path), date=date, id=_id_of(path), genre=genre)
            found, failed = _ask(second, found, annotator.kb)
            worst, article = max(worst, failed), _keep(found, min_score)
            written = write(article, root) if root else None
        except KhkrError as error:
            # the other files are still annotated; a text's own error names no file
            fail(_naming(path, error))
            worst = max(worst, error.exit_code)
            continue
        _show(article, written, output_format)
    return worst


def _second(url: str | None, model: str | None, key_from: str | None, timeout: float) -> LanguageModel | None:
    """The language model that is asked too, if one is; nothing is ever asked unless a person says so."""
    if url is None:
        if model or key_from:
            raise InputError("--llm-model", "no endpoint to ask it at", "add --llm URL")
        return None
    if not model:
        raise InputError("--llm", "no model is named", "add --llm-model NAME")
    from kh_kr_corpus.annotate.llm import LanguageModel

    return LanguageModel(url, model, key_from=key_from, timeout=timeout)


def _ask(model: LanguageModel | None, article: Article, kb: KnowledgeBase) -> tuple[Article, int]:
    """The article with what the model added, and the exit code: what the annotator found is there in any case."""
    if model is None:
        return article, 0
    answer = model.ask(article, kb)
    if answer.problem:
        fail(f"{article.id}: nothing from the language model: {answer.problem}")
        return article, EnvironmentFailure.exit_code
    taken = f"{number(answer.links, 'link')} and {number(answer.initiatives, 'initiative')} taken"
    told = f"{taken}, {len(answer.refused)} refused"
    say(f"{article.id}: {model.by}: {told}", error=True)
    for reason, n in Counter(answer.refused).most_common():
        say(f"  refused {n}: {reason}", "dim", error=True)
    return answer.article, 0


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


def _name_of(path: Path) -> str:
    return re.sub("[-_]", " ", path.stem).strip() or "untitled"


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
    say(f"{article.id}: {number(len(article.mentions), 'mention')} ({told}), {linked} linked", "bold")
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
