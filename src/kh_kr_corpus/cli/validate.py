"""``khkr validate``: check a corpus and say what is wrong, where, and how to mend it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from kh_kr_corpus.cli.output import Format, FormatOption, emit_json, fail, harmless, say, show_table, terminal
from kh_kr_corpus.errors import InputError, KhkrError, UnknownNameError, near
from kh_kr_corpus.findings import Finding

Paths = Annotated[
    list[Path] | None, typer.Argument(help="corpus folders, or folders and files inside one", readable=False)
]
Explain = Annotated[
    str | None, typer.Option("--explain", help="say what a rule means, e.g. KC201; `all` lists the rules")
]


def run(paths: Paths = None, explain: Explain = None, output: FormatOption = Format.text) -> int:
    """Check corpora: references, spans and quotes, vocabulary, dates, rights, canonical form.

    Exits with 0 when nothing is wrong and with 1 when there are findings (warnings included).
    """
    from kh_kr_corpus.lint import validate

    if explain:
        return _explain(explain, output)
    if not paths:
        raise InputError("validate", "no corpus named", "say: khkr validate FOLDER")
    findings: dict[Finding, None] = {}
    worst = 0
    for path in paths:
        try:
            findings |= dict.fromkeys(validate(path))
        except KhkrError as error:  # the other paths are still checked
            fail(str(error))
            worst = max(worst, error.exit_code)
    if output is Format.json:
        emit_json([finding.to_dict() for finding in findings])
    elif findings or not worst:
        _report(list(findings))
    return max(worst, int(bool(findings)))


def _explain(code: str, output: Format) -> int:
    from kh_kr_corpus.lint import RULES

    if code == "all":
        rules = [(rule.code, rule.severity, rule.title) for rule in RULES.values()]
        show_table(("code", "severity", "rule"), sorted(rules), output=output)
        return 0
    rule = RULES.get(code)
    if rule is None:
        raise UnknownNameError("rule", code, near(code, RULES))
    if output is Format.json:
        emit_json(
            [{"code": rule.code, "severity": rule.severity, "rule": rule.title, "why": " ".join(rule.why.split())}]
        )
        return 0
    say(f"{rule.code} ({rule.severity}): {rule.title}", "bold")
    say(" ".join(rule.why.split()))
    return 0


def _report(findings: list[Finding]) -> None:
    console = terminal()
    for finding in findings:
        place, _, rest = harmless(str(finding)).partition(f": {finding.severity} ")
        line = Text.assemble((place, "bold"), ": ", (finding.severity, _COLOURS[finding.severity]), " ", rest)
        console.print(line, soft_wrap=True)  # one line each, to be found and clicked
    counts = Counter(finding.severity for finding in findings)
    told = ", ".join(f"{n} {name}{'s' if n > 1 else ''}" for name, n in sorted(counts.items()))
    say(told or "no findings", "bold red" if counts["error"] else "bold yellow" if counts else "bold green")


_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}
