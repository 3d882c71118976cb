"""KC9xx: one form for every file, so that a diff shows only what changed."""

from __future__ import annotations

from collections.abc import Iterator

from kh_kr_corpus.lint.canonical import Strings, is_canonical
from kh_kr_corpus.lint.rule import Problem, read_rule, rule
from kh_kr_corpus.store import Contents

read_rule(
    "KC902",
    """A record changes when it is written and read again.
    This is a fault of the library, not of the data; nothing is written then. Please report it.

    Repair: report it; nothing was written.
    Before: a record that reads back as another one
    After: the same record after a repair of the library
    """,
)


@rule("KC901")
def not_canonical(contents: Contents) -> Iterator[Problem]:
    """The file is not in canonical form.
    The same record always has the same bytes, so that a diff shows what a person changed. Run `khkr fmt`.

    Repair: run `khkr fmt`, or `khkr validate --fix`.
    Before: title:    "A boat"
    After: title: A boat
    """
    strings = Strings()
    for loaded in contents.files:
        if loaded.findings or (loaded.tree and loaded.tree.comments):
            continue  # an invalid file has no form yet; a comment is KC903: `khkr fmt` would lose it
        if not is_canonical(loaded, strings):
            yield loaded, (), "not in canonical form", "run `khkr fmt`"


@rule("KC903", "warning")
def comment(contents: Contents) -> Iterator[Problem]:
    """The file holds a comment.
    Programs that rewrite a file can't keep comments; ours refuse to. A `note` field is kept for ever.

    Repair: move it into a `note` field.
    Before: genre: wire  # is it?
    After: genre: wire, with the doubt in `note`
    """
    for loaded in contents.files:
        for line in loaded.tree.comments if loaded.tree else ():
            yield loaded, line, "a comment", "move it into a `note` field"
