"""``khkr show``: one article, activity or entity as a person wants to see it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from kh_kr_corpus.cli.output import (
    CorpusOption,
    Format,
    FormatOption,
    emit_json,
    flow,
    harmless,
    say,
    show_table,
    terminal,
)
from kh_kr_corpus.errors import InputError, UnknownNameError, near

if TYPE_CHECKING:
    from kh_kr_corpus.corpus import Corpus
    from kh_kr_corpus.models import Activity, Article, Entity

Name = Annotated[str, typer.Argument(help="id of an article or activity, or an entity's id or any of its names")]
Texts = Annotated[
    Path | None, typer.Option("--texts", help="folder with your own copies of external texts", readable=False)
]
Html = Annotated[
    Path | None, typer.Option("--html", help="write the annotated article as an HTML page here", readable=False)
]

_COLOURS = {
    "PERSON": "orange3", "ORG": "dodger_blue2", "GPE": "green4", "LOC": "dark_cyan", "FAC": "deep_sky_blue4",
    "NORP": "olive_drab", "EVENT": "deep_pink4", "AGREEMENT": "purple", "PROGRAM": "magenta",
    "MONEY": "gold4", "DATE": "red3",
}  # fmt: skip


def run(
    name: Name,
    corpus_path: CorpusOption = None,
    texts: Texts = None,
    html: Html = None,
    output: FormatOption = Format.text,
) -> int:
    """Show an annotated article, an activity with its sources, or an entity with all its names."""
    from kh_kr_corpus.corpus import load

    corpus = load(corpus_path, synthetic=True)
    if texts:
        corpus = corpus.attach(texts)
        if output is not Format.json:
            show_table(corpus.report.columns, corpus.report.rows, note=corpus.report.note)
    record = _find(corpus, name)
    if html:
        return _write_html(record, html)
    if output is Format.json:
        emit_json(record.model_dump(mode="json"))
        return 0
    _SHOW[type(record).__name__](record, corpus)
    return 0


def _find(corpus: Corpus, name: str) -> Any:
    for query in (corpus.articles, corpus.activities):
        with contextlib.suppress(UnknownNameError):
            return query[name]
    try:
        found = corpus.kb.resolve(name)
    except UnknownNameError:
        ids = [record.id for record in (*corpus.articles, *corpus.activities)]
        ids += [alias.text for alias in corpus.kb.aliases()]
        raise UnknownNameError("article, activity or entity", name, near(name, ids)) from None
    if len(found) > 1:
        raise InputError(name, "is the name of several entities", "use an id: " + ", ".join(e.id for e in found))
    return found[0]


def _write_html(record: Any, path: Path) -> int:
    from kh_kr_corpus import _html, store
    from kh_kr_corpus.store.files import read_bytes, revision_of

    if not hasattr(record, "_repr_html_"):
        raise InputError(record.id, "has no page", "--html is for articles")
    there = read_bytes(path, 100_000_000) if path.exists() else None
    if there and not there.startswith(_html.DOCTYPE.encode()):
        raise InputError(str(path), "this file is there already, and it is no page", "name another file")
    revision = None if there is None else revision_of(there)
    store.write_text(path, _html.page(record.title, record._repr_html_()), revision=revision)
    say(f"wrote {path.resolve()}")
    return 0


def _show_article(article: Article, _: Corpus) -> None:
    say(article.title, "bold")
    facts = (article.date, article.origin, article.source, article.author, f"rights: {article.rights.text}")
    say(" · ".join(fact for fact in facts if fact), "dim")
    if article.text is None:
        say("The text is not ours to store; --texts FOLDER shows it from your own copy.", "italic")
        rows = [(m.start, m.end, m.label, m.text, m.entity) for m in article.mentions]
        show_table(("start", "end", "label", "text", "entity"), rows)
    else:
        text = Text(harmless(article.text))
        for mention in article.mentions:
            text.stylize(f"bold {_COLOURS[mention.label]}", mention.start, mention.end)
        flow(text)
        terminal().print(Text("  ").join(Text(label, style=f"bold {c}") for label, c in _COLOURS.items()))
    reports = [(i.id, i.kind, i.status, i.assertion, i.activity, i.title) for i in article.initiatives]
    if reports:
        say("")
        show_table(("", "kind", "status", "assertion", "activity", "title"), reports, title="initiatives")


def _show_activity(activity: Activity, corpus: Corpus) -> None:
    say(activity.title, "bold")
    say(f"{activity.kind} · {', '.join(activity.sectors)} · {activity.status} as of {activity.as_of}", "dim")
    show_table(("role", "entity"), [(p.role, corpus.kb[p.entity].name) for p in activity.participants])
    if activity.amounts:
        rows = [(a.stage, a.amount, a.currency, a.date, ", ".join(a.sources)) for a in activity.amounts]
        show_table(("stage", "amount", "currency", "date", "sources"), rows, title="amounts")
    show_table(("source",), [(f"{name}: {corpus.sources[name].url or ''}",) for name in activity.sources])
    for text in activity.disagreements:
        say(f"sources disagree: {text}", "yellow")


def _show_entity(entity: Entity, corpus: Corpus) -> None:
    say(f"{entity.name}  ({entity.id})", "bold")
    show_table(("name", "language", "kind"), [(n.text, n.lang, n.kind) for n in entity.names])
    if entity.offices:
        rows = [(o.title, ", ".join(o.attested), o.term) for o in entity.offices]
        show_table(("office", "attested", "term"), rows, title="offices")
    mentions = corpus.mentions.where(entity=entity.id)
    say(f"{len(mentions)} mentions in {len({m['article'] for m in mentions.to_dicts()})} articles", "dim")
    if entity.note:
        say(entity.note)


_SHOW: dict[str, Callable[[Any, Corpus], None]] = {
    "Article": _show_article,
    "Activity": _show_activity,
    "Entity": _show_entity,
}
