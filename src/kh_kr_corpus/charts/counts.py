"""How much there is of what, for the datasheet: one table, with what is thin in it."""

from __future__ import annotations

from collections.abc import Callable

from kh_kr_corpus.charts.page import markdown
from kh_kr_corpus.tables import Table

__all__ = ["COUNTS", "counts_table"]

COUNTS = "<!-- khkr counts: begin -->", "<!-- khkr counts: end -->"
"""Between these stand the counts of a corpus."""

_QUERY = """
select 'texts' as what, count(*) as count,
    count(*) filter (where origin = 'genuine') || ' genuine, ' || count(*) filter (where origin = 'brief')
    || ' written for the corpus; ' || count(*) filter (where initiatives = 0) || ' report no initiative' as of_which
    from articles
union all select 'mentions', count(*), count(*) filter (where entity is not null) || ' linked, of '
    || count(*) filter (where label not in ('DATE', 'MONEY')) || ' names that could be' from mentions
union all select 'initiatives', count(*), count(*) filter (where activity is null) || ' lead to no activity'
    from initiatives
union all select 'activities', count(*), count(*) filter (where year is null) || ' without a year; '
    || count(*) filter (where id not in (select activity from amounts)) || ' without an amount; '
    || count(*) filter (where stories = 1) || ' rest on a single report; '
    || count(*) filter (where disagreements > 0) || ' have sources that disagree' from activities
union all select 'entities', count(*), count(*) filter (where name_ko is not null) || ' with a Korean name, '
    || count(*) filter (where name_km is not null) || ' with a Khmer one' from entities
union all select 'sources', count(*), count(*) filter (where read is null) || ' not read for this corpus; '
    || count(*) filter (where language = 'en') || ' in English, ' || count(*) filter (where language = 'ko')
    || ' in Korean, ' || count(*) filter (where language = 'km') || ' in Khmer' from sources
"""


def counts_table(ask: Callable[[str], Table]) -> str:
    """The counts as a Markdown table; ``ask`` answers a SELECT statement as ``corpus.sql`` does."""
    return markdown(ask(_QUERY))
