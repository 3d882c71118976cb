"""IATI 2.03 activities (https://iatistandard.org): what happened, as aid data is published.

An element is written only where the corpus states it, and a code only where it is true of all that our term means. IATI
wants days where sources give years: then the first or last day is written, with what is stated beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

from kh_kr_corpus import vocab
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.formats.contract import REJECTED, Format, Loss, NotCarried, Selection
from kh_kr_corpus.formats.output import put
from kh_kr_corpus.formats.xml_characters import not_xml
from kh_kr_corpus.models import Activity, Entity, Source, StagedAmount
from kh_kr_corpus.models.edtf import bounds, precision

__all__ = ["FORMAT", "write"]

_REPORTER = "khkr"
"""Stands for whoever publishes the file: the corpus is not registered with IATI."""
_OWN = "99"
_DAC = "2"
"""In IATI's lists of vocabularies: the reporting organisation's own, and the OECD DAC's three digits."""
_BEGUN = frozenset({"implementing", "suspended", "completed"})


def write(selection: Selection, path: Path) -> Iterator[NotCarried]:
    """The file ``path``: the activities, in the order of their ids. Raises :class:`InputError` where none can be
    written, because a file without any is not valid."""
    root = ET.Element("iati-activities", version="2.03")
    yield NotCarried("publisher", "", "reporting-org", f"{_REPORTER!r} is no registered publisher: put in who you are")
    for activity in sorted(selection.activities, key=lambda activity: activity.id):
        one = _Writer(activity, selection)
        yield from one.reports
        if one.element is not None:
            root.append(one.element)
    if not len(root):
        raise InputError(str(path), "none of these activities can be an IATI activity", "see what was reported of each")
    ET.indent(root)
    put(path, ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _code(vocabulary: str, scheme: str, term: str) -> str | None:
    """What a term is in one of IATI's lists where nothing more is known of it than the term; None for nothing."""
    found = vocab.crosswalk(vocabulary, scheme).first(term)
    return found.code if found else None


def _dac_sector(sector: str) -> vocab.Code | None:
    """The one group of DAC purposes that is the sector, or all of it and more."""
    links = vocab.crosswalk("sectors", "oecd-dac-3")[sector]
    return links[0].code if len(links) == 1 and links[0].match in ("exact", "broader") else None


def _narrative(parent: ET.Element, text: str, lang: str | None = None) -> None:
    ET.SubElement(parent, "narrative", {"xml:lang": lang} if lang else {}).text = text


class _Writer:
    """One activity as XML, or the reasons why it is none."""

    def __init__(self, activity: Activity, selection: Selection) -> None:
        self._activity, self._entities, self._sources = activity, selection.entities, selection.sources
        self.reports: list[NotCarried] = []
        self.element: ET.Element | None = self._build()

    def _report(self, code: str, item: str, message: str) -> None:
        self.reports.append(NotCarried(code, self._activity.id, item, message))

    def _build(self) -> ET.Element | None:
        one = self._activity
        status = _code("statuses", "iati-activity-status", one.status)
        start, end = bounds(one.period) if one.period else (None, None)
        element = ET.Element("iati-activity", {"xml:lang": "en"})
        self._head(element)
        parts = self._participants(element)
        if bad := not_xml(*element.itertext()):
            self._report("character", "", f"XML can't hold {bad}, so nothing of it is written")
        elif one.review.state == "rejected":
            self._report(REJECTED.code, "", "a reviewer rejected it")
        elif status is None:
            self._report("status", "", f"IATI has no status for what is {one.status}, so nothing of it is written")
        elif not parts:
            self._report("no-organisation", "", "no organisation pays for it or does it, so nothing of it is written")
        elif not (start or end):
            self._report("no-date", "", "it is not known when it began or ended, so nothing of it is written")
        else:
            ET.SubElement(element, "activity-status", code=status)
            self._dates(element)
            self._where(element)
            self._about(element)
            for number, amount in enumerate(one.amounts, 1):
                self._amount(element, amount, f"amounts[{number}]")
            if one.part_of:
                ET.SubElement(element, "related-activity", ref=f"{_REPORTER}-{one.part_of}", type="1")
            return element
        return None

    def _head(self, element: ET.Element) -> None:
        one = self._activity
        ET.SubElement(element, "iati-identifier").text = f"{_REPORTER}-{one.id}"
        reporter = ET.SubElement(element, "reporting-org", {"ref": _REPORTER, "type": "90", "secondary-reporter": "1"})
        _narrative(reporter, "kh_kr_corpus: texts on relations between the Republic of Korea and Cambodia")
        _narrative(ET.SubElement(element, "title"), one.title)
        _narrative(ET.SubElement(element, "description", type="1"), one.note or one.title)
        other = [f"Status {one.status} as of {one.as_of}.", *one.disagreements]
        told = [cited for name in one.sources if (cited := self._cited(self._sources.get(name)))]
        other += [f"Sources: {'; '.join(told)}."] if told else []
        _narrative(ET.SubElement(element, "description", type="4"), " ".join(other))

    def _cited(self, source: Source | None) -> str:
        parts = (source.publisher, source.title, source.date, source.url) if source else ()
        return ", ".join(part for part in parts if part)

    def _participants(self, element: ET.Element) -> int:
        """How many organisations take part in a role that IATI knows."""
        number = 0
        for part in self._activity.participants:
            entity, role = self._entities.get(part.entity), _code("roles", "iati-organisation-role", part.role)
            if role is None:
                self._report("role", part.entity, f"IATI has no role for a {part.role}")
            elif not part.entity.startswith(("organisation/", "place/")):
                self._report("organisation", part.entity, f"a {part.entity.partition('/')[0]} is no organisation")
            else:
                ref = _identifier(entity, "iati-org")
                told = {"role": role, **({"ref": ref} if ref else {})}
                _narrative(ET.SubElement(element, "participating-org", told), entity.name if entity else part.entity)
                number += 1
        return number

    def _dates(self, element: ET.Element) -> None:
        one = self._activity
        period = one.period or ""
        first, _, last = period.partition("/")
        start, end = bounds(period)
        begun, ended = one.status in _BEGUN, one.status == "completed"
        told = [(start, "2" if begun else "1", first)] if start else []
        # a single date is when it began; it is also when it ended only where it has ended
        told += [(end, "4" if ended else "3", last or first)] if end and (last or ended) else []
        for day, code, stated in told:
            date = ET.SubElement(element, "activity-date", {"type": code, "iso-date": day.isoformat()})
            if stated != day.isoformat():
                _narrative(date, f"stated as {stated}")
                self._report("precision", "activity-date", f"{stated} is written as {day}")

    def _where(self, element: ET.Element) -> None:
        one = self._activity
        places = [self._entities[name] for name in one.place if name in self._entities]
        gainers = [self._entities.get(part.entity) for part in one.participants if part.role == "beneficiary"]
        if any(entity and entity.country == "KH" for entity in (*places, *gainers)):
            ET.SubElement(element, "recipient-country", code="KH")
        for place in places:
            if not _identifier(place, "iso-3166-1"):
                location = ET.SubElement(element, "location")
                if geonames := _identifier(place, "geonames"):
                    ET.SubElement(location, "location-id", vocabulary="G1", code=geonames)
                _narrative(ET.SubElement(location, "name"), place.name)

    def _about(self, element: ET.Element) -> None:
        """Sectors, our own terms as tags, and how the aid is given."""
        one = self._activity
        aid = {code for name in one.modalities if (code := _code("modalities", "iati-aid-type", name))}
        for name in one.sectors:
            term, known = vocab.load("sectors")[name], _dac_sector(name)
            _narrative(ET.SubElement(element, "sector", vocabulary=_OWN, code=name), term.label["en"])
            if aid and known:
                meaning = f"{known.name} (OECD DAC, {known.version})"
                _narrative(ET.SubElement(element, "sector", vocabulary=_DAC, code=known.code), meaning)
            elif aid:
                self._report("sector", name, "no one code of the OECD DAC holds for all of it")
        terms = {f"kind:{one.kind}", *(f"theme:{name}" for name in one.themes)}
        terms |= {f"modality:{name}" for name in one.modalities}
        terms |= {f"instrument:{one.instrument}"} if one.instrument else set()
        for name in sorted(terms):
            _narrative(ET.SubElement(element, "tag", vocabulary=_OWN, code=name), name)
        finance = {code for name in one.modalities if (code := _code("modalities", "iati-finance-type", name))}
        for kind, found in (("default-finance-type", finance), ("default-aid-type", aid)):
            if len(found) == 1:
                ET.SubElement(element, kind, code=found.pop())
            elif found:
                self._report("modality", kind, f"{', '.join(sorted(found))} all hold")

    def _amount(self, element: ET.Element, amount: StagedAmount, item: str) -> None:
        code = _code("stages", "iati-transaction-type", amount.stage)
        day = bounds(amount.date)[0] if amount.date else None
        if not self._activity.counts_in_totals:
            self._report("amount", item, "adding it up would count money twice, so it is no transaction")
        elif code is None or day is None or amount.date is None:
            why = "no transaction is only proposed" if code is None else "a transaction needs a date"
            self._report("amount", item, why)
        else:
            transaction = ET.SubElement(element, "transaction")
            ET.SubElement(transaction, "transaction-type", code=code)
            ET.SubElement(transaction, "transaction-date", {"iso-date": day.isoformat()})
            told = {"currency": amount.currency, "value-date": day.isoformat()}
            ET.SubElement(transaction, "value", told).text = f"{Decimal(str(amount.amount)):f}".removesuffix(".0")
            stated = [f"dated {amount.date}"] if precision(amount.date) != "day" else []
            stated += [amount.qualifier] if amount.qualifier else []
            stated += [f"up to {Decimal(str(amount.amount_max)):f}".removesuffix(".0")] if amount.amount_max else []
            if stated:
                words = ", ".join(stated)
                _narrative(ET.SubElement(transaction, "description"), f"stated as: {words}")
                self._report("precision", item, f"{words} is only said in words")


def _identifier(entity: Entity | None, scheme: str) -> str | None:
    found = (one.value for one in (entity.identifiers if entity else ()) if one.scheme == scheme)
    return next(found, None)


FORMAT = Format(
    name="iati",
    suffix=".xml",
    what="activities that an organisation pays for or carries out, with their money by stage",
    consumer="IATI 2.03: validators, d-portal and the tools of publishers",
    losses=(
        Loss("publisher", "a registered publisher", "the corpus is none; say who you are before you publish the file"),
        REJECTED,
        Loss("status", "activities that are only proposed", "IATI begins with what somebody plans to do"),
        Loss("organisation", "people and programmes that take part", "only an organisation does in an IATI activity"),
        Loss("no-organisation", "activities that no organisation pays for or carries out", "IATI wants one"),
        Loss("role", "partners, beneficiaries and conveners", "IATI's roles are funding, accountable, extending and "
             "implementing"),
        Loss("no-date", "activities of which no date is known", "IATI wants one, and none is made up"),
        Loss("precision", "how exact dates and amounts are", "IATI wants days and numbers; what is stated stands "
             "beside them in words"),
        Loss("sector", "DAC codes of sectors that no one code covers", "a person has to read which one holds; our own "
             "sector is always written"),
        Loss("modality", "types of aid and finance where several hold", "IATI has one default"),
        Loss("amount", "amounts without a date, only proposed, or left out of totals", "they are no transactions"),
        Loss("character", "activities with control characters", "XML 1.0 can't hold them"),
    ),
    write=write,
    of="activities",
    needs_text=False,
)  # fmt: skip
