"""CoNLL with IOB2 tags: one token a line, a blank line behind each sentence; written as CoNLL-U Plus.

Columns are ``ID FORM MISC KHKR:NER`` (https://universaldependencies.org/ext-format.html). ``MISC`` says where spaces
are (``SpaceAfter=No``, ``SpacesAfter=``) and what a mention is linked to (``Link=place/seoul``); what tokens can't say
is JSON in the comment ``khkr.article``. How files of others are read stands in ``conll_rows``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kh_kr_corpus.formats.conll_rows import OURS, Document, Rows, coded
from kh_kr_corpus.formats.contract import NO_TEXT, REJECTED, Format, Imported, Loss, NotCarried, Selection
from kh_kr_corpus.formats.draft import READING, Draft, loads_rest, rest_of
from kh_kr_corpus.formats.jsonl import dumps_line
from kh_kr_corpus.formats.output import put
from kh_kr_corpus.formats.tokens import sentences_of, tokens_of
from kh_kr_corpus.models import Article
from kh_kr_corpus.store.files import read_text

__all__ = ["FORMAT", "read", "write"]

_COLUMNS = "# global.columns = ID FORM MISC KHKR:NER"


def write(selection: Selection, path: Path) -> Iterator[NotCarried]:
    """One file with all articles, each behind a ``newdoc`` comment."""
    put(path, "".join([f"{_COLUMNS}\n", *map(_document, selection.articles)]).encode())
    return
    yield


def _document(article: Article) -> str:
    text = article.text or ""
    spans = {(mention.start, mention.end): mention for mention in article.mentions}
    begins = {start: mention for (start, _), mention in spans.items()}
    cuts = {place for bounds in spans for place in bounds}
    lines = [f"# newdoc id = {article.id}", f"# {OURS} = {dumps_line(rest_of(article))}"]
    inside = None
    for number, (start, end) in enumerate(sentences_of(text, spans), 1):
        tokens = list(tokens_of(text, start, end, cuts))
        lines += [f"# sent_id = {article.id}-{number}", f"# text = {' '.join(text[start:end].split())}"]
        for n, (a, b) in enumerate(tokens, 1):
            mention = begins.get(a)
            misc = [f"SpacesBefore={coded(text[start:a])}"] if n == 1 and a > start else []
            misc += _after(text[b:end]) if n == len(tokens) else _between(text[b : tokens[n][0]])
            misc += [f"Link={mention.entity}"] if mention and mention.entity else []
            inside = mention or (inside if inside and a < inside.end else None)
            tag = f"{'B' if mention else 'I'}-{inside.label}" if inside else "O"
            lines.append(f"{n}\t{text[a:b]}\t{'|'.join(misc) or '_'}\t{tag}")
        lines.append("")
    return "\n".join([*lines, ""])


def _between(gap: str) -> list[str]:
    return [] if gap == " " else _after(gap)


def _after(gap: str) -> list[str]:
    return [f"SpacesAfter={coded(gap)}"] if gap else ["SpaceAfter=No"]


def read(path: Path, labels: Mapping[str, str]) -> Iterator[Imported | NotCarried]:
    """The articles of one file: one for each ``newdoc`` or ``-DOCSTART-``, else the whole file."""
    rows = Rows(read_text(path, 200_000_000), str(path))
    yield from rows.unread()
    for number, document in enumerate(rows.documents()):
        if any(sentence.tokens for sentence in document.sentences):
            name = document.name or (f"{path.stem}-{number}" if number else path.stem)
            yield from _read_one(rows, document, name, labels)


def _read_one(rows: Rows, document: Document, name: str, labels: Mapping[str, str]) -> Iterator[Imported | NotCarried]:
    rest, problem = loads_rest(document.comments.get(OURS))
    texts = [rows.text_of(sentence) for sentence in document.sentences]
    draft = Draft(rows.where, name, "".join(text for text, _, _ in texts), labels=labels, rest=rest)
    if problem:
        draft.report("bad-value", name, problem)
    if not all(known for _, _, known in texts):
        draft.report("spaces", name, "the file doesn't say where spaces are; one is put between tokens")
    at = 0
    for (text, places, _), sentence in zip(texts, document.sentences, strict=True):
        for line, first, last, label in rows.spans_of(sentence):
            link = rows.misc_of(sentence.tokens[first]).get("Link")
            start, end = at + places[first][0], at + places[last][1]
            draft.add(f"line {line}", start, end, label, entity=link, where=f"{rows.where}:{line}")
        at += len(text)
    yield from draft.finish()


FORMAT = Format(
    name="conll",
    suffix=".conllup",
    what="tokens with IOB2 tags and links; everything else as JSON in a comment",
    consumer="conllu, NLTK, seqeval, spacy convert, and whatever reads tab-separated tokens",
    losses=(
        NO_TEXT,
        REJECTED,
        *READING,
        Loss("spaces", "the spaces of files that don't say where they are", "one is put between tokens", "in"),
        Loss("column", "columns beside token, tag, SpaceAfter and Link", "the corpus has no layer of tokens", "in"),
        Loss("comment", "comments that are not known", "they can't be understood", "in"),
        Loss("unreadable-line", "lines with more or fewer columns than the others", "they can't be understood", "in"),
    ),
    write=write,
    read=read,
)  # fmt: skip
