"""How every chart of the project looks."""

from __future__ import annotations

from typing import Any

import altair as alt

__all__ = ["BLUE", "GREEN", "GREY", "ORANGE", "SKY", "inline", "plain"]

# Okabe and Ito's colours, told apart by colour-blind readers.
BLUE, ORANGE, GREEN, SKY, GREY = "#0072B2", "#E69F00", "#009E73", "#56B4E9", "#8A8F98"


def inline(rows: list[dict[str, Any]]) -> Any:
    """Rows as data that travel inside the chart."""
    return alt.InlineData(values=rows)


def plain(chart: Any) -> Any:
    """Quiet axes, left-aligned titles, a white ground that also holds on a dark page."""
    return (
        chart.configure(background="white", padding=14, font="sans-serif")
        .configure_view(strokeWidth=0)
        .configure_axis(grid=True, gridColor="#eceef1", domainColor="#c6cad1", tickColor="#c6cad1", labelColor="#333")
        .configure_title(anchor="start", fontSize=15, subtitleColor="#667085", offset=12)
    )
