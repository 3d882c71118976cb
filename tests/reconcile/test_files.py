"""IATI files and CRS extracts: read whole, read safely, and refused with the reason."""

from __future__ import annotations

import tempfile
from math import isfinite
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kh_kr_corpus.errors import EnvironmentFailure, InputError, KhkrError
from kh_kr_corpus.reconcile import Sum, read_crs, read_iati
from kh_kr_corpus.reconcile.iati import read_iati as reading

# Written after the activity that the tests' own toy corpus has; the projects are invented.
ACTIVITY = """<iati-activity default-currency="USD">
  <iati-identifier> XX-TOY-1 </iati-identifier>
  <title><narrative xml:lang="en">Floating clinic at Phnom Penh</narrative>
    <narrative xml:lang="ko">배</narrative></title>
  <participating-org role="1" ref="XX-TOY"><narrative>KOICA</narrative></participating-org>
  <activity-date type="2" iso-date="2021-04-01"/><activity-date type="4" iso-date="2023-05-01"/>
  <recipient-country code="KH"/>
  <sector vocabulary="1" code="12230"/><sector vocabulary="99" code="boats"/>
  <default-finance-type code="110"/><default-aid-type code="C01"/>
  <transaction><transaction-type code="3"/><transaction-date iso-date="2021-05-01"/><value>1,000</value></transaction>
  <transaction><transaction-type code="3"/><transaction-date iso-date="2022-05-01"/><value>500.0</value></transaction>
  <transaction><transaction-type code="1"/><value>999999</value></transaction>
</iati-activity>"""


def iati(folder: Path, *activities: str, head: str = "", encoding: str = "UTF-8") -> Path:
    path = folder / "file.xml"
    text = f'<?xml version="1.0" encoding="{encoding}"?>{head}<iati-activities version="2.03">'
    path.write_bytes((text + "".join(activities) + "</iati-activities>").encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16"])
def test_an_iati_activity_is_read_with_all_that_can_be_compared(tmp_path: Path, encoding: str) -> None:
    (entry,) = read_iati(iati(tmp_path, ACTIVITY, encoding=encoding))
    assert entry.id == "XX-TOY-1"
    assert entry.titles == ("Floating clinic at Phnom Penh", "배")
    assert entry.years == (2021, 2023)
    assert entry.sums == (Sum(1000, "USD", 2021), Sum(500, "USD", 2022), Sum(1500, "USD"))
    assert entry.actors == ("XX-TOY", "KOICA")
    assert entry.sectors == {"health"}
    assert "grant-project" in entry.modalities and "concessional-loan" not in entry.modalities


def test_other_countries_are_left_out_and_an_old_title_is_read(tmp_path: Path) -> None:
    elsewhere = ACTIVITY.replace('code="KH"', 'code="LA"')
    old = "<iati-activity><iati-identifier>OLD</iati-identifier><title>A boat</title></iati-activity>"
    assert [entry.id for entry in read_iati(iati(tmp_path, elsewhere, old))] == ["OLD"]
    assert read_iati(tmp_path / "file.xml")[0].titles == ("A boat",)
    assert [entry.id for entry in read_iati(tmp_path / "file.xml", country="LA")] == ["XX-TOY-1", "OLD"]


BOMB = '<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("head", "body", "told"),
    [
        (BOMB, ACTIVITY.replace("Floating clinic", "&b;"), "document type"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd">', ACTIVITY, "document type"),
        ("", ACTIVITY.replace("Floating clinic", "&nowhere;"), "no XML"),
        ("", "<iati-activity>" * 3, "no XML"),
        ("", "<iati-activity>" + "<a>" * 200 + "</a>" * 200 + "</iati-activity>", "deep"),
        ("", "\x00", "no XML"),
    ],
)
def test_what_xml_can_do_to_a_reader_is_refused(tmp_path: Path, head: str, body: str, told: str) -> None:
    assert read_iati(iati(tmp_path, ACTIVITY)), "the control: the same file without it is read"
    with pytest.raises(InputError, match=told):
        read_iati(iati(tmp_path, body, head=head))


def test_a_file_that_is_no_iati_file_or_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other.xml"
    other.write_text("<html/>", encoding="utf-8")
    with pytest.raises(InputError, match="root element is 'html'"):
        read_iati(other)
    with pytest.raises(EnvironmentFailure):
        read_iati(tmp_path / "nothing.xml")
    monkeypatch.setattr("kh_kr_corpus.reconcile.iati.LIMIT", 100)
    with pytest.raises(InputError, match="over the limit"):
        reading(iati(tmp_path, ACTIVITY))


ROWS = [
    ("Year", "DonorCode", "RecipientCode", "CrsID", "AgencyName", "USD_Commitment", "USD_Disbursement", "ProjectTitle",
     "ShortDescription", "PurposeCode", "Aid_t", "Finance_t"),
    ("2021", "742", "728", "2021000001", "KOICA", "1.5", "0.5", "FLOATING CLINIC", "Boat – été", "12230", "C01", "110"),
    ("2022", "742", "728", "2021000001", "KOICA", "", "1.0", "FLOATING CLINIC", "Boat – été", "12230", "C01", "110"),
    ("2022", "701", "728", "2021000002", "JICA", "9", "9", "BRIDGE", "", "21020", "C01", "110"),
    ("2022", "742", "738", "2021000003", "KOICA", "9", "9", "ELSEWHERE", "", "21020", "C01", "110"),
]  # fmt: skip


@pytest.mark.parametrize("separator", [",", ";", "|", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("snake", [False, True])
def test_an_extract_is_read_in_every_spelling(tmp_path: Path, separator: str, encoding: str, snake: bool) -> None:
    head = [name if not snake else name.replace("Code", "_Code").replace("ID", "_ID").lower() for name in ROWS[0]]
    path = tmp_path / "crs.txt"
    text = "\r\n".join(separator.join(row) for row in (head, *ROWS[1:]))
    path.write_bytes(text.encode(encoding))
    (entry,) = read_crs(path)
    assert (entry.id, entry.years) == ("2021000001", (2021, 2022))
    assert entry.titles == ("FLOATING CLINIC", "Boat – été")
    assert set(entry.sums) == {
        Sum(1.5e6, "USD", 2021), Sum(0.5e6, "USD", 2021), Sum(1e6, "USD", 2022), Sum(1.5e6, "USD"),
    }  # fmt: skip
    assert entry.sectors == {"health"}
    assert "grant-project" in entry.modalities


def test_parquet_with_numbers_is_read(tmp_path: Path) -> None:
    path = tmp_path / "crs.parquet"
    columns = {"year": [2021], "donor_code": [742.0], "recipient_code": [728], "project_title": ["A clinic"],
               "usd_commitment": [2.0], "purpose_code": [12230], "finance_type": ["421"]}  # fmt: skip
    pq.write_table(pa.table(columns), path)
    (entry,) = read_crs(path)
    assert (entry.id, entry.years, entry.sums) == ("A clinic", (2021, 2021), (Sum(2e6, "USD", 2021),))
    assert entry.modalities == {"concessional-loan"}


def test_a_quotation_mark_in_a_text_with_bars_is_a_quotation_mark(tmp_path: Path) -> None:
    path = tmp_path / "crs.txt"
    path.write_text('Year|ProjectTitle\n2021|The "Boat\n2022|Second', encoding="utf-8")
    assert [entry.title for entry in read_crs(path)] == ['The "Boat', "Second"]


def test_a_table_that_is_no_extract_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "crs.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column year and projecttitle"):
        read_crs(path)
    path.write_bytes(b"")
    with pytest.raises(InputError, match="no column"):
        read_crs(path)


CELLS = st.sampled_from(
    ["", "742", "728", "2021", "nan", "inf", "-1", "1,5", "1e400", "٢٠٢١", '"', "A boat", "12230", "99999", "\x00"]
)


@given(st.lists(st.lists(CELLS, max_size=14), max_size=6), st.sampled_from(",;|\t"))
def test_any_table_under_the_names_is_read_or_refused(rows: list[list[str]], separator: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crs.csv"
        path.write_text("\n".join(separator.join(row) for row in (ROWS[0], *rows)), encoding="utf-8")
        try:
            entries = read_crs(path)
        except KhkrError:
            return
        assert all(entry.id and all(isfinite(one.amount) for one in entry.sums) for entry in entries)


@given(st.binary(max_size=300), st.integers(0, len(ACTIVITY)))
def test_any_bytes_in_an_iati_file_are_read_or_refused(junk: bytes, place: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.xml"
        body = ACTIVITY.encode()
        whole = b"<iati-activities>" + body[:place] + junk + body[place:] + b"</iati-activities>"
        path.write_bytes(whole)
        try:
            entries = read_iati(path)
        except KhkrError:
            return
        assert all(isfinite(one.amount) for entry in entries for one in entry.sums)


def test_short_rows_and_amounts_that_are_none_are_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "crs.csv"
    path.write_text("ProjectTitle,Year,USD_Commitment\nA boat\nB boat,2021,nan\nC boat,two,inf\n", encoding="utf-8")
    assert [(entry.title, entry.years, entry.sums) for entry in read_crs(path)] == [
        ("A boat", None, ()), ("B boat", (2021, 2021), ()), ("C boat", None, ()),
    ]  # fmt: skip
