"""A dataset folder as Hugging Face lays them out: documents and tables as Parquet, documents as JSON lines, a card.

``datasets.load_dataset(FOLDER)`` gives the annotated texts by split; ``load_dataset(FOLDER, "mentions")`` and the names
of the other tables give their rows. The card names the Parquet files only: Arrow takes every text in JSON that looks
like a date for a time, and gives "2026-11-22" back as "2026-11-22 00:00:00".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kh_kr_corpus import _yaml
from kh_kr_corpus.formats.contract import REJECTED, Format, Loss, NotCarried, Selection
from kh_kr_corpus.formats.documents import COLUMNS, to_document
from kh_kr_corpus.formats.jsonl import dumps_line
from kh_kr_corpus.formats.output import put_folder
from kh_kr_corpus.formats.rows import tables_of
from kh_kr_corpus.tables import TableSpec
from kh_kr_corpus.tables.parquet import described, dump_parquet, nested

__all__ = ["FORMAT", "write"]

_SPLITS = {"train": "train", "dev": "validation", "test": "test", None: "other"}
"""Our splits by the names that others use; ``other`` are the articles in none."""
_ABOUT = """# Texts on relations between Korea and Cambodia, annotated

Exported from kh_kr_corpus {version}. Offsets are half-open, in Unicode code points of `text`. `text` is null where the
text belongs to somebody else: there are only the annotations, and a copy of your own can be attached with the library.
{right}
`origin` says what a text is: `genuine` (somebody published it), `brief` (written for the corpus from cited sources) or
`synthetic` (an exercise). `reviewed_by` says who decided on an annotation, `human:...` or `model:...`.
"""


def write(selection: Selection, path: Path) -> Iterator[NotCarried]:
    """The folder ``path``: ``documents`` by split, as Parquet and as JSON lines, ``tables``, and ``README.md``."""
    files: dict[str, bytes] = {}
    split_of = {article_id: name for name, ids in selection.splits.items() for article_id in ids}
    documents = defaultdict(list)
    for article in selection.articles:
        documents[_SPLITS[split_of.get(article.id)]].append(to_document(article))
    splits = [split for split in _SPLITS.values() if split in documents]
    for split in splits:
        files[f"documents/{split}.parquet"] = dump_parquet(nested(documents[split], COLUMNS))
        files[f"documents/{split}.jsonl"] = "".join(f"{dumps_line(one)}\n" for one in documents[split]).encode()
    shown = []
    for spec, records in tables_of(selection):
        meanings = {column.name: column.described for column in spec.shown}
        arrow = spec.to_arrow(records).select(list(meanings))
        files[f"tables/{spec.name}.parquet"] = dump_parquet(described(arrow, meanings, spec.meaning))
        shown.append((spec, len(records)))
    files["README.md"] = _card(selection, splits, shown).encode()
    put_folder(path, files)
    return
    yield


def _card(selection: Selection, splits: list[str], shown: list[tuple[TableSpec[Any, Any], int]]) -> str:
    from importlib.metadata import version

    right = f"Texts that the publisher brought are published by this right, as they state it: {selection.right}.\n"
    about = _ABOUT.format(version=version("kh-kr-corpus"), right=right if selection.right else "")
    rows = [f"| `{spec.name}` | {count} | {spec.meaning} |" for spec, count in shown]
    parts = ["## Tables", "", "| name | rows | what |", "| --- | --- | --- |", *rows]
    for spec, _ in shown:
        parts += ["", f"### {spec.name}", "", "| column | type | meaning |", "| --- | --- | --- |"]
        parts += [f"| `{name}` | {kind} | {meaning} |" for name, kind, _, meaning, _ in spec.reference()]
    return f"---\n{_yaml.dumps(_header(selection, splits, shown))}---\n\n{about}\n" + "\n".join([*parts, ""])


def _header(selection: Selection, splits: list[str], shown: list[tuple[TableSpec[Any, Any], int]]) -> dict[str, Any]:
    """What a machine reads of the card."""
    count = len(selection.articles)
    documents = [{"split": split, "path": f"documents/{split}.parquet"} for split in splits]
    tables = [
        {"config_name": spec.name, "data_files": [{"split": "rows", "path": f"tables/{spec.name}.parquet"}]}
        for spec, rows in shown
        if rows
    ]
    return {
        "pretty_name": "kh_kr_corpus",
        "license": "other" if selection.right else "cc-by-4.0",
        "language": sorted({article.language for article in selection.articles}),
        "task_categories": ["token-classification", "text-classification"],
        "size_categories": ["n<1K" if count < 1000 else "1K<n<10K" if count < 10_000 else "10K<n<100K"],
        "configs": [{"config_name": "documents", "default": True, "data_files": documents}, *tables],
    }


FORMAT = Format(
    name="dataset",
    suffix="",
    what="annotated texts by split as Parquet and JSON lines, all tables as Parquet, a card",
    consumer="Hugging Face datasets, pandas, Polars, DuckDB, Arrow",
    losses=(
        REJECTED,
        Loss("fingerprints", "fingerprints and waivers of articles", "they serve the corpus's own checks",
             fields=("fingerprints", "waivers")),
    ),
    write=write,
    needs_text=False,
)  # fmt: skip
