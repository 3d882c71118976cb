"""Invented persons' names of many languages, orders and spellings: given and family names by simple patterns.

Most are put together from parts, so that a name is known by where it stands and how it is built, not by heart.
"""

from __future__ import annotations

import random

from kh_kr_corpus.annotate import lexicon

__all__ = ["Persons"]

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
# Beginnings and endings of family names, a language a line; any beginning goes with any ending.
_FAMILIES = tuple(
    tuple(part.split() for part in line.split("|"))
    for line in (
        "Hal Lind Berg Grun Stein Ros Wal Eng Holm Brand Fors Hof|vorsen qvist mann ström dahl stad berg gren bach",
        "Whit Ash Black Hart Mil Thorn Wool Han Brad Win Red|field worth ley ford ton more wood well man burn shaw",
        "Mac Mc O’ Fitz|Allister Donnell Grath Kenzie Carthy Gregor Neill Brien Mahon Leod Gerald Intyre",
        "Du Le Gui Mo Beau Char La Per Ro Mar|bois roux gnard reau champ pentier fontaine net ville tineau chard bert",
        "Gar Her Ro Men Ca Var Or San Del Vi|cía nández dríguez doza brera gas tega chez gado llalobos mero rona",
        "Ros Bian Fer Mar Con Gal Ric Bel Mon Lom|setti chi rari tini lucci ardi lini taldo bardi elli",
        "Kowal No Iva Pet Sok Dvo Hor Wis Kuz Vol|ski vák nov rov olov řák váth niewski netsov kov enko czyk ić",
        "Desh Mukh Bhatt Rama Krish Chat Agar Gup Sub Ven Ban|mukh erjee acharya swamy nan terjee wal ta raman",
        "Taka Naka Mori Fuji Hashi Kawa Yama Shimo Oku Ishi Kuro Mats|shima moto mura hara da guchi no saki zawa yama",
        "Sri Thana Wong Chai Rattana Boon Phong Kitti Char Suwan Mano|sawat suwan phon kul chai wat rak thong rom",
        "Phom Sou Vong Kham Sisa Inthi Saya Kean Bou|machanh vanny phachanh vath vong sone lath kham phanh",
        "Wi Su Har Prat Set Gun Hida Nug Kusu|bowo santo tono ama iawan awan yat roho mo",
        "Oka Mba Ade Nkru Men Asan Boa Owu Ndi Kama|for ku bayo mah sah te teng su aye ra wande",
        "Has Rah Az Had Ibn Kha Naj Far Kar Sal|san man iz dad lil jar ouki imi eh houri",
        "De Van Ver Jan Bak Vis Mul|Vries Dijk meer sen ker ser der beek",
    )
)
_PARTICLES = "van van_der van_den de de_la del dela von dos da di le bin bin al el".split()
_CHINESE = "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Gao Lin Luo Tian Xie Deng".split()
_PINYIN = "xiao wei ming hua jian guo fang li jun hong yan ping zhi qiang lei na jing fu hai bo yu mei xin rui".split()
_VIETNAMESE = "Nguyen Nguyễn Tran Trần Le Lê Pham Phạm Hoang Phan Vu Vũ Vo Dang Đặng Bui Bùi Do Ho Ngo Duong Ly".split()
_MIDDLE = "Thi Thị Van Văn Minh Thanh Duc Đức Quoc Quốc Ngoc Ngọc Xuan Huu Hữu".split()
_LAST = "Huong Hương Lan Hanh Hạnh Tuan Tuấn Thang Thắng Linh Thuy Thủy Dung Dũng Hai Hải Mai Trang Nam Phuong".split()
_INITIALS = "ABCDEGHJKLMPRSTW"


class Persons:
    """Draws persons' names; everything comes from ``rng``."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._korean = sorted(lexicon.words("people", "korean_surnames"))
        self._khmer = sorted(lexicon.words("people", "khmer_surnames"))
        self._khmer_given = sorted(lexicon.words("people", "khmer_given"))
        self._given = sorted(lexicon.words("people", "given_names"))

    def draw(self) -> tuple[str, str]:
        """The two parts of a person's name, in the order in which they are written."""
        origin = self.rng.choices(("KR", "KH", "far", "CN", "VN"), (10, 10, 7, 1, 1))[0]
        if origin == "KR":
            family, given = self.rng.choice(self._korean), self._korean_given()
            return self._ordered(family, given, 0.22)
        if origin == "KH":
            return self._ordered(self.rng.choice(self._khmer), self._khmer_name(), 0.1)
        if origin == "CN":
            pinyin = "".join(self.rng.choices(_PINYIN, k=self.rng.choice((1, 2))))
            return self._ordered(self.rng.choice(_CHINESE), pinyin.title(), 0.1)
        if origin == "VN":
            return self.rng.choice(_VIETNAMESE), f"{self.rng.choice(_MIDDLE)} {self.rng.choice(_LAST)}"
        return self._far()

    def given(self) -> str:
        """A given name that stands alone, of any language."""
        return self.rng.choice((self._korean_given, self._khmer_name, lambda: self.rng.choice(self._given)))()

    def word(self) -> str:
        """A word that sounds Korean or Khmer, as bodies, places and schemes are named."""
        if self.rng.random() < 0.5:
            return self.rng.choice(self._korean) + self.rng.choice(_KOREAN)
        return self._khmer_name()

    def _ordered(self, family: str, given: str, turned: float) -> tuple[str, str]:
        """Family name first, but for a share that is turned; now and then the family name is in capitals."""
        family = family.upper() if self.rng.random() < 0.05 else family
        return (given, family) if self.rng.random() < turned else (family, given)

    def _far(self) -> tuple[str, str]:
        rng = self.rng
        given, family = rng.choice(self._given), self._family()
        extra = rng.random()
        if extra < 0.08:
            given += f" {rng.choice(_INITIALS)}."
        elif extra < 0.12:
            given = f"{rng.choice(_INITIALS)}. {rng.choice(_INITIALS)}."
        elif extra < 0.16:
            given = f"{given}-{rng.choice(self._given)}"
        elif extra < 0.26:
            family = f"{rng.choice(_PARTICLES).replace('_', ' ')} {family}"
        elif extra < 0.33:
            family = f"{family}-{self._family()}"
        elif extra < 0.36:
            family += rng.choice((" Jr", " Jr.", " III", " Sr"))
        return given, family.upper() if rng.random() < 0.03 else family

    def _family(self) -> str:
        beginnings, endings = self.rng.choice(_FAMILIES)
        return self.rng.choice(beginnings) + self.rng.choice(endings)

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
