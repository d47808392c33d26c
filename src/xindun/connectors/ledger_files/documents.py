"""Facts as documents: kinds, identity, due dates, and the rows that cannot be one.

A document's key is (source, kind, number); else a declared row id; else a hash of the facts that
identify it plus an occurrence number. What a reader would get wrong: the settlement state is not
part of the identity, so an invoice exported again after it was paid keeps its key; and rows that
are equal in every identifying fact are different documents (the real food ledger has hundreds).
"""

from __future__ import annotations

from collections.abc import Mapping

from xindun.connectors.ledger_files.facts import absent_columns
from xindun.connectors.ledger_files.options import Options
from xindun.connectors.ledger_files.staging import Staging
from xindun.connectors.ledger_files.values import NeedsAnswer, Notice, Question, Recognition

KEY_LENGTH = 32
OWED = "('invoice', 'retention', 'unbilled_delivery')"
FUNDS = "('receipt', 'credit_note')"
REDUCERS = "('write_off', 'set_off', 'goods')"
"""Kinds that are no document of their own: they only reduce the invoice they name."""

FAULT = "STRUCT(code VARCHAR, field VARCHAR, value VARCHAR)"
ANCHORS = {
    "delivered": "delivered_on",
    "accepted": "accepted_on",
    "reconciled": "reconciled_on",
    "invoiced": "coalesce(invoiced_on, issued)",
    "issued": "issued",
}


def build_documents(staging: Staging, recognition: Recognition, options: Options) -> list[Notice]:
    """Create ``typed`` (every row) and the views ``accepted`` and ``documents`` over it.

    Raises:
        NeedsAnswer: no invoice has a due date and no terms are known.
    """
    _type(staging, options)
    missing = staging.one("SELECT count(*) FROM typed WHERE fault.code = 'missing_due'")
    if missing and not staging.one(
        "SELECT count(*) FROM typed WHERE fault IS NULL AND kind = 'invoice'"
    ):
        label = recognition.first.label
        raise NeedsAnswer((Question("terms", label, "due_on", (), "--terms-days N"),))
    _occurrences(staging)
    _repeats(staging)
    staging.run(
        """CREATE VIEW accepted AS
        SELECT t.* REPLACE (coalesce(o.document_key, t.document_key) AS document_key),
               coalesce(c.head_rn, t.rn) AS head_rn
        FROM typed t LEFT JOIN occurrences o ON o.rn = t.rn
        LEFT JOIN continued c ON c.rn = t.rn ANTI JOIN late l ON l.rn = t.rn
        WHERE t.fault IS NULL"""
    )
    staging.run(
        f"CREATE VIEW documents AS SELECT * FROM accepted "
        f"WHERE rn = head_rn AND kind NOT IN {REDUCERS}"
    )
    return _notices(staging, options)


def hashed(*parts: str) -> str:
    """SQL for the key of a text made of ``parts``; a null part is an empty one."""
    joined = ", ".join(f"coalesce(CAST({part} AS VARCHAR), '')" for part in parts)
    return f"left(sha256(concat_ws(chr(31), {joined})), {KEY_LENGTH})"


def fault(code: str, field: str, value: str = "NULL") -> str:
    """SQL for a fault."""
    return f"{{'code': '{code}', 'field': '{field}', 'value': CAST({value} AS VARCHAR)}}"


def _type(staging: Staging, options: Options) -> None:
    """``typed``: one row per source row with kind, days, what it says was paid, and its key."""
    staging.run("CREATE TABLE parameters AS SELECT CAST(? AS VARCHAR) AS source", options.source)
    absent = absent_columns(staging)  # not stored: a null column costs as much as a full one
    default = "NULL" if options.terms_days is None else str(options.terms_days)
    anchor = _anchor(absent, options)
    content = ("kind", "buyer_key", "issued", "due", "abs(amount)", "currency", "contract")
    staging.run(
        f"""CREATE TABLE typed_rows AS
        WITH kinded AS ({_kinded(staging)}),
        termed AS (
            SELECT *, coalesce(terms_days, {default}) AS days, {_ISSUED} AS issued FROM kinded),
        dued AS (
            SELECT *, kind = 'invoice' AND due_on IS NULL AND days IS NOT NULL AS due_derived,
                CASE WHEN kind = 'retention' THEN coalesce(released_on, due_on)
                     WHEN kind IN {OWED} AND due_on IS NOT NULL THEN due_on
                     WHEN kind <> 'invoice' OR days IS NULL OR {anchor} IS NULL THEN NULL
                     WHEN month_end THEN last_day({anchor}) + CAST(days AS INTEGER)
                     ELSE {anchor} + CAST(days AS INTEGER) END AS due
            FROM termed)
        SELECT * EXCLUDE ({", ".join(sorted({"issued_on", "due_on", *absent}))})
            REPLACE (coalesce(fault, {_ROW_FAULTS}) AS fault),
            CASE WHEN number IS NOT NULL THEN {hashed("'number'", "source", "kind", "number")}
                 WHEN row_id IS NOT NULL THEN {hashed("'row'", "source", "row_id")}
                 ELSE {hashed("'content'", "source", *content)} END AS document_key,
            number IS NULL AND row_id IS NULL AS by_content,
            {_STATED} AS stated
        FROM dued, parameters"""
    )
    nulls = "".join(f", CAST(NULL AS {kind}) AS {name}" for name, kind in absent.items())
    staging.run(f"CREATE VIEW typed AS SELECT *{nulls} FROM typed_rows")


def _anchor(absent: Mapping[str, str], options: Options) -> str:
    """SQL for the day from which a row's payment terms run.

    What the terms say themselves ("验收后30天") counts before the option, where the file has a
    column for that day; an event that has not come yet leaves the row without a due date.
    """
    told = "".join(
        f"WHEN '{name}' THEN {ANCHORS[name]} "
        for name, column in _ANCHOR_COLUMNS.items()
        if column not in absent and "terms_anchor" not in absent
    )
    otherwise = ANCHORS[options.due_anchor or "issued"]
    return f"CASE terms_anchor {told}ELSE {otherwise} END" if told else otherwise


_ANCHOR_COLUMNS = {
    "delivered": "delivered_on",
    "accepted": "accepted_on",
    "reconciled": "reconciled_on",
    "invoiced": "issued_on",
}

_ISSUED = """CASE kind
    WHEN 'receipt' THEN coalesce(issued_on, paid_on, recorded_on)
    WHEN 'unbilled_delivery' THEN coalesce(delivered_on, issued_on, recorded_on)
    ELSE coalesce(issued_on, invoiced_on, delivered_on, recorded_on) END"""

_ROW_FAULTS = f"""CASE
    WHEN is_open = 'cancelled' THEN {fault("cancelled", "is_open")}
    WHEN issued IS NULL THEN {fault("missing_date", "issued_on")}
    WHEN amount = 0 THEN {fault("zero_amount", "amount")}
    WHEN kind IN ('retention', 'unbilled_delivery') AND amount < 0
        THEN {fault("negative_amount", "amount", "amount")}
    WHEN reversal THEN {fault("receipt_reversal", "amount", "amount")}
    WHEN kind = 'invoice' AND due_on IS NULL AND days IS NULL
        THEN {fault("missing_due", "due_on")} END"""

_STATED = f"""CAST(CASE
    WHEN kind IN {OWED} OR (kind IN {FUNDS} AND applies_to IS NULL) THEN coalesce(
        CASE WHEN kind IN {OWED} THEN abs(paid_amount) END,
        abs(amount) - CASE WHEN amount < 0 THEN -open_amount ELSE open_amount END,
        CASE WHEN kind IN {OWED} AND paid_on IS NOT NULL THEN abs(amount) END,
        CASE WHEN kind IN {FUNDS} AND clearing = 2 AND paid_on IS NOT NULL THEN abs(amount) END,
        CASE WHEN kind = 'credit_note' AND clearing = 0 AND paid_on IS NOT NULL
            THEN abs(amount) END,
        CASE WHEN is_open = 'closed' OR is_settled THEN abs(amount) END) END AS DECIMAL(18,4))"""
"""What a row says of itself: how much of it is settled, or used up."""


def _kinded(staging: Staging) -> str:
    """Facts with their final kind; receipts against their table's sign are reversals."""
    negative = "-1"
    if staging.one("SELECT count(*) FROM facts WHERE kind = 'receipt'"):
        found = staging.all(
            "SELECT tno FROM facts WHERE kind = 'receipt' AND fault IS NULL GROUP BY tno "
            "HAVING count(*) FILTER (amount < 0) > count(*) FILTER (amount > 0)"
        )
        negative = ", ".join(str(tno) for (tno,) in found) or "-1"
    return f"""SELECT * REPLACE (CASE
            WHEN kind IN ('invoice', 'debit_note', 'by_sign')
                THEN CASE WHEN amount < 0 THEN 'credit_note' ELSE 'invoice' END
            WHEN kind = 'receipt' AND settlement_kind
                IN ('write_off', 'set_off', 'goods', 'credit_note') THEN settlement_kind
            ELSE kind END AS kind),
        kind = 'receipt' AND amount <> 0 AND (amount < 0) <> (tno IN ({negative})) AS reversal
        FROM facts"""


def _occurrences(staging: Staging) -> None:
    """``occurrences``: the keys of second and later documents of equal content.

    Equal ones are ordered by their settlement facts, paid ones first, so that the same ledger
    exported in another order gives the same keys.
    """
    staging.run(
        f"""CREATE TABLE occurrences AS
        SELECT rn, {hashed("document_key", "nth")} AS document_key FROM (
            SELECT rn, document_key, row_number() OVER (
                PARTITION BY document_key
                ORDER BY paid_on NULLS LAST, stated DESC NULLS LAST, rn) AS nth
            FROM typed WHERE fault IS NULL AND by_content AND hash(document_key) IN (
                SELECT hash(document_key) FROM typed WHERE fault IS NULL AND by_content
                GROUP BY 1 HAVING count(*) > 1))
        WHERE nth > 1"""
    )


def _repeats(staging: Staging) -> None:
    """``late``: rows refused because of an earlier row; ``continued``: rows that continue one.

    The same number with the same facts and another payment is a part payment of one invoice (for
    a receipt: another invoice that it pays). With other facts it is refused.
    """
    staging.run(
        f"""CREATE TABLE repeats AS
        WITH again AS (
            SELECT document_key, min(rn) AS head_rn FROM typed
            WHERE fault IS NULL AND NOT by_content AND hash(document_key) IN (
                SELECT hash(document_key) FROM typed WHERE fault IS NULL AND NOT by_content
                GROUP BY 1 HAVING count(*) > 1)
            GROUP BY 1 HAVING count(*) > 1),
        pairs AS (
            SELECT t.*, a.head_rn, f.line AS head_line,
                f.buyer_key IS DISTINCT FROM t.buyer_key AS other_buyer,
                f.issued IS DISTINCT FROM t.issued OR f.due IS DISTINCT FROM t.due
                  OR f.currency IS DISTINCT FROM t.currency
                  OR (f.amount IS DISTINCT FROM t.amount AND t.kind <> 'receipt') AS other_facts,
                row_number() OVER (PARTITION BY t.document_key, t.amount, t.paid_on, t.paid_amount,
                    t.open_amount, t.settlement_kind, t.bill_number, t.applies_to
                    ORDER BY t.rn) AS copy
            FROM again a JOIN typed t USING (document_key) JOIN typed f ON f.rn = a.head_rn
            WHERE t.fault IS NULL)
        SELECT rn, head_rn, CASE
            WHEN rn = head_rn OR kind IN {REDUCERS} THEN NULL
            WHEN other_buyer THEN {fault("number_for_another_buyer", "number", _EARLIER)}
            WHEN other_facts THEN {fault("number_repeated", "number", _EARLIER)}
            WHEN copy > 1 OR kind = 'credit_note'
                THEN {fault("row_repeated", "number", _EARLIER)}
            END AS fault, kind IN {REDUCERS} AS alone
        FROM pairs"""
    )
    staging.run(
        f"CREATE TABLE late AS SELECT rn, CAST(fault AS {FAULT}) AS fault FROM repeats "
        "WHERE fault IS NOT NULL"
    )
    staging.run(
        "CREATE TABLE continued AS SELECT rn, head_rn FROM repeats "
        "WHERE fault IS NULL AND rn <> head_rn AND NOT alone"
    )


_EARLIER = "number || ' (line ' || head_line || ')'"


def _notices(staging: Staging, options: Options) -> list[Notice]:
    before, derived, clash = staging.all(
        """SELECT count(*) FILTER (due < issued), count(*) FILTER (due_derived),
            count(*) FILTER (is_open = 'open' AND paid_on IS NOT NULL
                AND paid_amount IS NULL AND open_amount IS NULL)
        FROM documents WHERE kind = 'invoice'"""
    )[0]
    notices = []
    nameless = staging.one(
        "SELECT count(*) FILTER (currency = 'XXX') FROM accepted "
        "HAVING count(DISTINCT currency) > 1"
    )
    if nameless:
        notices.append(Notice("currency_missing", {"rows": nameless}))
    if before:
        notices.append(Notice("due_before_issue", {"rows": before}))
    if derived:
        notices.append(
            Notice("due_derived", {"rows": derived, "anchor": options.due_anchor or "issued"})
        )
    if clash:
        notices.append(Notice("open_flag_contradicts", {"rows": clash}))
    return notices
