"""Invented names of bodies, buildings, events, agreements and programmes: none is there to be learnt by heart."""

from __future__ import annotations

import random

from kh_kr_corpus.train.persons import Persons

__all__ = ["Inventor"]

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
_QUALITY = (
    "Clear Safe Second Shared Living Fair Warm Quiet Strong Bright Early Better Hidden Steady Common Clean Smart Light "
    "Helping Rising Growing Walking Open"
).split()
_CAPITALS = "AABCCDDEEFGHIIKKLMMNOOPPRRSSTTUVW"
_BARE = frozenset({"ORG", "PROGRAM", "FAC", "EVENT"})
_WITHOUT_HEAD = 0.3
"""Share of the invented names that lack a head noun."""
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
        self._persons = Persons(rng)

    def acronym(self) -> str:
        """Three to five capitals."""
        return "".join(self.rng.choices(_CAPITALS, k=self.rng.choice((3, 3, 4, 4, 5))))

    def thing(self, label: str) -> str:
        """The name of a body, building, event, agreement or programme; empty for other labels."""
        if label not in _HEADS:
            return ""
        rng = self.rng
        if label in _BARE and rng.random() < _WITHOUT_HEAD:
            return self._bare()
        head, field = rng.choice(_HEADS[label].split("|")), rng.choice(_FIELD)
        front, thing = rng.choice(_FRONT), rng.choice(_THING)
        made = self._persons.word()
        return rng.choice(
            [
                f"{front} {field} {head}", f"{field} {head}", f"{front} {thing} {head}", f"{made} {head}",
                f"{made} {field} {head}", f"{head} of {field}", f"{head} for {field} and {rng.choice(_FIELD)}",
                f"{front} {head} of {field}", f"{thing} and {rng.choice(_THING)} {head}", f"{made} {thing} {head}",
                f"{front} {head}", f"{front} {thing} & {rng.choice(_THING)} {head}",
            ]
        )  # fmt: skip

    def _bare(self) -> str:
        """A name that does not say what it names: "Clear Harvest", "Sokha Vannra", "Bridges for Youth"."""
        rng = self.rng
        made, front, thing = self._persons.word(), rng.choice(_FRONT), rng.choice(_THING)
        other = rng.choice(_THING)
        return rng.choice(
            [
                f"{front} {thing}", f"{rng.choice(_QUALITY)} {thing}", f"{rng.choice(_QUALITY)} {thing}", made,
                f"{made} {self._persons.word()}", f"{thing}s for {rng.choice(_FIELD)}", f"{thing} {rng.randint(1, 30)}",
                f"{made} {thing}", f"{thing} & {other}", f"{rng.choice(_QUALITY)} {thing} {made}",
                f"{thing}{other.lower()}",
            ]
        )  # fmt: skip
