"""What all pictures share: colours that colour-blind readers tell apart, quiet axes, and a caption below."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import altair as alt

__all__ = [
    *(
        "BLUE",
        "GREEN",
        "GREY",
        "INK",
        "MUTED",
        "ORANGE",
        "PINK",
        "SKY",
        "STATUS",
        "captioned",
        "inline",
        "plain",
        "title",
    ),
]

# Okabe and Ito's colours.
BLUE, ORANGE, GREEN, SKY, PINK, GREY = "#0072B2", "#E69F00", "#009E73", "#56B4E9", "#CC79A7", "#8A8F98"
INK, MUTED = "#1d2430", "#667085"
STATUS = {
    "ahead": (("proposed", "pledged", "agreed"), SKY, "proposed, pledged or agreed"),
    "under way": (("implementing",), ORANGE, "under way"),
    "completed": (("completed",), BLUE, "completed"),
    "stopped": (("suspended", "cancelled"), PINK, "suspended or cancelled"),
}
"""Four groups of statuses, each with its colour and its words."""


def inline(rows: Sequence[dict[str, Any]]) -> Any:
    """Rows as data inside the chart, so that it needs no file."""
    return alt.InlineData(values=list(rows))


def title(text: str, subtitle: str = "") -> Any:
    """A title above the left edge, with a line that says how to read the picture."""
    return alt.TitleParams(text, subtitle=textwrap.wrap(subtitle, 110)) if subtitle else alt.TitleParams(text)


def captioned(chart: Any, caption: str, width: int) -> Any:
    """``chart`` with a caption below it, broken to its width."""
    lines = textwrap.wrap(caption, max(40, int(width / 5.6)))
    under = alt.TitleParams(
        lines, anchor="start", orient="bottom", fontSize=11, fontWeight="normal", color=MUTED, offset=14, lineHeight=15
    )
    return plain(alt.vconcat(chart, title=under))


def plain(chart: Any) -> Any:
    """Quiet axes, left-aligned titles, a white ground that also holds on a dark page."""
    return (
        chart.configure(background="white", padding=14, font="sans-serif")
        .configure_view(strokeWidth=0)
        .configure_axis(grid=True, gridColor="#eceef1", domainColor="#c6cad1", tickColor="#c6cad1", labelColor="#333")
        .configure_title(anchor="start", fontSize=15, subtitleColor=MUTED, offset=12)
    )
