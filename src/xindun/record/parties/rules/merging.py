"""Whether two files may be said to be one company's."""

from __future__ import annotations

from collections.abc import Iterable

from xindun.kernel.company_schemes import SCHEMES
from xindun.kernel.errors import DomainError
from xindun.record.parties.values import MERGE_REASON_LENGTH


class MergeReasonMissing(DomainError):
    """A second person cannot judge a merge without a reason."""

    code = "merge_reason_missing"
    sentence = "Say why, in at most {length} characters."


def check_reason(reason: str) -> str:
    """The reason with its white space collapsed.

    Raises:
        MergeReasonMissing: as the name says.
    """
    said = " ".join(reason.split())
    if not 1 <= len(said) <= MERGE_REASON_LENGTH:
        raise MergeReasonMissing(length=MERGE_REASON_LENGTH)
    return said


def contradictions(
    ours: Iterable[tuple[str, str]], theirs: Iterable[tuple[str, str]]
) -> tuple[tuple[str, str, str], ...]:
    """Kinds of number of which a company has only one, where the two have different ones.

    >>> contradictions([("lei", "A"), ("vat", "1")], [("lei", "B"), ("vat", "2")])
    (('lei', 'A', 'B'),)
    """
    mine, other = dict(sorted(ours)), dict(sorted(theirs))
    return tuple(
        (scheme, mine[scheme], other[scheme])
        for scheme in sorted(mine.keys() & other.keys())
        if scheme in SCHEMES and SCHEMES[scheme].of_one and mine[scheme] != other[scheme]
    )
