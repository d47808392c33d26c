"""Who pays: one payer behind the spellings of a name, for sharing payment history.

Why this exists: a ledger names one customer in several ways ("ACME llc", "ACME Corp."), and each
spelling alone has too little history. What a reader would get wrong: a payer is no legal finding.
Nothing is merged by it and no exposure is added up by it; where the company has matched its
buyers to parties, the party counts and this guess is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pyarrow as pa

PAYERS = pa.schema([("buyer_id", pa.int64()), ("payer_id", pa.int64())])

LEGAL_FORMS = (
    "ab ag as asa bv co company corp corporation gmbh inc incorporated kg llc llp lp ltd limited "
    "nv oy plc pllc pte pty sa sarl sas spa srl"
)
ADDED_WORDS = "associates foundation group holding holdings in international systems trust us usa"
"""Words that lists of customers add or drop at the end of a name."""

ENDINGS = frozenset(f"{LEGAL_FORMS} {ADDED_WORDS}".split())
CHINESE_ENDING = re.compile(
    r"(股份有限公司|有限责任公司|集团有限公司|有限公司|股份公司|集团|公司)+$"
)


def payer_key(name: str) -> str:
    """The name without what comes and goes at its end, in lower case.

    >>> payer_key("WAL-MAR  corp"), payer_key("Wal-Mar Trust Inc.")
    ('wal-mar', 'wal-mar')

    A name made of such words alone stays whole: "Trust Co" is somebody.
    """
    plain = CHINESE_ENDING.sub("", name.strip())
    words = (plain or name).lower().replace(",", " ").split()
    kept = list(words)
    while kept and kept[-1].replace(".", "") in ENDINGS:
        kept.pop()
    return " ".join(kept or words)


def payers(names: Iterable[tuple[int, str]], known: Mapping[int, int] | None = None) -> pa.Table:
    """A payer for each buyer, from what is known or else from the name.

    Args:
        names: buyer_id and name of every buyer.
        known: buyer_id → number of the party it was matched to.

    Returns:
        Rows of ``PAYERS``; a payer's number is the lowest of its buyers'.
    """
    first: dict[object, int] = {}
    rows = []
    for buyer_id, name in sorted(names):
        key: object = (known or {}).get(buyer_id) or payer_key(name)
        rows.append((buyer_id, first.setdefault(key, buyer_id)))
    columns = list(zip(*rows, strict=True)) or [(), ()]
    return pa.table([pa.array(column, pa.int64()) for column in columns], schema=PAYERS)
