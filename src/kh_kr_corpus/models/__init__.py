"""The typed records of the corpus: frozen, strict, nothing extra; validated in JSON mode."""

from kh_kr_corpus.models.article import Article, Fingerprints, FoldedPrint, Mention, Rights, SentencePrint, ShortPrint
from kh_kr_corpus.models.base import Model
from kh_kr_corpus.models.entity import Entity, Identifier, Name, Namesake, Office, Source
from kh_kr_corpus.models.initiative import Activity, Evidence, Initiative, Participation, Speaker
from kh_kr_corpus.models.layer import Adjudication, Layer, Splits
from kh_kr_corpus.models.money import Money, StagedAmount
from kh_kr_corpus.models.record import Paid, Record, RecordSet
from kh_kr_corpus.models.release import Creator, Release, Version, Withdrawn
from kh_kr_corpus.models.review import Review, Suggestion
from kh_kr_corpus.models.waiver import Waiver

__all__ = [
    "Activity",
    "Adjudication",
    "Article",
    "Creator",
    "Entity",
    "Evidence",
    "Fingerprints",
    "FoldedPrint",
    "Identifier",
    "Initiative",
    "Layer",
    "Mention",
    "Model",
    "Money",
    "Name",
    "Namesake",
    "Office",
    "Paid",
    "Participation",
    "Record",
    "RecordSet",
    "Release",
    "Review",
    "Rights",
    "SentencePrint",
    "ShortPrint",
    "Source",
    "Speaker",
    "Splits",
    "StagedAmount",
    "Suggestion",
    "Version",
    "Waiver",
    "Withdrawn",
]
