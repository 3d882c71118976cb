"""The base model, and the small types that all models are made of."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic_core import PydanticCustomError, core_schema

from kh_kr_corpus import vocab
from kh_kr_corpus.errors import near
from kh_kr_corpus.models.edtf import check_edtf

__all__ = [
    "PLAIN", "ActivityId", "ArticleId", "Edtf", "EntityId", "Model", "Plain", "Sha256", "ShortSha256", "SourceId",
    "Term",
]  # fmt: skip


class Model(BaseModel):
    """Frozen, strict, and nothing extra: a misspelt field or a ``"5"`` for a 5 is an error, not a guess."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True
    )


class Term:
    """Annotation for a string that must be a term of the vocabulary ``name``; the list is read on first use."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "enum": list(vocab.load(self.name))}

    def check(self, value: str) -> str:
        """``value`` if the vocabulary has it."""
        known = vocab.load(self.name)
        if value not in known:
            raise PydanticCustomError(
                "unknown_term",
                "{value} is no term of vocabulary {name}; {hint}",
                {"value": repr(value), "name": self.name, "hint": _hint(value, known)},
            )
        return value


def _hint(value: str, known: vocab.Vocabulary) -> str:
    options = near(value, known) or (tuple(known) if len(known) <= 15 else ())
    return "use " + " or ".join(options) if options else f"khkr schema --terms {known.name} lists its terms"


PLAIN = r"^\S([\s\S]*\S)?$"
Plain = Annotated[str, StringConstraints(min_length=1, pattern=PLAIN)]
"""Text that is not empty and has no white space at either end."""
ArticleId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
ActivityId = ArticleId
SourceId = ArticleId
EntityId = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
ShortSha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
"""The first 16 of the 64 hexadecimal digits."""


class _Edtf:
    """Annotation for an Extended Date/Time Format string of the supported subset."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def check(self, value: str) -> str:
        """``value`` if it is well-formed EDTF."""
        problem = check_edtf(value)
        if problem:
            raise PydanticCustomError(
                "edtf", "{value} is no EDTF date: {problem}", {"value": repr(value), "problem": problem}
            )
        return value


Edtf = Annotated[str, _Edtf(), Field(examples=["2023-10-30", "2023-10", "2021/2023", "199X", "2023~"])]
"""A date with its precision, e.g. ``2023-10``; an interval ``2021/2023``; see :mod:`kh_kr_corpus.models.edtf`."""
