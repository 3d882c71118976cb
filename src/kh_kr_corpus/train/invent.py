"""Invented names of persons and things, by simple patterns of names: material in which no name is learnt by heart."""

from __future__ import annotations

import random

from kh_kr_corpus.annotate import lexicon

__all__ = ["Inventor"]

_KOREAN = (
    "ji min seo jun hyun woo young soo jin hee kyung sung ho jae won dong chul sang mi sun eun hye yeon ha ra na bin "
    "gi tae hwan kwang joon seok gyu il rok mun chan geun bo ah in do hwa jeong myung suk nam pil se yul shin hyeok "
    "uk dae sik yong hun beom ki soon ok ja mo ryeong gil"
).split()
_KHMER_FIRST = (
    "So Bo Ra Vi Sre Chan Da Pi Mo So Ros The Ny Kun Pu Ra Ve Sa Mea Phea Lea Sokha Rith Vanna Sophe Bor Kim Ko Mara "
    "Nea Tho Chea Pheak Sothea Mony Dara Pov Chor Samna Rathana Kosal Vuthy"
).split()
_KHMER_LAST = (
    "kha ra rith vath na dy ny vann tha ly phal reth roth nary tra mom leak neth da ka line vuth pheap bol seth mey "
    "ney rong chenda moly thea dara wath lita"
).split()
_GIVEN = (
    "Anna James Maria David Haruto Yuki Wei Somchai Arjun Priya Thomas Claire Ingrid Peter Kenji Mei Rachel Carlos "
    "Fatima John Sarah Michael Laura Akira Siti Ahmad Pavel Elena Olivier Greta Minh Duc Kavita Ravi Tomoko Hiroshi "
    "Amina Kwame Chloe Bruno Ewa Lars Noor Rosa Dmitri Hanneke Aoife Tariq Blessing Jorge Linh Thuy Somsak Nattaya "
    "Budi Dewi Xiaoling Jun Kaito Emma Lucas Zsofia Mateo Ibrahim Leila Helen Patrick Susan Edward"
).split()
_FAMILIES = (
    "Halvorsen Smith Tanaka Sato Nguyen Tran Chen Wang Zhang Srisai Sharma Gupta Müller Dubois Rossi Garcia Johnson "
    "Miller Fischer Yamamoto Hassan Ivanova Becker Martin Suzuki Wong Santos Reyes Lindqvist Okafor Pham Vos "
    "O’Connell Mbeki Kowalski Nowak Andersson Fernandes Costa Silva Watanabe Ito Hoang Vu Charoenphol Wibowo Rahman "
    "Aziz Petrov Novák Jensen Bakker Schneider Moreau Lefèvre Campbell McAllister Whitfield Osei Haddad Cohen"
).split()
_FRONT = (
    "New Royal National Provincial Eastern Western Northern Southern Blue Golden Green White Silver Central United "
    "Bright Little Grand Open First Second Third Young Free Global Asian Pacific Mekong Han Angkor Hanbit Saemaul "
    "Mirae Hana Daehan Chenla Funan Rumduol Apsara Naga Tonle Boeung Phnom Kampong Prek Stung Wat Samsung Nuri Haneul"
).split()
_THING = (
    "Lotus Pine River Bridge Star Lantern Rice Silk Pepper Ocean Mountain Bamboo Crane Moon Sun Harvest Palm Rose "
    "Heron Elephant Tiger Dragon Orchid Cotton Salt Copper Amber Cedar Ginger Sesame Jasmine Water Wind "
    "Stone Forest Lake"
).split()
_FIELD = (
    "Fisheries|Water|Youth|Women|Health|Rural Development|Trade|Tourism|Culture|Digital Skills|Public Finance|"
    "Procurement|Labour|Migration|Climate|Forestry|Irrigation|Justice|Integrity|Audit|Heritage|Language|Sport|Music|"
    "Film|Energy|Transport|Housing|Statistics|Science and Technology|Food Safety|Nursing|Agriculture|Land Management|"
    "Disaster Response|Vocational Training|Civil Registration|Cyber Security|Peace and Reconciliation|Small Business"
).split("|")
_HEADS = {
    "ORG": "Institute|Association|Federation|Bank|Foundation|Group|Trust|Union|Agency|College|Clinic|Studio|Press|News|"
           "Cooperative|Society|Church|Chamber|Office|Department|Hospital|University|School|Academy|Council|Committee|"
           "Commission|Company|Corporation|Co., Ltd|Holdings|Textile|Motors|Airlines|Securities|Club|Guild|Court|"
           "Authority|Administration|Bureau|Centre|Center|Network|Party|Embassy|Consulting|Construction|Engineering|"
           "Logistics|Mission|Board|Laboratory",
    "FAC": "Bridge|Hall|Market|Stadium|Pagoda|Temple|Park|Dam|Tower|Port|Museum|Road|Pier|Memorial|Garden|Palace|Plaza|"
           "Airport|Expressway|Canal|Library|Theatre|Hotel|Gate|Monument|Lighthouse|Terminal|Boulevard|Reservoir",
    "EVENT": "Festival|Forum|Expo|Week|Summit|Cup|Games|Fair|Conference|Days|Congress|Marathon|Biennale|Symposium|"
             "Dialogue|Open|Championship|Seminar|Assembly|Workshop|Night|Carnival",
    "AGREEMENT": "Agreement|Memorandum|Treaty|Accord|Protocol|Pact|Compact|Charter|Declaration|Arrangement|Convention|"
                 "Memorandum of Understanding|Partnership|Joint Statement",
    "PROGRAM": "Programme|Program|Project|Initiative|Fund|Scheme|Plan|Scholarship|Fellowship|Strategy|Act|Law|Facility|"
               "Campaign|Roadmap|Policy|System|Master Plan",
}  # fmt: skip


class Inventor:
    """Draws names; everything comes from ``rng``."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._korean = sorted(lexicon.words("people", "korean_surnames"))
        self._khmer = sorted(lexicon.words("people", "khmer_surnames"))
        self._khmer_given = sorted(lexicon.words("people", "khmer_given"))

    def person(self) -> tuple[str, str]:
        """The two parts of a person's name, in the order in which they are written."""
        rng = self.rng
        origin = rng.choices(("KR", "KH", ""), (5, 5, 3))[0]
        if origin == "KR":
            family, given = rng.choice(self._korean), self._korean_given()
            return (given, family) if rng.random() < 0.22 else (family, given)
        if origin == "KH":
            family, given = rng.choice(self._khmer), self._khmer_name()
            return (given, family) if rng.random() < 0.1 else (family, given)
        given = rng.choice(_GIVEN)
        if rng.random() < 0.12:
            given += f" {rng.choice('ABDEGHJKLMPRSTW')}."
        return given, rng.choice(_FAMILIES)

    def _korean_given(self) -> str:
        one, two = self.rng.choice(_KOREAN), self.rng.choice(_KOREAN)
        forms = (f"{one}-{two}", f"{one}-{two}", f"{one}{two}", f"{one} {two.title()}", f"{one}-{two.title()}", one)
        given = self.rng.choice(forms)
        return given[:1].upper() + given[1:]

    def _khmer_name(self) -> str:
        if self.rng.random() < 0.4:
            return self.rng.choice(self._khmer_given)
        made = self.rng.choice(_KHMER_FIRST) + self.rng.choice(_KHMER_LAST)
        if self.rng.random() < 0.1:
            made += f" {self.rng.choice(_KHMER_FIRST) + self.rng.choice(_KHMER_LAST)}"
        return made

    def thing(self, label: str) -> str:
        """The name of a body, building, event, agreement or programme; empty for other labels."""
        if label not in _HEADS:
            return ""
        rng = self.rng
        head, field = rng.choice(_HEADS[label].split("|")), rng.choice(_FIELD)
        front, thing = rng.choice(_FRONT), rng.choice(_THING)
        made = rng.choice(self._korean) + rng.choice(_KOREAN) if rng.random() < 0.5 else self._khmer_name()
        return rng.choice(
            [
                f"{front} {field} {head}", f"{field} {head}", f"{front} {thing} {head}", f"{made} {head}",
                f"{made} {field} {head}", f"{head} of {field}", f"{head} for {field} and {rng.choice(_FIELD)}",
                f"{front} {head} of {field}", f"{thing} and {rng.choice(_THING)} {head}", f"{made} {thing} {head}",
                f"{front} {head}", f"{front} {thing} & {rng.choice(_THING)} {head}",
            ]
        )  # fmt: skip
