"""How well the relevance filter tells texts about Korea–Cambodia relations from texts that only name both.

Run it at the top of the project: ``python -m bench.relevance [dev|test]``. The examples: briefs are about them unless
their id says ``control``; exercises are when they report two initiatives or more; for the other exercises, and for the
short texts in ``data/relevance/texts.tsv``, somebody decided and ``data/relevance`` says so. ``unsure`` ones are told
and not counted. The rule was chosen on dev. Beside it stand two controls: both names occur; anything is.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from kh_kr_corpus.annotate import Annotator
from kh_kr_corpus.annotate.relevance import Relevance, relevance_of
from kh_kr_corpus.corpus import load
from kh_kr_corpus.models import Article

DATA = Path(__file__).resolve().parents[1] / "data" / "relevance"


class Example(NamedTuple):
    """A text and whether it is about relations: yes, no or unsure."""

    id: str
    split: str
    about: str
    group: str
    text: str
    title: str | None
    date: str | None


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def examples() -> Iterator[Example]:
    corpus, labels = load(synthetic=True), {row["id"]: row["about"] for row in table("labels.tsv")}
    for article in corpus.articles:
        if article.text is not None:
            split = "test" if corpus.splits.of(article.id) == "test" else "dev"
            group = "exercises" if article.origin == "synthetic" else "briefs"
            about = labels.get(article.id) or by_rule(article)
            yield Example(article.id, split, about, group, article.text, article.title, article.date)
    for row in table("texts.tsv"):
        yield Example(row["id"], row["split"], row["about"], "short texts", row["text"], None, None)


def by_rule(article: Article) -> str:
    """What the ids and the accepted initiatives say; an exercise about which neither does must have a label."""
    if "-control-" in article.id:
        return "no"
    reports = sum(one.review.decided and one.review.state != "rejected" for one in article.initiatives)
    if article.origin == "synthetic" and reports < 2:
        raise SystemExit(f"{article.id} needs a line in data/relevance/labels.tsv")
    return "yes"


RULES: dict[str, Callable[[str, Relevance], bool]] = {
    "the filter": lambda _, found: found.about,
    "both names occur": lambda text, _: "Korea" in text and "Cambodia" in text,
    "anything": lambda *_: True,
}


def main() -> None:
    split = sys.argv[1] if len(sys.argv) > 1 else "dev"
    annotator = Annotator()
    judged = []
    for one in examples():
        if one.split == split:
            article = annotator.annotate(one.text, title=one.title, date=one.date)
            judged.append((one, relevance_of(article, annotator.kb)))
    counted = [(one, found) for one, found in judged if one.about != "unsure"]
    lines = [f"{split}: {len(counted)} texts, {len(judged) - len(counted)} unsure ones left out"]
    lines.append(f"{'':34}{'about':>6}{'not':>6}{'precision':>11}{'recall':>8}{'kept of not':>13}")
    for group in ("all", *dict.fromkeys(one.group for one, _ in counted)):
        some = [(one, found) for one, found in counted if group in ("all", one.group)]
        for name, rule in RULES.items():
            told = [(one.about == "yes", rule(one.text, found)) for one, found in some]
            right, kept = sum(a and b for a, b in told), sum(b for _, b in told)
            yes, no = sum(a for a, _ in told), sum(not a for a, _ in told)
            lines.append(
                f"{group + ', ' + name:34}{yes:6}{no:6}{right / max(kept, 1):11.3f}{right / max(yes, 1):8.3f}"
                f"{f'{kept - right} of {no}':>13}"
            )
    wrong = [f"{one.id} ({one.about})" for one, found in counted if found.about != (one.about == "yes")]
    sys.stdout.write("\n".join([*lines, f"wrong: {', '.join(wrong)}"]) + "\n")


if __name__ == "__main__":
    main()
