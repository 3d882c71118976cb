"""Escaped HTML for notebooks and for the page that ``khkr show --html`` writes. No script, no outside asset."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

__all__ = ["DOCTYPE", "Mark", "article", "card", "concordance", "page", "table"]

# One hue a label, chosen to stay apart for colour-blind readers; the label itself is printed too.
_HUES = {
    "PERSON": 32, "ORG": 212, "GPE": 145, "LOC": 168, "FAC": 190, "NORP": 84,
    "EVENT": 322, "AGREEMENT": 268, "PROGRAM": 290, "MONEY": 52, "DATE": 0,
}  # fmt: skip

_STYLE = """
.khkr{font:15px/1.75 system-ui,'Noto Sans','Noto Sans KR','Noto Sans Khmer',sans-serif;max-width:52rem;color:#1d2430}
.khkr h2{font-size:1.35em;line-height:1.3;margin:.4em 0 .5em}
.khkr .sub{font-size:1.1em;margin:-.4em 0 .7em;color:#475467}
.khkr dl{display:grid;grid-template-columns:max-content 1fr;gap:.1em 1em;margin:0 0 1em;font-size:.88em;line-height:1.5}
.khkr dt{color:#667085}.khkr dd{margin:0}
.khkr .text{white-space:pre-wrap;margin:0 0 1.2em}
.khkr mark{background:hsl(var(--h) 75% 90%);color:inherit;border-radius:.25em;padding:.08em .2em;
 border-bottom:2px solid hsl(var(--h) 60% 48%)}
.khkr mark.suggested{border-bottom-style:dashed}.khkr mark.rejected{opacity:.5;text-decoration:line-through}
.khkr mark small{font-size:.62em;font-weight:650;letter-spacing:.03em;color:hsl(var(--h) 70% 28%);
 margin-left:.3em;vertical-align:.1em}
.khkr .proof{background:#f3f1ea;box-shadow:0 0 0 .16em #f3f1ea;border-radius:.1em}
.khkr table{border-collapse:collapse;font-size:.86em;line-height:1.45;margin:.3em 0 1em}
.khkr th,.khkr td{text-align:left;vertical-align:top;padding:.3em .7em .3em 0;border-bottom:1px solid #e3e6eb}
.khkr th{color:#667085;font-weight:600;white-space:nowrap}.khkr td.n{text-align:right;font-variant-numeric:tabular-nums}
.khkr .kwic td.l{text-align:right}.khkr .kwic td.h{font-weight:650;white-space:nowrap;padding:.3em .5em .3em 0}
.khkr .note{color:#667085;font-size:.88em}
@media (prefers-color-scheme:dark){.khkr-page,.khkr-page .khkr{background:#14181f;color:#e4e7ec}
.khkr-page .khkr mark{background:hsl(var(--h) 45% 22%)}.khkr-page .khkr mark small{color:hsl(var(--h) 70% 78%)}
.khkr-page .khkr .proof{background:#222732;box-shadow:0 0 0 .16em #222732}
.khkr-page .khkr th,.khkr-page .khkr td{border-color:#2d3440}}
"""
_LEGEND = (
    "Shaded: evidence of an initiative. Dashed underline: suggested by a program, decided by nobody yet. "
    "Numbers: what a name is linked to, in the table below."
)
_NO_TEXT = "The text is not ours to store. Attach your own copy with <code>corpus.attach(folder)</code> to see it here."


DOCTYPE = "<!doctype html>"
"""How every page begins."""


class Mark(NamedTuple):
    """A highlighted span: half-open code-point bounds, label, tooltip, review state, and the number of what it is
    linked to in the table below the text."""

    start: int
    end: int
    label: str
    tip: str
    state: str = "accepted"
    number: int | None = None


def article(
    title: str,
    facts: Iterable[tuple[str, str | None]],
    text: str | None,
    marks: Sequence[Mark],
    proofs: Sequence[tuple[int, int]],
    initiatives: Sequence[Sequence[str]],
    links: Sequence[Sequence[object]] = (),
) -> str:
    """An annotated article: title, facts, text with marks (evidence shaded), its initiatives as a table, and what its
    marks are linked to, by the numbers printed beside them."""
    listed = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in facts if v)
    body = (
        f'<p class="note">{_NO_TEXT}</p>' if text is None else f'<div class="text">{_marked(text, marks, proofs)}</div>'
    )
    if text is not None:
        body += f'<p class="note">{_LEGEND}</p>'
    columns = ("", "initiative", "kind", "sectors", "status", "assertion", "review")
    rows = _table(columns, initiatives) if initiatives else ""
    if text is not None and links:
        rows += _table(("", "linked to", "label", "as written", "mentions"), links)
    if text is None and marks:
        rows += _table(("label", "entity", "span"), [(m.label, m.tip, f"{m.start}–{m.end}") for m in marks])
    return f'<style>{_STYLE}</style><div class="khkr"><h2>{escape(title)}</h2><dl>{listed}</dl>{body}{rows}</div>'


def card(
    title: str,
    subtitle: str,
    facts: Iterable[tuple[str, str | None]],
    tables: Iterable[tuple[Sequence[str], Sequence[Sequence[object]]]],
) -> str:
    """A record as a card: title, subtitle, facts, and tables of which the empty ones are left out."""
    listed = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in facts if v)
    body = "".join(_table(columns, rows) for columns, rows in tables if rows)
    small = f'<p class="sub">{escape(subtitle)}</p>' if subtitle else ""
    return f'<style>{_STYLE}</style><div class="khkr"><h2>{escape(title)}</h2>{small}<dl>{listed}</dl>{body}</div>'


def _marked(text: str, marks: Sequence[Mark], proofs: Sequence[tuple[int, int]]) -> str:
    """``text`` cut at every bound, so that overlapping marks can never produce crossing tags."""
    cuts = {0, len(text)}
    for start, end in [*((m.start, m.end) for m in marks), *proofs]:
        cuts |= {min(start, len(text)), min(end, len(text))}
    edges = sorted(cuts)
    out = []
    ahead = sorted(enumerate(marks), key=lambda item: item[1].start, reverse=True)
    over: list[tuple[int, Mark]] = []
    for start, end in pairwise(edges):
        piece = escape(text[start:end])
        # looking at all marks for every piece would take minutes for a long text
        while ahead and ahead[-1][1].start <= start:
            over.append(ahead.pop())
        over = [(n, mark) for n, mark in over if mark.end > start]
        for _, mark in sorted(over)[:1]:
            hue = _HUES.get(mark.label, 220)
            number = "" if mark.number is None else f" {mark.number}"
            label = f"<small>{escape(mark.label)}{number}</small>" if end == mark.end else ""
            tip = escape(f"{mark.label} · {mark.tip} · {mark.state}")
            piece = f'<mark class="{escape(mark.state)}" style="--h:{hue}" title="{tip}">{piece}{label}</mark>'
        if any(a <= start and end <= b for a, b in proofs):
            piece = f'<span class="proof">{piece}</span>'
        out.append(piece)
    return "".join(out)


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    lines = []
    for row in rows:
        cells = "".join(
            f'<td class="n">{value:,}</td>'
            if isinstance(value, (int, float)) and not isinstance(value, bool)
            else f"<td>{escape('' if value is None else str(value))}</td>"
            for value in row
        )
        lines.append(f"<tr>{cells}</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], note: str = "") -> str:
    """A plain table with a remark under it; every cell is escaped."""
    foot = f'<p class="note">{escape(note)}</p>' if note else ""
    return f'<style>{_STYLE}</style><div class="khkr">{_table(columns, rows)}{foot}</div>'


def concordance(columns: Sequence[str], rows: Iterable[Sequence[object]], note: str = "") -> str:
    """Hits under one another: (article, date, left, hit, right, entity) a row; every cell is escaped."""
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    ways = ("", "", ' class="l"', ' class="h"', ' class="r"', "")
    lines = [
        "".join(
            f"<td{way}>{escape('' if cell is None else str(cell))}</td>" for way, cell in zip(ways, row, strict=True)
        )
        for row in rows
    ]
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    foot = f'<p class="note">{escape(note)}</p>' if note else ""
    table = f'<table class="kwic"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<style>{_STYLE}</style><div class="khkr">{table}{foot}</div>'


def page(title: str, body: str) -> str:
    """A whole HTML document around a fragment made here."""
    return (
        f'{DOCTYPE}<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>body{{margin:2rem auto;padding:0 1.2rem;max-width:52rem}}</style></head>"
        f'<body class="khkr-page">{body}</body></html>\n'
    )
