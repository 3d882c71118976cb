"""``khkr fmt``: bring files into canonical form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kh_kr_corpus.cli.output import fail, say

Paths = Annotated[list[Path], typer.Argument(help="corpus folders, or folders and files inside one", readable=False)]
Check = Annotated[bool, typer.Option("--check", help="change nothing; exit with 1 when something would change")]


def run(paths: Paths, check: Check = False) -> int:
    """Rewrite corpus files in canonical form: field order, quoting, one mention a line. Values never change."""
    from kh_kr_corpus import store
    from kh_kr_corpus.errors import InputError
    from kh_kr_corpus.store.files import revision_of
    from kh_kr_corpus.store.writer import canonical

    changed, worst = 0, 0
    for loaded in (loaded for path in paths for loaded in store.read_below(path)):
        text = canonical(loaded)
        if text is None:
            worst = max(worst, 1)
            fail(f"{loaded.findings[0] if loaded.findings else loaded.path}")
        elif revision_of(text.encode("utf-8")) != loaded.revision:
            try:
                if not check:
                    store.reformat(loaded)
            except InputError as error:  # a comment would be lost; the other files are still rewritten
                fail(str(error))
                worst = max(worst, error.exit_code)
                continue
            changed += 1
            say(f"{loaded.path}: {'would change' if check else 'rewritten'}")
    say(f"{changed} file{'s' if changed != 1 else ''} {'would change' if check else 'rewritten'}")
    return max(worst, int(check and changed > 0))
