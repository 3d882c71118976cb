"""``khkr migrate``: old files into today's form, and one id or term into another, with a dry run and counts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kh_kr_corpus.cli.output import Format, FormatOption, emit_json, fail, say
from kh_kr_corpus.errors import InputError, KhkrError, UnknownNameError, near

if TYPE_CHECKING:
    from kh_kr_corpus.store import Contents

Corpus = Annotated[Path, typer.Argument(help="a corpus folder, or a folder or file inside one", readable=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="change nothing; say what would change and how often")]
Rename = Annotated[
    list[str] | None, typer.Option("--rename", help="WHAT:OLD=NEW, e.g. entity:person/a=person/b, or label, kind ...")
]


def run(corpus: Corpus, dry_run: DryRun = False, rename: Rename = None, output: FormatOption = Format.text) -> int:
    """Bring the files of a corpus to today's schema version, and point one id or term at another throughout.

    All files are worked out before the first is written; one that would not be valid afterwards stops everything.
    """
    from kh_kr_corpus import store
    from kh_kr_corpus.store.files import replace_file

    steps = [_step(one) for one in rename or ()]
    if steps:
        contents = store.read_corpus(store.find_root(corpus))
        for what, _, new in steps:
            _require_known(what, new, contents)
    written: list[tuple[Path, str, str, Counter[str]]] = []
    wrong = 0
    for loaded in store.read_below(corpus):
        try:
            text, counts = _migrated(loaded, steps)
        except KhkrError as error:
            fail(f"{loaded.path}: {error}")
            wrong += 1
            continue
        if counts:
            written.append((loaded.path, text, loaded.revision, counts))
    if wrong:
        fail("nothing was written")
        return 1
    for path, text, revision, _ in () if dry_run else written:
        replace_file(path, text.encode("utf-8"), revision)
    _tell(written, dry_run, output)
    return 0


def _step(text: str) -> tuple[str, str, str]:
    what, _, names = text.partition(":")
    old, _, new = names.partition("=")
    if not (what and old and new):
        raise InputError("--rename", f"{text!r} is no renaming", "write WHAT:OLD=NEW")
    return what, old, new


def _require_known(what: str, new: str, contents: Contents) -> None:
    """The new name must exist: a renaming never makes an entity, an activity or a term."""
    from kh_kr_corpus import vocab
    from kh_kr_corpus.changes.migrate import RENAMES

    if what not in RENAMES:
        raise UnknownNameError("thing that can be renamed", what, near(what, RENAMES) or tuple(RENAMES))
    tables: dict[str, Any] = {"entity": contents.entities, "activity": contents.activities, "source": contents.sources}
    known = tables[what] if what in tables else vocab.load(f"{what}s")
    if new not in known:
        raise UnknownNameError(what, new, near(new, known))


def _migrated(loaded: Any, steps: list[tuple[str, str, str]]) -> tuple[str, Counter[str]]:
    """The file's new text and what was changed in it; raises :class:`InputError` for one that can't be migrated."""
    from kh_kr_corpus import _yaml, store
    from kh_kr_corpus.changes import migrate, replaced
    from kh_kr_corpus.store.dump import SCHEMA_VERSION
    from kh_kr_corpus.store.writer import canonical

    if loaded.tree is None or not isinstance(loaded.tree.data, dict) or loaded.record is None:
        raise InputError("file", "can't be read", "see khkr validate")
    data, counts = migrate(loaded.tree.data, loaded.record, SCHEMA_VERSION)
    for what, old, new in steps:
        data, more = replaced(data, what, old, new)
        counts += more
    if not counts:
        return "", counts
    if loaded.tree.comments:
        raise InputError("file", "a comment would be lost", "move it into a `note` field", loaded.tree.comments[0])
    after = store.loads(_yaml.dumps(data), loaded.path, loaded.relative)
    text = canonical(after)
    if text is None:
        raise InputError("file", f"would not be valid: {after.findings[0].message}", "mend it first")
    return text, counts


def _tell(written: list[tuple[Path, str, str, Counter[str]]], dry_run: bool, output: Format) -> None:
    total: Counter[str] = sum((counts for *_, counts in written), Counter())
    if output is Format.json:
        emit_json([{"path": str(path), "changes": dict(counts)} for path, _, _, counts in written])
        return
    for path, _, _, counts in written:
        say(f"{path}: {', '.join(f'{n} {name}' for name, n in sorted(counts.items()))}")
    told = ", ".join(f"{n} {name}" for name, n in sorted(total.items())) or "nothing to change"
    files = f"{len(written)} file{'' if len(written) == 1 else 's'}"
    say(f"{files} {'would change' if dry_run else 'changed'}: {told}")
