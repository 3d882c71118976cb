"""A corpus in a list of references: APA (7th edition) and BibTeX."""

from __future__ import annotations

import re

from kh_kr_corpus.models import Creator, Release

__all__ = ["to_apa", "to_bibtex"]

_SPECIAL = {**{mark: f"\\{mark}" for mark in "#$%&_{}"}, "\\": r"\textbackslash{}", "~": r"\textasciitilde{}"}
_SPECIAL["^"] = r"\textasciicircum{}"


def to_apa(release: Release) -> str:
    """One line, as a list of references in APA style has it; a version that is not released has no year."""
    names = [_initials(creator) for creator in release.creators]
    authors = names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, & {names[-1]}"
    year = release.head.date[:4] if release.head.date else "n.d."
    publisher = "" if release.publisher in names else f" {release.publisher}."
    place = f" https://doi.org/{release.doi}" if release.doi else f" {release.homepage}" if release.homepage else ""
    return f"{authors}. ({year}). {release.title} (Version {release.version}) [Data set].{publisher}{place}\n"


def _initials(creator: Creator) -> str:
    if creator.given is None:
        return creator.name
    return f"{creator.name}, {' '.join(f'{part[0]}.' for part in re.split(r'[ -]', creator.given) if part)}".rstrip(".")


def to_bibtex(release: Release) -> str:
    """One entry; ``@misc``, which every style knows."""
    authors = " and ".join(f"{{{_tex(one.name)}}}" if one.given is None else _tex(one.full) for one in release.creators)
    fields = {
        "author": authors,
        "title": f"{{{_tex(release.title)}}}",
        "year": release.head.date[:4] if release.head.date else None,
        "version": release.version,
        "publisher": _tex(release.publisher),
        "doi": release.doi,
        "url": release.homepage,
        "note": f"Data set, version {release.version}, {release.licence}",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    key = re.sub("[.-]", "_", f"{release.name}_{release.version}")
    return "\n".join([f"@misc{{{key},", *lines, "}\n"])


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(char, char) for char in text)
