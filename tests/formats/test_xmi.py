"""CAS XMI: offsets are UTF-16 units there, INCEpTION's own layers are used, and other programs' files are read."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import cassis
import pytest
from lxml import etree
from tests.formats.test_roundtrip import there_and_back

from kh_kr_corpus._offsets import fingerprint
from kh_kr_corpus.errors import EnvironmentFailure, InputError
from kh_kr_corpus.formats import Imported, NotCarried, Selection, export, get_format
from kh_kr_corpus.models import Article

XMI = get_format("xmi")
UIMA = Path(__file__).resolve().parents[2] / "third_party" / "apache-uima"
TEXT = "👩🏻‍🚒 in Phnom Penh 🛶 with 한국 and ភ្នំពេញ."
NAMES = ("Phnom Penh", "한국", "ភ្នំពេញ")


def article(text: str = TEXT, names: tuple[str, ...] = NAMES) -> Article:
    """An article that has emoji in front of its names."""
    mentions = [
        {
            "id": f"m{n}", "start": text.index(name), "end": text.index(name) + len(name), "text": name, "label": "GPE",
            "entity": "place/phnom-penh" if n == 1 else None,
        }
        for n, name in enumerate(names, 1)
    ]  # fmt: skip
    evidence = {"start": 0, "end": len(text), "sha256": fingerprint(text)[:16]}
    initiative = {
        "id": "i1", "title": "A visit", "kind": "policy-dialogue", "themes": ("policy-dialogue",),
        "status": "completed", "sectors": ("public-administration",), "assertion": "author-reports",
        "evidence": (evidence,),
    }  # fmt: skip
    data = {"id": "a-1", "title": "A", "origin": "brief", "rights": {"text": "included"}, "text": text}
    return Article.model_validate({**data, "mentions": tuple(mentions), "initiatives": (initiative,)})


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """The article above, as CAS XMI."""
    assert list(export(XMI, Selection((article(),)), tmp_path / "out")) == []
    return tmp_path / "out"


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def read(path: Path, **labels: str) -> tuple[list[Imported], list[NotCarried]]:
    """What is read from a file or folder, and what is reported."""
    assert XMI.read is not None
    found = list(XMI.read(path, labels))
    return (
        [one for one in found if isinstance(one, Imported)],
        [one for one in found if isinstance(one, NotCarried)],
    )


def reports(path: Path, **labels: str) -> Counter[str]:
    return Counter(one.code for one in read(path, **labels)[1])


def test_offsets_are_utf_16_units(exported: Path) -> None:
    root = etree.parse(exported / "a-1.xmi").getroot()
    text = root.find("{http:///uima/cas.ecore}Sofa").get("sofaString")
    names = root.findall("{http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore}NamedEntity")
    bounds = [(int(one.get("begin")), int(one.get("end"))) for one in names]
    units = text.encode("utf-16-le")
    assert [units[2 * a : 2 * b].decode("utf-16-le") for a, b in bounds] == list(NAMES)
    # code points, which is what the corpus counts, are something else here
    assert [text[a:b] for a, b in bounds] != list(NAMES)
    assert [(m.start, m.end) for m in article().mentions] != bounds


def test_dkpro_cassis_sees_the_names_and_their_links(exported: Path) -> None:
    types = cassis.load_typesystem(exported / "TypeSystem.xml")
    cas = cassis.load_cas_from_xmi(exported / "a-1.xmi", typesystem=types)
    found = cas.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    assert [one.get_covered_text() for one in found] == list(NAMES)
    assert [one.value for one in found] == ["GPE"] * 3
    assert found[0].identifier == "urn:khkr:entity:place/phnom-penh"
    assert cas.typecheck() == []


@pytest.mark.filterwarnings("ignore:open_binary is deprecated:DeprecationWarning")
def test_the_layers_are_those_that_inception_has(exported: Path) -> None:
    """The named entity is the one of DKPro Core, and so of INCEpTION; its document metadata stands in another file."""
    theirs = cassis.load_dkpro_core_typesystem()
    ours = {one.name: one for one in cassis.load_typesystem(exported / "TypeSystem.xml").get_types()}
    shared = {name for name in ours if theirs.contains_type(name)}
    assert {name.rpartition(".")[2] for name in shared} == {"NamedEntity", "DocumentAnnotation"}
    assert {name.rpartition(".")[2] for name in ours.keys() - shared} == {
        "DocumentMetaData",
        "Initiative",
        "KhkrRecord",
    }
    for name in shared:
        known = theirs.get_type(name)
        assert known.supertype.name == ours[name].supertype.name
        for feature in ours[name].features:
            assert known.get_feature(feature.name).rangeType.name == feature.rangeType.name


def test_what_was_changed_in_the_other_program_comes_back(exported: Path) -> None:
    change(exported / "a-1.xmi", 'value="GPE" identifier', 'value="ORG" identifier')
    (found,), told = read(exported)
    assert ([m.label for m in found.article.mentions], told) == (["ORG", "GPE", "GPE"], [])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('kind="policy-dialogue"', 'kind="training"', "initiative-edited"),
        ('title="A visit"', 'title="Another"', "initiative-edited"),
        ("urn:khkr:entity:place/phnom-penh", "http://www.wikidata.org/entity/Q1850", "foreign-link"),
        ("urn:khkr:entity:place/phnom-penh", "urn:khkr:entity:nowhere", "bad-value"),
        ('value="GPE"', 'value="Place"', "unknown-label"),
        ('json="{', 'json="', "bad-value"),
    ],
)
def test_what_cannot_be_taken_back_is_reported(exported: Path, old: str, new: str, code: str) -> None:
    assert reports(exported) == {}
    change(exported / "a-1.xmi", old, new)
    assert code in reports(exported)


def test_an_end_inside_a_character_is_reported_and_not_guessed(exported: Path) -> None:
    file = exported / "a-1.xmi"
    begin = re.search(r'begin="(\d+)" end="\d+" value', file.read_text(encoding="utf-8"))
    assert begin
    change(file, f'begin="{begin[1]}" end', 'begin="1" end')  # between the two halves of the first emoji
    (found,), told = read(file)
    assert [one.code for one in told] == ["bad-offset"]
    assert len(found.article.mentions) == 2


def test_a_text_that_xml_cannot_hold_is_reported(tmp_path: Path) -> None:
    bad = article("In Phnom Penh\x0b.", ("Phnom Penh",))
    lost = list(export(XMI, Selection((bad, article().model_copy(update={"id": "b"}))), tmp_path / "out"))
    assert [(one.code, one.where) for one in lost] == [("character", "a-1")]
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["TypeSystem.xml", "b.xmi"]


_SOFA = '<c:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="Seoul"/>'
_XMI = '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:c="http:///uima/cas.ecore" xmi:version="2.0">%s</xmi:XMI>'


@pytest.mark.parametrize("content", ["", "<a>", "no xml", _XMI % _SOFA.replace('"1"', '"x"'), _XMI % "<c:View/>"])
def test_a_broken_file_is_an_input_error(tmp_path: Path, content: str) -> None:
    file = tmp_path / "a.xmi"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.xmi: no UIMA file"):
        read(file)
    file.write_text(_XMI % _SOFA, encoding="utf-8")
    assert [one.article.text for one in read(file)[0]] == ["Seoul"]


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cassis", None)
    with pytest.raises(EnvironmentFailure, match=r"kh-kr-corpus\[formats\]"):
        list(export(XMI, Selection((article(),)), tmp_path / "out"))


def test_a_file_of_apache_uima_is_read_and_each_loss_is_reported() -> None:
    (one,), told = read(UIMA, Name="PERSON", PersonTitle="ORG")
    names = [m.text for m in one.article.mentions]
    assert names[:4] == ["IBM Fellow", "Corporate Technical Recognition Event", "Ariz. CTRE", "Nick Donofrio"]
    assert len(names) == 24
    assert one.items["m5"] == "Name 29"
    assert one.article.rights.text == "local"
    # the five titles stand inside names, and say of what kind they are
    assert Counter(item.code for item in told) == {"overlap": 5, "feature": 5}
    # nobody said what these types mean: nothing is taken, and both layers are named
    assert reports(UIMA) == {"layer": 2}


def test_it_comes_back_the_same_from_a_second_export() -> None:
    (one,), _ = read(UIMA, Name="PERSON")
    back, _, unread = there_and_back(XMI, Selection((one.article,), right="Apache-2.0"))
    assert (back, unread) == ([one.article], [])
