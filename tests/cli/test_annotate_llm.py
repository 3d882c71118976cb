"""``khkr annotate --llm``: asked only when told to, and never in the way of the annotator's own suggestions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.annotate.llm_server import says, sends, serving

from .conftest import Run

TEXT = "KOICA will train forty nurses in Battambang in 2024. The course was announced in Phnom Penh on Friday.\n"
COURSE = {
    "title": "A course for nurses", "kind": "humanitarian-aid", "themes": ["humanitarian-aid"], "sectors": ["health"],
    "status": "suspended", "assertion": "author-reports",
    "evidence": ["The course was announced in Phnom Penh on Friday."],
}  # fmt: skip


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "nurses.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_its_suggestions_join_the_annotators(khkr: Run, text: Path) -> None:
    alone = khkr("annotate", text, "--format", "json").rows
    with serving(says({"initiatives": [COURSE, {**COURSE, "kind": "teaching"}]})) as server:
        outcome = khkr("annotate", text, "--format", "json", "--llm", server.url, "--llm-model", "toy")
    assert outcome.code == 0 and "1 initiative taken, 1 refused" in outcome.err
    assert outcome.rows["mentions"] == alone["mentions"]
    added = [i for i in outcome.rows["initiatives"] if i not in alone["initiatives"]]
    assert [(i["status"], i["suggestion"]["by"][:7], i["review"]["state"]) for i in added] == [
        ("suspended", "llm@toy", "suggested")
    ]


def test_it_is_written_validated_and_filtered_like_the_others(khkr: Run, text: Path, tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    assert khkr("init", root).code == 0
    with serving(says({"initiatives": [COURSE]})) as server:
        asked = ("annotate", text, "--llm", server.url, "--llm-model", "toy")
        assert khkr(*asked, "--output", root).code == 0
        assert "llm@toy" not in khkr(*asked, "--min-score", "0.55", "--format", "json").out
    assert khkr("validate", root).code == 0
    assert "llm@toy" in next((root / "articles").rglob("nurses.yaml")).read_text("utf-8")


def test_without_an_answer_the_annotation_is_there_all_the_same(khkr: Run, text: Path) -> None:
    alone = json.loads(khkr("annotate", text, "--format", "json").out)
    with serving(sends(b"", 404)) as server:
        outcome = khkr("annotate", text, "--format", "json", "--llm", server.url, "--llm-model", "toy")
    assert (outcome.code, outcome.rows) == (3, alone)
    assert "404" in outcome.err


@pytest.mark.parametrize(
    "arguments",
    [("--llm", "http://localhost:1/v1"), ("--llm-model", "toy"), ("--llm", "nonsense", "--llm-model", "toy"),
     ("--llm", "http://localhost:1/v1", "--llm-model", "toy", "--llm-key-from", "KHKR_NO_SUCH_KEY")],
)  # fmt: skip
def test_what_can_not_be_meant(khkr: Run, text: Path, arguments: tuple[str, ...]) -> None:
    assert khkr("annotate", text, *arguments).code == 2
