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
    number,
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
    Path | None,
    typer.Option(
        "--html",
        help="write the annotated article, or the card of an activity or entity, as an HTML page here",
        readable=False,
    ),
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
        return _write_html(record, html, corpus)
    if output is Format.json:
        emit_json(record.model_dump(mode="json"))
        return 0
    _SHOW[type(record).__name__](record, corpus)
    return 0


def _find(corpus: Corpus, name: str) -> Any:
    for query in (corpus.articles, corpus.activities):
        with contextlib.suppress(UnknownNameError):
            return query[name]
    if name in corpus.kb:
        return corpus.kb[name]
    matches = corpus.kb.search(name)
    sure = [match for match in matches if match.by_key and match.score == matches[0].score]
    if not sure:
        ids = [record.id for record in (*corpus.articles, *corpus.activities)]
        likely = tuple(f"{match.name} ({match.entity})" for match in matches[:3])
        raise UnknownNameError("article, activity or entity", name, likely or near(name, ids))
    if len(sure) > 1:
        raise InputError(name, "is the name of several entities", "use an id: " + ", ".join(m.entity for m in sure))
    if sure[0].score < 1:
        say(f"{name} read as {sure[0].name}: {', '.join(sure[0].reasons)}", "dim", error=True)
    return corpus.kb[sure[0].entity]


def _write_html(record: Any, path: Path, corpus: Corpus) -> int:
    from kh_kr_corpus import _html, store
    from kh_kr_corpus.store.files import read_bytes, revision_of

    there = read_bytes(path, 100_000_000) if path.exists() else None
    if there and not there.startswith(_html.DOCTYPE.encode()):
        raise InputError(str(path), "this file is there already, and it is no page", "name another file")
    revision = None if there is None else revision_of(there)
    title = record.name if hasattr(record, "names") else record.title
    body = _activity_card(record, corpus) if hasattr(record, "participants") else record._repr_html_()
    store.write_text(path, _html.page(title, body), revision=revision)
    say(f"wrote {path.resolve()}")
    return 0


def _activity_card(activity: Activity, corpus: Corpus) -> str:
    """The activity's card with names, titles and addresses for its ids, its parts, and the texts that report it."""
    ids = [*(part.entity for part in activity.participants), *activity.place]
    names = {entity: f"{corpus.kb[entity].name} ({entity})" for entity in ids if entity in corpus.kb}
    cited = {name: corpus.sources[name] for name in activity.sources if name in corpus.sources}
    names |= {n: " · ".join(filter(None, (n, s.publisher, s.title, s.date, s.url))) for n, s in cited.items()}
    parts = [(part.id, part.title, part.status) for part in corpus.activities.where(part_of=activity.id)]
    told = [(r.article, r.title, r.status, r.assertion) for r in corpus.initiatives.where(activity=activity.id)]
    return activity.card(names, (("part", "", "status"), parts), (("reported by", "as", "status", "word"), told))


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
    places = ", ".join(corpus.kb[place].name for place in activity.place)
    facts = [activity.id, activity.period, places, activity.part_of and f"part of {activity.part_of}"]
    facts.append("" if activity.counts_in_totals else "does not count in totals")
    say(" · ".join(fact for fact in facts if fact), "dim")
    show_table(("role", "entity"), [(p.role, corpus.kb[p.entity].name) for p in activity.participants])
    if activity.amounts:
        rows = [(a.stage, a.amount, a.currency, a.date, ", ".join(a.sources)) for a in activity.amounts]
        show_table(("stage", "amount", "currency", "date", "sources"), rows, title="amounts")
    show_table(("source",), [(f"{name}: {corpus.sources[name].url or ''}",) for name in activity.sources])
    for part in corpus.activities.where(part_of=activity.id):
        say(f"has the part {part.id}: {part.title}")
    told = dict.fromkeys(report.article for report in corpus.initiatives.where(activity=activity.id))
    say(f"reported by {', '.join(told)}" if told else "reported by no text here", "dim")
    for text in activity.disagreements:
        say(f"sources disagree: {text}", "yellow")
    if activity.note:
        say(activity.note)


def _show_entity(entity: Entity, corpus: Corpus) -> None:
    say(" · ".join((entity.name, *(n for script in ("Hang", "Khmr") for n in entity.names_in(script)[:1]))), "bold")
    facts = [
        entity.id, entity.country, entity.titles and f"titles: {', '.join(entity.titles)}",
        entity.family and f"family name: {entity.family}", entity.parent and f"part of {entity.parent}",
        entity.predecessors and f"formed from {', '.join(entity.predecessors)}",
    ]  # fmt: skip
    say(" · ".join(fact for fact in facts if fact), "dim")
    show_table(("name", "language", "kind", "in use", "sources"), [name.row() for name in entity.names])
    if entity.offices:
        say("")
        held = sorted(entity.offices, key=lambda office: office.since)
        rows = [(*office.row()[:5], ", ".join(corpus.kb.successors(entity.id, office))) for office in held]
        show_table(("office", "for", "term", "seen in office", "predecessor", "successor"), rows, title="offices")
    if entity.identifiers:
        say("")
        ids = [(i.scheme, i.value, i.source, i.checked) for i in entity.identifiers]
        show_table(("identifier", "value", "source", "checked"), ids)
    for other, by in corpus.kb.namesakes(entity.id).items():
        say(f"not to be taken for {other}; decided by {', '.join(by)}")
    # style exercises are loaded to be shown by id, and are no part of what the corpus says
    mentions = corpus.mentions.where(entity=entity.id, origin=["genuine", "brief"])
    parts = corpus.participations.where(entity=entity.id, initiative=None)
    articles = len({row["article"] for row in mentions.to_dicts()})
    seen = f"{number(len(mentions), 'mention')} in {number(articles, 'article')}"
    say(f"{seen}; a part in {number(len(parts), 'activity')}", "dim")
    if entity.note:
        say(entity.note)


_SHOW: dict[str, Callable[[Any, Corpus], None]] = {
    "Article": _show_article,
    "Activity": _show_activity,
    "Entity": _show_entity,
}
