"""KC14x second readings of a text and KC15x the splits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kh_kr_corpus.errors import near
from kh_kr_corpus.lint.rule import Problem, rule
from kh_kr_corpus.models import Article, Layer, Splits
from kh_kr_corpus.store import Contents, Loaded
from kh_kr_corpus.store.anchors import misanchored


def _texts(contents: Contents) -> dict[str, Article]:
    return {**contents.articles, **contents.synthetic}


def _layers(contents: Contents) -> Iterator[tuple[Loaded, Layer]]:
    for loaded in contents.files:
        if isinstance(loaded.model, Layer):
            yield loaded, loaded.model


@rule("KC141")
def layer_of_nothing(contents: Contents) -> Iterator[Problem]:
    """A second reading is of a text that does not exist.
    It can be compared with nothing. Correct the id, or remove the file.

    Repair: correct the id, or remove the file.
    Before: layers/first/2022-no-such-text.yaml
    After: layers/first/2022-nurses-for-the-boats.yaml
    """
    for loaded, layer in _layers(contents):
        if layer.article not in _texts(contents) and not contents.knows("articles", layer.article):
            close = near(layer.article, _texts(contents))
            fix = f"did you mean {' or '.join(close)}?" if close else "correct the id or remove the file"
            yield loaded, ("article",), f"no article {layer.article!r}", fix


@rule("KC142")
def layer_off_its_text(contents: Contents) -> Iterator[Problem]:
    """A span of a second reading does not stand where it says.
    The two readings would be compared at different places. The text was changed, or the reading was of another
    copy: read it again.

    Repair: read the text again, or move the span to where its words stand.
    Before: mention {start: 5, end: 44, text: Ministry of Health and Welfare of Korea}
    After: mention {start: 4, end: 43, text: Ministry of Health and Welfare of Korea}
    """
    for loaded, layer in _layers(contents):
        article = _texts(contents).get(layer.article)
        if article is not None:
            spans = {"mentions": layer.mentions, "initiatives": layer.initiatives}
            for _, path, message, fix in misanchored(article.model_copy(update=spans)):
                yield loaded, path, message, fix


@rule("KC143")
def layer_in_another_folder(contents: Contents) -> Iterator[Problem]:
    """A second reading stands in another folder than its annotator's.
    A layer is the folder: a file elsewhere would be missed, or counted for somebody else.

    Repair: move the file to the folder of its annotator, or correct the fields.
    Before: layers/first/2024-boat.yaml with `annotator: second`
    After: layers/second/2024-boat.yaml with `annotator: second`
    """
    for loaded, layer in _layers(contents):
        if loaded.relative.parts[1:] != (layer.annotator, f"{layer.article}.yaml"):
            place = f"layers/{layer.annotator}/{layer.article}.yaml"
            yield loaded, ("article",), f"the reading belongs in {place}", "move the file or correct the fields"


@rule("KC151")
def split_twice(contents: Contents) -> Iterator[Problem]:
    """A text is in two splits, or a split names no text.
    A text that is trained and tested on makes the test worthless. A text in no split yet is no fault: splits are
    fixed for a release, and new texts come in between.

    Repair: keep the text in one split.
    Before: train: [2024-boat] and test: [2024-boat]
    After: train: [2024-boat] and test: []
    """
    for loaded in contents.files:
        if not isinstance(loaded.model, Splits):
            continue
        seen: dict[str, str] = {}
        for split, ids in loaded.model.items():
            for n, article_id in enumerate(ids):
                if article_id in seen:
                    message = f"{article_id} is in {seen[article_id]} already"
                    yield loaded, (split, n), message, "keep it in one split"
                elif article_id not in _texts(contents) and not contents.knows("articles", article_id):
                    yield loaded, (split, n), f"no article {article_id!r}", "remove it"
                seen[article_id] = split


@rule("KC152")
def activity_in_two_splits(contents: Contents) -> Iterator[Problem]:
    """Texts of two splits report the same activity.
    What was learnt from one text would be asked in another: keep all texts on one thing in one split.

    Repair: move one of the two texts to the other's split.
    Before: train and test each hold a text on the activity nurse-course
    After: train holds both texts on the activity nurse-course
    """
    for loaded in contents.files:
        if not isinstance(loaded.model, Splits):
            continue
        reported: dict[str, dict[str, str]] = defaultdict(dict)
        for split, ids in loaded.model.items():
            for n, article_id in enumerate(ids):
                for activity in _reported(_texts(contents).get(article_id)):
                    known = reported[activity]
                    others = [other for other in known if other != split]
                    if others:
                        message = f"{activity} is also reported in {others[0]}, by {known[others[0]]}"
                        yield loaded, (split, n), message, "move one of the two texts"
                    known.setdefault(split, article_id)


def _reported(article: Article | None) -> list[str]:
    """The activities that a text reports, rejected reports left out."""
    kept = [i.activity for i in article.initiatives if i.review.state != "rejected"] if article else []
    return list(dict.fromkeys(activity for activity in kept if activity))
