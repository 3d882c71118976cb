"""The one YAML loader and dumper of the project.

Loading takes a strict subset: one document, no anchors, aliases, merge keys, tags or duplicate keys, bounded
size, depth and length, scalars by the YAML 1.2 core schema (``NO`` and ``2023-10-30`` are strings). It is built on
PyYAML's event stream, because its constructors run the merge keys and tags that must not run and drop the
positions that a finding needs; what libyaml lets pass against YAML 1.2 is refused on top of it.
Dumping is canonical: the same value always gives the same bytes.
"""

from kh_kr_corpus._yaml.reading import MAX_BYTES, MAX_DEPTH, MAX_SCALAR, MAX_VALUES, loads
from kh_kr_corpus._yaml.tree import Path, Tree, field_name
from kh_kr_corpus._yaml.writing import Strings, dumps, laid_out

__all__ = [
    "MAX_BYTES", "MAX_DEPTH", "MAX_SCALAR", "MAX_VALUES", "Path", "Strings", "Tree", "dumps", "field_name", "laid_out",
    "loads",
]  # fmt: skip
