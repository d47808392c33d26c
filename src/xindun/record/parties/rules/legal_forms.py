"""The legal forms that stand in company names, by class, and how they are taken off a name.

Sources: the company types listed in Annexes I and II of Directive (EU) 2017/1132; the forms named
by the Companies Act 2006 (GB), the Companies Act 2013 (IN), the Corporations Act 2001 (AU), 公司法
(CN, 2023), 会社法 (JP), 상법 (KR), the Civil Code of Russia, Article 66, and usual abbreviations.

What a reader would get wrong: a form is taken off only at an end of the name and only while
something is left. "Limited Brands" keeps its first word's sense, "Co. Ltd." alone stays.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class FormClass(StrEnum):
    """What kind of body a form is; the same class in two countries is not the same form."""

    PRIVATE = "private"
    PUBLIC = "public"
    CORPORATION = "corporation"
    PARTNERSHIP = "partnership"
    OTHER = "other"


_WORDS: dict[FormClass, str] = {
    FormClass.PRIVATE: """
        limited|ltd|pvt ltd|private limited|pte ltd|pte limited|pty ltd|pty limited
        proprietary limited|pty|pte|sdn bhd|co ltd|co limited|company limited|llc
        limited liability company|l l c|gmbh|gesellschaft mit beschrankter haftung|mbh|ug
        haftungsbeschrankt|sarl|societe a responsabilite limitee|eurl|sas|sasu
        societe par actions simplifiee|srl|societa a responsabilita limitata|srls
        societatea cu raspundere limitata|sl|slu|sociedad limitada|lda|limitada|ltda|bv|besloten
        vennootschap|bvba|sprl|aps|anpartsselskab|sro|spol s ro|spol s r o|sp zoo|sp z oo|sp z o o
        spolka z ograniczona odpowiedzialnoscia|kft|doo|eood|ood|uab|sia|ou|osauhing|ohg|ehf|epe
        ltd sti|limited sirketi|ooo|too|tov|chp|obshchestvo s ogranichennoy otvetstvennostyu
        ооо|общество с ограниченной ответственностью|тов|тоо|s de rl de cv|s de rl|sapi de cv|eirl
        godo kaisha|yugen kaisha|yuhan hoesa|fzco|fze|fz llc|wll|designated activity company|dac
        limited company|jv ltd""",
    FormClass.PUBLIC: """
        plc|public limited company|ag|aktiengesellschaft|sa|societe anonyme|sociedad anonima
        sociedade anonima|spa|societa per azioni|nv|naamloze vennootschap|ab|aktiebolag|ab publ|as
        asa|allmennaksjeselskap|aksjeselskap|a s|aktieselskab|oyj|oy|osakeyhtio|se|as a|akciova
        spolecnost|zrt|nyrt|rt|dd|ad|ead|adsitz|aps a|as s|sae|psc|pjsc|ojsc|cjsc|jsc|oao|zao|pao|ao
        public joint stock company|open joint stock company|closed joint stock company
        joint stock company|публичное акционерное общество|акционерное общество|оао|зао|пао|ао
        tbk|pt|perseroan terbatas|bhd|berhad|public company limited|pcl|sa de cv|sab de cv
        sociedad anonima de capital variable|kabushiki kaisha|kk|k k|anonim sirketi|a o|sca|kgaa
        sa s|jstock|s p a|saog|saoc|spolka akcyjna|akcine bendrove""",
    FormClass.CORPORATION: """
        inc|incorporated|corp|corporation|company|co|cie|compagnie|cia|companhia|compania|coy|and
        company|and co|gesellschaft|societe|sociedad""",
    FormClass.PARTNERSHIP: """
        lp|llp|lllp|limited partnership|limited liability partnership|general partnership|kg
        kommanditgesellschaft|gmbh and co kg|gmbh co kg|ag and co kg|and co kg|co kg|gbr|partg
        partgmbb|snc|scs|sas di|sapa|vof|cv|commv|ks|k s|is|i s|hb|kb|ky|ay|sp k|sp j|spj|vos|v o s
        ans|da|oe|ee""",
    FormClass.OTHER: """
        eg|eingetragene genossenschaft|ev|eingetragener verein|stiftung|foundation|cooperative|coop
        scrl|cvba|scop|gie|asbl|vzw|trust|ewiv|eeig|fop|ip|ип|ek|e k|e kfm|eu|sole proprietor""",
}
FORMS: dict[str, FormClass] = {
    " ".join(form.split()): form_class
    for form_class, text in _WORDS.items()
    for line in text.split("\n")
    for form in line.strip().split("|")
    if form.strip()
}
_LONGEST = max(form.count(" ") + 1 for form in FORMS)
_EAST: tuple[tuple[str, FormClass], ...] = (
    ("股份有限公司", FormClass.PUBLIC),
    ("有限责任公司", FormClass.PRIVATE),
    ("股份公司", FormClass.PUBLIC),
    ("有限公司", FormClass.PRIVATE),
    ("株式会社", FormClass.PUBLIC),
    ("株式會社", FormClass.PUBLIC),
    ("有限会社", FormClass.PRIVATE),
    ("合同会社", FormClass.PRIVATE),
    ("合同會社", FormClass.PRIVATE),
    ("有限合伙", FormClass.PARTNERSHIP),
    ("普通合伙", FormClass.PARTNERSHIP),
    ("合伙企业", FormClass.PARTNERSHIP),
    ("주식회사", FormClass.PUBLIC),
    ("유한회사", FormClass.PRIVATE),
    ("유한책임회사", FormClass.PRIVATE),
    ("(주)", FormClass.PUBLIC),
    ("(株)", FormClass.PUBLIC),
    ("个体工商户", FormClass.OTHER),
    ("总公司", FormClass.CORPORATION),
    ("公司", FormClass.CORPORATION),
)
_DOTTED = re.compile(r"\b((?:\w[./]\s?){1,}\w\b\.?|\w\.)")
_NO_WORD = re.compile(r"[^\w]+")


def words_of(folded: str) -> list[str]:
    """The words of a folded name; dotted abbreviations are one word, ``&`` is ``and``.

    >>> words_of("s.c. johnson & son, inc."), words_of("acme s.a.r.l.")
    (['sc', 'johnson', 'and', 'son', 'inc'], ['acme', 'sarl'])
    """
    joined = _DOTTED.sub(lambda found: re.sub(r"[./\s]", "", found[0]) + " ", folded)
    spoken = joined.replace("&", " and ").replace("+", " and ").replace("'", "").replace("’", "")
    return [word for word in _NO_WORD.split(spoken.replace("_", " ")) if word]


@lru_cache(maxsize=4096)
def without_form(folded: str) -> tuple[tuple[str, ...], tuple[FormClass, ...]]:
    """The words of a name without legal forms at its ends, and the classes of those taken off.

    >>> without_form("siemens aktiengesellschaft")
    (('siemens',), (<FormClass.PUBLIC: 'public'>,))
    """
    bare, classes = _without_eastern(folded)
    words = words_of(bare)
    while len(words) > 1:
        cut = _ending(words) or _beginning(words)
        if cut is None or cut[0] == cut[1] or cut[1] - cut[0] == len(words):
            break
        start, stop, form_class = cut
        classes.append(form_class)
        words = words[:start] + words[stop:]
    return tuple(words), tuple(classes)


def _without_eastern(folded: str) -> tuple[str, list[FormClass]]:
    """Chinese, Japanese and Korean forms, which stand without spaces."""
    for form, form_class in _EAST:
        if form in folded and (folded.endswith(form) or folded.startswith(form)):
            rest = folded.removesuffix(form).removeprefix(form).strip()
            if rest:
                return rest, [form_class]
    return folded, []


def _ending(words: list[str]) -> tuple[int, int, FormClass] | None:
    for count in range(min(_LONGEST, len(words) - 1), 0, -1):
        found = FORMS.get(" ".join(words[-count:]))
        if found:
            return len(words) - count, len(words), found
    return None


def _beginning(words: list[str]) -> tuple[int, int, FormClass] | None:
    """Forms written first, as in Russian or Indonesian; words of two meanings stay."""
    for count in range(min(_LONGEST, len(words) - 1), 0, -1):
        said = " ".join(words[:count])
        found = FORMS.get(said)
        if found and (said in _LEADING or count > 1):
            return 0, count, found
    return None


_LEADING = frozenset(
    {
        *("ooo", "oao", "zao", "pao", "ao", "too", "tov", "ооо", "оао", "зао", "пао", "ао", "тоо"),
        *("тов", "ип", "pt", "uab", "sia", "srl", "pjsc", "ojsc", "cjsc", "jsc", "kk"),
    }
)
