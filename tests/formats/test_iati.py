"""IATI activities: valid by the official schema, and nothing in them that the corpus does not state."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from kh_kr_corpus.corpus import Corpus, load
from kh_kr_corpus.errors import InputError
from kh_kr_corpus.formats import NotCarried, Selection, export, get_format, select
from kh_kr_corpus.models import Activity, Entity

IATI = get_format("iati")
SCHEMA = etree.XMLSchema(
    file=str(Path(__file__).resolve().parents[2] / "third_party" / "iati" / "iati-activities-schema.xsd")
)
KOICA = "organisation/korea-international-cooperation-agency"


def one(**changed: Any) -> Activity:
    """An activity of which everything is known."""
    data = {
        "id": "2019-school", "title": "A school", "kind": "infrastructure", "themes": ("infrastructure",),
        "sectors": ("public-administration",), "modalities": ("grant-project",), "status": "completed",
        "as_of": "2021", "period": "2019-03-04/2021-05-06", "place": ("place/phnom-penh",),
        "participants": ({"entity": KOICA, "role": "funder"},), "counts_in_totals": True, "sources": ("s",),
        "amounts": ({"stage": "committed", "amount": 1500000.5, "currency": "USD", "date": "2019-03-04"},),
        "review": {"state": "accepted", "by": "human:A", "at": "2026-11-22"},
    }  # fmt: skip
    return Activity.model_validate({**data, **changed})


def entities() -> dict[str, Entity]:
    data = [
        {"id": KOICA, "names": ({"text": "KOICA", "lang": "en", "kind": "preferred"},), "country": "KR",
         "identifiers": ({"scheme": "iati-org", "value": "KR-GOV-051", "source": "s", "checked": "2026"},)},
        {"id": "place/phnom-penh", "names": ({"text": "Phnom Penh", "lang": "en", "kind": "preferred"},),
         "country": "KH"},
        {"id": "place/suwon", "names": ({"text": "Suwon", "lang": "en", "kind": "preferred"},), "country": "KR"},
    ]  # fmt: skip
    return {entity.id: entity for entity in map(Entity.model_validate, data)}


def exported(folder: Path, *activities: Activity) -> tuple[Any, Counter[str]]:
    """The root of what is written, and how often what was reported of the activities."""
    path = folder / "a.xml"
    lost = list(export(IATI, Selection(activities=activities, entities=entities()), path))
    return etree.parse(path).getroot(), Counter(item.code for item in lost if item.code != "publisher")


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    """The corpus of the library."""
    return load()


@pytest.fixture(scope="module")
def written(shipped: Corpus, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, list[NotCarried]]:
    """All of its activities as IATI, and what was reported."""
    path = tmp_path_factory.mktemp("iati") / "all.xml"
    lost = list(export(IATI, select(shipped), path))
    return etree.parse(path), lost


def test_the_shipped_activities_are_valid(written: tuple[Any, list[NotCarried]]) -> None:
    document, _ = written
    SCHEMA.assertValid(document)
    # the schema can refuse: without a status, it is no activity
    broken = etree.fromstring(etree.tostring(document))
    broken[0].remove(broken[0].find("activity-status"))
    assert not SCHEMA.validate(broken)


def test_each_activity_is_written_or_reported(shipped: Corpus, written: tuple[Any, list[NotCarried]]) -> None:
    document, lost = written
    there = {item.text.removeprefix("khkr-") for item in document.iter("iati-identifier")}
    whole = {item.where for item in lost if item.message.endswith("nothing of it is written")}
    assert there | whole == {activity.id for activity in shipped.activities.where(review="any")}
    assert not there & whole
    assert len(there) > 200
    assert {item.code for item in lost} <= {loss.code for loss in IATI.losses}


def test_koica_has_its_identifier_and_nobody_has_an_invented_one(
    shipped: Corpus, written: tuple[Any, list[NotCarried]]
) -> None:
    refs = {(part.get("ref"), part.findtext("narrative")) for part in written[0].iter("participating-org")}
    assert ("KR-GOV-051", "Korea International Cooperation Agency") in refs
    known = {i.value for entity in shipped.entities for i in entity.identifiers if i.scheme == "iati-org"}
    assert {ref for ref, _ in refs} - {None} <= known


def test_the_money_is_that_of_the_corpus(shipped: Corpus, written: tuple[Any, list[NotCarried]]) -> None:
    document, lost = written
    codes = {"12": "pledged", "2": "committed", "3": "disbursed"}
    found: Counter[tuple[str, str]] = Counter()
    for each in document.iter("transaction"):
        stage = codes[each.find("transaction-type").get("code")]
        found[stage, each.find("value").get("currency")] += round(float(each.findtext("value")))
    there = {item.text.removeprefix("khkr-") for item in document.iter("iati-identifier")}
    wanted: Counter[tuple[str, str]] = Counter()
    for activity in shipped.activities.where(review="any"):
        for number, amount in enumerate(activity.amounts, 1):
            told = [item for item in lost if (item.where, item.item) == (activity.id, f"amounts[{number}]")]
            if activity.id in there and "amount" not in {item.code for item in told}:
                wanted[amount.stage, amount.currency] += round(amount.amount)
    assert found == wanted
    assert found["disbursed", "USD"] > 0


def test_an_activity_of_which_all_is_known(tmp_path: Path) -> None:
    root, lost = exported(tmp_path, one())
    SCHEMA.assertValid(root)
    (each,) = root
    assert each.find("activity-status").get("code") == "4"
    assert [(d.get("type"), d.get("iso-date")) for d in each.iter("activity-date")] == [
        ("2", "2019-03-04"), ("4", "2021-05-06")
    ]  # fmt: skip
    assert each.find("recipient-country").get("code") == "KH"
    assert each.find("transaction/value").text == "1500000.5"
    assert [each.find(f"default-{kind}-type").get("code") for kind in ("aid", "finance")] == ["C01", "110"]
    # the group of purposes is certain; which of its fourteen purposes it is, nobody has read
    assert [(s.get("vocabulary"), s.get("code")) for s in each.iter("sector")] == [
        ("99", "public-administration"), ("2", "151")
    ]  # fmt: skip
    assert "2026-06-22" in each.findtext("sector[@vocabulary='2']/narrative")
    assert lost == {}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"status": "proposed"}, "status"),
        ({"period": None}, "no-date"),
        ({"participants": ({"entity": KOICA, "role": "partner"},)}, "no-organisation"),
        ({"participants": ({"entity": "person/hun-sen", "role": "funder"},)}, "organisation"),
        ({"title": "A\x0bschool"}, "character"),
        ({"review": {"state": "rejected", "by": "human:A", "at": "2026-11-22"}}, "rejected"),
    ],
)
def test_what_can_be_no_iati_activity_is_reported_whole(tmp_path: Path, changed: dict[str, Any], code: str) -> None:
    root, lost = exported(tmp_path, one(id="2018-other"), one(**changed))
    assert [each.findtext("iati-identifier") for each in root] == ["khkr-2018-other"]
    assert lost[code] >= 1


@pytest.mark.parametrize(
    ("period", "status", "dates"),
    [
        ("2019", "completed", [("2", "2019-01-01", "2019"), ("4", "2019-12-31", "2019")]),
        ("2019", "implementing", [("2", "2019-01-01", "2019")]),
        ("2019-02/2021", "agreed", [("1", "2019-02-01", "2019-02"), ("3", "2021-12-31", "2021")]),
        ("2019-02-03/..", "implementing", [("2", "2019-02-03", None)]),
        ("../2021-02-03", "suspended", [("3", "2021-02-03", None)]),
    ],
)
def test_a_date_says_what_is_stated(
    tmp_path: Path, period: str, status: str, dates: list[tuple[str, str, str | None]]
) -> None:
    root, lost = exported(tmp_path, one(period=period, status=status))
    SCHEMA.assertValid(root)
    found = [(d.get("type"), d.get("iso-date"), d.findtext("narrative")) for d in root.iter("activity-date")]
    assert found == [(code, day, stated and f"stated as {stated}") for code, day, stated in dates]
    assert lost["precision"] == sum(stated is not None for *_, stated in dates)


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ({"stage": "proposed", "date": "2019"}, "amount"),
        ({"stage": "committed", "date": None}, "amount"),
        ({"stage": "pledged", "date": "2019-05"}, "precision"),
        ({"stage": "disbursed", "date": "2019-05-01", "qualifier": "about", "amount_max": 9e15}, "precision"),
    ],
)
def test_an_amount_that_is_no_exact_transaction_is_reported(tmp_path: Path, amount: dict[str, Any], code: str) -> None:
    root, lost = exported(tmp_path, one(amounts=({"amount": 7.0, "currency": "KRW", **amount},)))
    SCHEMA.assertValid(root)
    assert lost[code] == 1
    assert len(root.findall(".//transaction")) == (code == "precision")
    assert [v.text for v in root.iter("value")] == ["7"] * (code == "precision")
    stated = root.findtext(".//transaction/description/narrative") or ""
    assert ("9000000000000000" in stated) == ("amount_max" in amount)


def test_a_file_without_an_activity_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none of these"):
        exported(tmp_path, one(period=None))
    assert list(tmp_path.iterdir()) == []


def test_a_ceiling_is_no_transaction(tmp_path: Path) -> None:
    root, lost = exported(tmp_path, one(counts_in_totals=False))
    assert (root.find(".//transaction"), lost["amount"]) == (None, 1)


def test_what_is_no_aid_has_no_code_of_aid(tmp_path: Path) -> None:
    root, _ = exported(tmp_path, one(modalities=("dialogue",), place=("place/suwon",)))
    SCHEMA.assertValid(root)
    assert {s.get("vocabulary") for s in root.iter("sector")} == {"99"}
    assert [root.find(f".//{name}") for name in ("default-aid-type", "recipient-country")] == [None, None]


def test_a_sector_that_no_one_code_covers_has_none(tmp_path: Path) -> None:
    """Digital government is 151 and not 220, as the codebook says: the sector alone does not decide."""
    root, lost = exported(tmp_path, one(sectors=("digital", "transport")))
    SCHEMA.assertValid(root)
    assert [(s.get("vocabulary"), s.get("code")) for s in root.iter("sector")] == [
        ("99", "digital"), ("99", "transport"), ("2", "210")
    ]  # fmt: skip
    assert lost == {"sector": 1}
