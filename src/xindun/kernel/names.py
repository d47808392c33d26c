"""Names of companies and people, brought to a form in which two scripts can be compared.

What a reader would get wrong: the form is for comparing, never for showing. Legal forms are taken
out (``Ltd``, ``有限公司``), because two registers seldom write them alike; a name that is nothing
but a legal form keeps it. Chinese is brought to simplified characters and kept beside its pinyin,
and every other script is written in Latin letters by a table (the anyascii library), which is how
passports and publishers of lists write them, though not always alike.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_HAN_RUN = re.compile(rf"{_HAN.pattern}+")
_DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b)|['’`ʻʿ]")
_WORD = re.compile(r"[a-z0-9]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LEGAL_FORMS = _words(
    """
    ab ad ag ao aps as asa bhd bv bvba ca cjsc co company corp corporation cv dd doo eirl eood
    eurl fze fzco fzc fzllc gbr gesellschaft gk gmbh inc incorporated jsc kft kg kgaa kk limited
    limitada llc llp lp ltd ltda mbh nv oao oeood ohg ojsc ooo oy oyj pao pjsc plc private pt pte
    pty pvt sa sae sal sarl sas sasu sca sdn se sia snc spa spzoo srl sro ss tbk uab ug unlimited
    zao zrt
    """
)
"""Words that say in which form a company is made; ISO 20275 lists them all, these are frequent."""
_PHRASES = re.compile(
    r"\b(?:limited liability compan(?:y|ies)"
    r"|(?:public |private |open |closed )?joint stock company"
    r"|(?:publichnoe |otkrytoe |zakrytoe )?aktsion?ernoe obshchestvo"
    r"|obshchestvo s ogranichenn\w* otvetstvennost\w*|aktiengesell?schaft|gesellschaft mit"
    r" beschrankter haftung|societatea cu raspundere limitata|sociedad anonima(?: de cv)?"
    r"|societe anonyme|societa per azioni|kabushiki kaisha|sp z oo|sa de cv)\b"
)
"""The same, where it takes several words, as the names read once they are in Latin letters."""
HAN_FORMS = (
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "集团公司",
    "股份公司",
    "总公司",
    "分公司",
    "公司",
    "集团",
)
COMMON_WORDS = _words(
    """
    and bank center centre china commercial construction de development el electronics energy
    enterprise enterprises establishment export exports factory for foundation general global
    group holding holdings import imports industrial industries industry institute international
    investment investments logistics machinery management manufacturing marine national of oil
    organization petroleum products science service services shipping systems technologies
    technology textile the trade trading transport union university
    """
)
"""Words that many companies share: that they agree says little."""


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name ready to be compared.

    Attributes:
        words: in Latin letters, without legal forms, in the name's order.
        han: its Chinese characters, simplified, without legal forms; empty where it has none.
    """

    words: tuple[str, ...]
    han: str

    @property
    def joined(self) -> str:
        """The words without the spaces between them, which writers put at will."""
        return "".join(self.words)


@lru_cache(maxsize=4_096)
def name_form(name: str) -> NameForm:
    """A name ready to be compared.

    >>> name_form("Müller & Söhne G.m.b.H.")
    NameForm(words=('muller', 'sohne'), han='')
    >>> name_form("華信科技有限公司")
    NameForm(words=('hua', 'xin', 'ke', 'ji'), han='华信科技')
    >>> name_form("ООО Ромашка").words
    ('romashka',)
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    han = ""
    if _HAN.search(text):
        text = _simplified(text)
        for form in HAN_FORMS:
            text = text.replace(form, " ")
        if not _HAN.search(text) and not _WORD.search(_latin(text)):
            text = _simplified(unicodedata.normalize("NFKC", name))
        han = "".join(_HAN_RUN.findall(text))
        text = _HAN_RUN.sub(lambda found: f" {_pinyin(found.group())} ", text)
    words = _WORD.findall(_DOTTED.sub("", _latin(text)))
    spaced = " ".join(words)
    words = _PHRASES.sub(" ", spaced).split() or words
    kept = tuple(word for word in words if word not in LEGAL_FORMS)
    return NameForm(kept or tuple(words), han)


def _latin(text: str) -> str:
    """Every letter in Latin without marks; ``ü`` is written ``u``, as most publishers do."""
    from anyascii import anyascii  # its tables are read when a name comes

    plain = "".join(
        char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
    )
    return str(anyascii(plain)).casefold()


def _pinyin(han: str) -> str:
    from pypinyin import lazy_pinyin  # 30 MB of dictionaries: only when a Chinese name comes

    return " ".join(lazy_pinyin(han))


def _simplified(text: str) -> str:
    return str(_converter().convert(text))


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("t2s")
