"""Why a court put a debtor on the list of dishonest judgment debtors (失信被执行人).

Article one of 法释〔2017〕7号 numbers six grounds. What a reader would get wrong: a list prints the
ground in words, often several behind one another, and every one of them counts: one without a
term leaves the whole entry without an end.
"""

from __future__ import annotations

import re

from xindun.kernel.errors import DomainError

GROUNDS: dict[str, tuple[str, ...]] = {
    "1": ("有履行能力",),
    "2": ("抗拒执行",),
    "3": ("规避执行",),
    "4": ("财产报告",),
    "5": ("限制消费", "限制高消费"),
    "6": ("执行和解",),
}
"""Number of the ground in article one → what its wording on a list is told by."""
_NUMBERS = re.compile(r"[1-6](?:\s*[,，、;；]\s*[1-6])*")


class BadGround(DomainError):
    """Neither a number nor the wording of a ground."""

    code = "bad_fact_ground"
    sentence = (
        "{value} names no ground of 失信: state its number in article one of 法释〔2017〕7号"
        " (1 to 6), or its wording there."
    )


def grounds_in(text: str) -> str:
    """The numbers of the grounds that a text names, sorted, with commas between.

    Raises:
        BadGround: it names none.

    >>> grounds_in("违反财产报告制度,其他有履行能力而拒不履行生效法律文书确定义务"), grounds_in("3")
    ('1,4', '3')
    """
    said = " ".join(text.split())
    if _NUMBERS.fullmatch(said):
        found = set(re.findall("[1-6]", said))
    else:
        found = {number for number, words in GROUNDS.items() if any(word in said for word in words)}
    if not found:
        raise BadGround(value=said[:60])
    return ",".join(sorted(found))
