"""Files: one object a file, canonical and byte-stable; reading checks anchors, writing is atomic."""

from kh_kr_corpus.store.compiled import read_compiled, write_compiled
from kh_kr_corpus.store.dump import dumps
from kh_kr_corpus.store.entities import add_entity
from kh_kr_corpus.store.files import read_text
from kh_kr_corpus.store.layout import find_root, path_of
from kh_kr_corpus.store.log import Log
from kh_kr_corpus.store.manifest import manifest, unlike_release
from kh_kr_corpus.store.new import new_corpus
from kh_kr_corpus.store.reader import (
    Contents,
    Loaded,
    loads,
    read_below,
    read_corpus,
    read_entities,
    read_file,
    read_layers,
)
from kh_kr_corpus.store.records import Trouble, read_records, read_rows
from kh_kr_corpus.store.releasing import release
from kh_kr_corpus.store.schema import dumps_schema
from kh_kr_corpus.store.writer import reformat, write, write_text

__all__ = [
    "Contents",
    "Loaded",
    "Log",
    "Trouble",
    "add_entity",
    "dumps",
    "dumps_schema",
    "find_root",
    "loads",
    "manifest",
    "new_corpus",
    "path_of",
    "read_below",
    "read_compiled",
    "read_corpus",
    "read_entities",
    "read_file",
    "read_layers",
    "read_records",
    "read_rows",
    "read_text",
    "reformat",
    "release",
    "unlike_release",
    "write",
    "write_compiled",
    "write_text",
]
