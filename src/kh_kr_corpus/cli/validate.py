"""``khkr validate``: check a corpus and say what is wrong, where, and how to mend it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from kh_kr_corpus.cli.output import Format as TableFormat
from kh_kr_corpus.cli.output import emit, emit_json, fail, harmless, number, say, show_table, terminal
from kh_kr_corpus.errors import InputError, KhkrError, UnknownNameError, near

if TYPE_CHECKING:
    from kh_kr_corpus.findings import Finding
    from kh_kr_corpus.lint import Report


class Format(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"
    sarif = "sarif"
    github = "github"
    junit = "junit"


class Level(StrEnum):
    """The least severity that is told."""

    error = "error"
    warning = "warning"
    info = "info"


Paths = Annotated[
    list[Path] | None, typer.Argument(help="corpus folders, or folders and files inside one", readable=False)
]
Explain = Annotated[
    str | None, typer.Option("--explain", help="say what a rule means, e.g. KC201; `all` lists the rules")
]
Output = Annotated[Format, typer.Option("--format", help="text for people, the others for programs and CI")]
Least = Annotated[Level, typer.Option("--level", help="the least severity that is told and makes it fail")]
Select = Annotated[list[str] | None, typer.Option("--select", help="only these codes, e.g. KC2, or families")]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", help="without these codes or families")]
Baseline = Annotated[Path | None, typer.Option("--baseline", help="tell only what this file doesn't know yet")]
WriteBaseline = Annotated[Path | None, typer.Option("--write-baseline", help="write what is found now to this file")]
ChangedOnly = Annotated[bool, typer.Option("--changed-only", help="only files that git says have changed")]
Since = Annotated[str, typer.Option("--since", help="with --changed-only: changed since this commit or branch")]
Texts = Annotated[
    Path | None,
    typer.Option("--texts", help="folder with your copies of external texts: look for their words", readable=False),
]
Fix = Annotated[bool, typer.Option("--fix", help="first mend what needs no decision; see the rules' pages")]
Pages = Annotated[Path | None, typer.Option("--pages", help="write the rules' pages into this folder instead")]
Check = Annotated[bool, typer.Option("--check", help="with --pages: only look whether they are up to date")]


def run(
    paths: Paths = None, explain: Explain = None, output: Output = Format.text, level: Least = Level.warning,
    select: Select = None, ignore: Ignore = None, baseline: Baseline = None, write_baseline: WriteBaseline = None,
    changed_only: ChangedOnly = False, since: Since = "HEAD", fix: Fix = False, pages: Pages = None,
    check: Check = False, texts: Texts = None,
) -> int:  # fmt: skip
    """Check corpora: references, spans and quotes, vocabulary, dates, rights, consistency, coverage, form.

    Exits with 0 when nothing is wrong and with 1 when there are findings of the level or above.
    """
    if explain:
        return _explain(explain, output)
    if pages:
        return _pages(pages, check)
    if not paths:
        raise InputError("validate", "no corpus named", "say: khkr validate FOLDER")
    worst = _mend(paths) if fix else 0
    reports: list[Report] = []
    for path in paths:
        try:
            report = _inspected(path, select or (), ignore or (), since if changed_only else None, texts)
            reports.append(_above(report, level))
        except UnknownNameError:
            raise
        except KhkrError as error:  # the other paths are still checked
            fail(str(error))
            worst = max(worst, error.exit_code)
    if write_baseline:
        return max(worst, _write_baseline(write_baseline, reports))
    if baseline:
        reports = _without_known(reports, baseline)
    found = any(report.findings for report in reports)
    if reports or output is not Format.text:
        _show(reports, output, quiet=bool(worst) and not found)
    return max(worst, int(found))


def _inspected(
    path: Path, select: Sequence[str], ignore: Sequence[str], since: str | None, texts: Path | None
) -> Report:
    from kh_kr_corpus.lint import inspect
    from kh_kr_corpus.lint.changed import changed_files

    only = None if since is None else changed_files(path, since)
    return inspect(path, select=select, ignore=ignore, only=only, texts=texts)


def _above(report: Report, level: Level) -> Report:
    order = list(Level)
    kept = tuple(f for f in report.findings if order.index(Level(f.severity)) <= order.index(level))
    return replace(report, findings=kept)


def _mend(paths: Sequence[Path]) -> int:
    from kh_kr_corpus.lint.fix import fix

    worst = 0
    for path in paths:
        try:
            for changed, done in fix(path):
                say(f"{changed}: {', '.join(dict.fromkeys(done))}", error=True)
        except KhkrError as error:
            fail(str(error))
            worst = max(worst, error.exit_code)
    return worst


def _write_baseline(path: Path, reports: Sequence[Report]) -> int:
    from kh_kr_corpus import store
    from kh_kr_corpus.lint import baseline
    from kh_kr_corpus.store.files import read_bytes, revision_of

    root = reports[0].root if reports else Path()
    findings = [finding for report in reports for finding in report.findings]
    revision = revision_of(read_bytes(path, 100_000_000)) if path.exists() else None
    store.write_text(path, baseline.dumps(findings, root), revision=revision)
    say(f"{path}: {number(len(findings), 'finding')}")
    return 0


def _without_known(reports: Sequence[Report], path: Path) -> list[Report]:
    from kh_kr_corpus.lint import baseline

    known, out = baseline.read(path), []
    for report in reports:
        new, known = baseline.new_only(report.findings, known, report.root)
        out.append(replace(report, findings=tuple(new)))
    if gone := sum(known.values()):
        say(f"{gone} findings of {path} are gone; write it anew to keep them out", error=True)
    return out


def _show(reports: Sequence[Report], output: Format, *, quiet: bool) -> None:
    from importlib.metadata import version

    from kh_kr_corpus.lint import ci, sarif

    base = Path.cwd()
    if output is Format.sarif:
        emit(json.dumps(sarif.to_sarif(reports, base, version("kh-kr-corpus")), indent=2))
    elif output is Format.github:
        if text := ci.to_github(reports, base):
            emit(text)
    elif output is Format.junit:
        emit(ci.to_junit(reports, base))
    elif output is Format.json:
        emit_json([finding.to_dict() for finding in _findings(reports)])
    elif not quiet:
        _report(reports)


def _findings(reports: Sequence[Report]) -> list[Finding]:
    return list(dict.fromkeys(finding for report in reports for finding in report.findings))


def _pages(folder: Path, check: bool) -> int:
    from kh_kr_corpus import store
    from kh_kr_corpus.lint.pages import pages
    from kh_kr_corpus.store.files import read_bytes, revision_of, scan

    made = {folder / name: text for name, text in pages().items()}
    there = {path: read_bytes(path, 1_000_000) for path in made if path.exists()}
    stale = [path for path in made if there.get(path) != made[path].encode("utf-8")]
    strange = sorted(set(scan(folder, ".md")) - set(made))
    for path in strange:
        fail(f"{path} is the page of no rule; remove it")
    if check and stale:
        fail(f"{len(stale)} pages are not what the rules say, e.g. {stale[0]}; run: khkr validate --pages {folder}")
    for path in () if check else stale:
        store.write_text(path, made[path], revision=revision_of(there[path]) if path in there else None)
    if not check:
        say(f"{len(stale)} of {len(made)} pages written")
    return int(bool(strange) or (check and bool(stale)))


def _explain(code: str, output: Format) -> int:
    from kh_kr_corpus.lint import RULES

    shown = TableFormat.json if output is Format.json else TableFormat.text
    if code == "all":
        rules = [(rule.code, rule.severity, rule.family, rule.title) for rule in RULES.values()]
        show_table(("code", "severity", "family", "rule"), sorted(rules), output=shown)
        return 0
    rule = RULES.get(code)
    if rule is None:
        raise UnknownNameError("rule", code, near(code, RULES))
    why, repair = " ".join(rule.why.split()), " ".join(rule.repair.split())
    if output is Format.json:
        told = {"code": rule.code, "severity": rule.severity, "family": rule.family, "rule": rule.title}
        emit_json([{**told, "why": why, "repair": repair, "before": rule.before, "after": rule.after}])
        return 0
    say(f"{rule.code} ({rule.severity}, {rule.family}): {rule.title}", "bold")
    say(why)
    say(f"Repair: {repair}")
    say(f"Before: {rule.before}")
    say(f"After: {rule.after}")
    return 0


def _report(reports: Sequence[Report]) -> None:
    console = terminal()
    findings = _findings(reports)
    for finding in findings:
        place, _, rest = harmless(str(finding)).partition(f": {finding.severity} ")
        line = Text.assemble((place, "bold"), ": ", (finding.severity, _COLOURS[finding.severity]), " ", rest)
        console.print(line, soft_wrap=True)  # one line each, to be found and clicked
    counts = Counter(finding.severity for finding in findings)
    told = ", ".join(f"{n} {name}{'s' if n > 1 else ''}" for name, n in sorted(counts.items())) or "no findings"
    waived = sum(len(report.waived) for report in reports)
    colour = "bold red" if counts["error"] else "bold yellow" if counts else "bold green"
    say(f"{told} ({waived} waived)" if waived else told, colour)


_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}
