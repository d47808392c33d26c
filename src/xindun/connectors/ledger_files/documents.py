"""Facts as documents: kinds, buyers, identity, due dates; and the rows that cannot be one.

A document's key is (source, kind, number); else a declared row id; else a hash of the facts that
identify it plus an occurrence number. What a reader would get wrong: the settlement state is not
part of the identity, so an invoice exported again after it was paid keeps its key; and rows that
are equal in every identifying fact are different documents (the real food ledger has hundreds).
"""

from __future__ import annotations

import re
import unicodedata

import pyarrow as pa

from xindun.connectors.ledger_files.options import Options
from xindun.connectors.ledger_files.staging import Staging
from xindun.connectors.ledger_files.values import NeedsAnswer, Notice, Question, Recognition

KEY_LENGTH = 32
_SEPARATOR = "chr(31)"
_REDUCERS = "('write_off', 'set_off', 'goods')"
_DUE_KINDS = "('invoice')"
ANCHORS = {
    "delivered": "delivered_on",
    "accepted": "accepted_on",
    "reconciled": "reconciled_on",
    "invoiced": "coalesce(invoiced_on, issued_on)",
    "issued": "issued",
}


def build_documents(staging: Staging, recognition: Recognition, options: Options) -> list[Notice]:
    """Create ``rows`` (accepted and rejected rows with their document key) and ``documents``."""
    _buyers(staging)
    notices = _kinds(staging, options)
    if staging.one("SELECT count(*) > 0 FROM typed WHERE fault.code = 'missing_due'") and not (
        staging.one("SELECT count(*) FROM typed WHERE fault IS NULL AND kind = 'invoice'")
    ):
        label = recognition.first.label
        raise NeedsAnswer((Question("terms", label, "due_on", (), "--terms-days N"),))
    _identify(staging, options)
    _repeats(staging)
    return notices


def hashed(*parts: str) -> str:
    """SQL for the key of a text made of ``parts``; a null part is an empty one."""
    joined = f" || {_SEPARATOR} || ".join(
        f"coalesce(CAST({part} AS VARCHAR), '')" for part in parts
    )
    return f"left(sha256({joined}), {KEY_LENGTH})"


def name_key(name: str) -> str:
    """A name as its key: NFKC, casefolded, one space between words."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", name)).strip().casefold()


def _buyers(staging: Staging) -> None:
    """``buyer_names`` (name → key) and ``buyers``, numbered in the order of their first row."""
    staging.map_words(
        "buyer_names",
        "SELECT DISTINCT customer_name FROM facts "
        "WHERE customer_number IS NULL AND customer_name IS NOT NULL",
        {"key": pa.string()},
        lambda name: (name_key(name),),
    )
    staging.run(
        """CREATE TABLE buyers AS
        SELECT row_number() OVER (ORDER BY first_rn) AS buyer_id, buyer_key,
               coalesce(name, buyer_key) AS name, country
        FROM (SELECT coalesce(customer_number, key) AS buyer_key, min(rn) AS first_rn,
                     arg_min(customer_name, rn) FILTER (customer_name IS NOT NULL) AS name,
                     arg_min(country, rn) FILTER (country IS NOT NULL) AS country
              FROM facts LEFT JOIN buyer_names ON customer_number IS NULL AND customer_name = v
              WHERE fault IS NULL GROUP BY ALL)"""
    )


def _kinds(staging: Staging, options: Options) -> list[Notice]:
    """``typed``: one row per source row with kind, absolute amount, dates and buyer."""
    receipts_negative = staging.all(
        "SELECT tno FROM facts WHERE kind = 'receipt' AND fault IS NULL GROUP BY tno "
        "HAVING count(*) FILTER (amount < 0) > count(*) FILTER (amount > 0)"
    )
    negative = ", ".join(str(tno) for (tno,) in receipts_negative) or "-1"
    terms = f"coalesce(terms_days, {'NULL' if options.terms_days is None else options.terms_days})"
    anchor = ANCHORS[options.due_anchor or "issued"]
    derived = (
        f"CASE WHEN {terms} IS NULL OR {anchor} IS NULL THEN NULL "
        f"WHEN month_end THEN last_day({anchor}) + CAST({terms} AS INTEGER) "
        f"ELSE {anchor} + CAST({terms} AS INTEGER) END"
    )
    staging.run(
        f"""CREATE TABLE typed AS
        WITH kinded AS (
            SELECT f.* EXCLUDE (kind, recorded_on), recorded_on,
                CASE WHEN kind IN ('invoice', 'debit_note', 'by_sign')
                       THEN CASE WHEN amount < 0 THEN 'credit_note' ELSE 'invoice' END
                     ELSE kind END AS kind,
                kind = 'receipt' AND amount <> 0
                    AND (amount < 0) <> (tno IN ({negative})) AS reversal,
                CASE WHEN kind = 'receipt' THEN coalesce(issued_on, paid_on, recorded_on)
                     WHEN kind = 'unbilled_delivery'
                       THEN coalesce(delivered_on, issued_on, recorded_on)
                     ELSE coalesce(issued_on, invoiced_on, delivered_on, recorded_on) END AS issued,
                coalesce(customer_number, bn.key) AS buyer_key
            FROM facts f LEFT JOIN buyer_names bn
                ON f.customer_number IS NULL AND f.customer_name = bn.v),
        dued AS (
            SELECT *, CASE WHEN kind = 'retention' THEN coalesce(released_on, due_on)
                           WHEN kind IN ('invoice', 'unbilled_delivery') AND due_on IS NOT NULL
                             THEN due_on
                           WHEN kind = 'invoice' THEN {derived} END AS due,
                   kind = 'invoice' AND due_on IS NULL AND {terms} IS NOT NULL AS due_derived,
                   {terms} AS days
            FROM kinded)
        SELECT * REPLACE (coalesce(fault, CASE
                WHEN kind = 'invoice' AND is_open = 'cancelled' THEN {_fault("cancelled", "is_open")}
                WHEN issued IS NULL THEN {_fault("missing_date", "issued_on")}
                WHEN amount = 0 THEN {_fault("zero_amount", "amount")}
                WHEN reversal THEN {_fault("receipt_reversal", "amount")}
                WHEN kind = 'invoice' AND due_on IS NULL AND {terms} IS NULL
                  THEN {_fault("missing_due", "due_on")}
                END) AS fault)
        FROM dued"""
    )
    before = staging.one(
        "SELECT count(*) FROM typed WHERE fault IS NULL AND kind = 'invoice' AND due < issued"
    )
    count = staging.one("SELECT count(*) FROM typed WHERE fault IS NULL AND due_derived")
    notices = [Notice("due_before_issue", {"rows": before})] if before else []
    if count:
        notices.append(
            Notice("due_derived", {"rows": count, "anchor": options.due_anchor or "issued"})
        )
    return notices


def _fault(code: str, field: str) -> str:
    return f"{{'code': '{code}', 'field': '{field}', 'value': NULL}}"


def _identify(staging: Staging, options: Options) -> None:
    """``keyed``: accepted rows with their document key."""
    staging.run("CREATE TABLE parameters AS SELECT CAST(? AS VARCHAR) AS source", options.source)
    facts = ("kind", "buyer_key", "issued", "due", "abs(amount)", "currency", "contract")
    staging.run(
        f"""CREATE TABLE keyed AS
        SELECT t.rn, CASE
            WHEN number IS NOT NULL THEN {hashed("'number'", "source", "kind", "number")}
            WHEN row_id IS NOT NULL THEN {hashed("'row'", "source", "row_id")}
            ELSE {hashed("'content'", "source", *facts)} END AS document_key,
            number IS NULL AND row_id IS NULL AS by_content
        FROM typed t, parameters WHERE fault IS NULL"""
    )
    staging.run(
        f"""CREATE TABLE occurrences AS
        SELECT k.rn, {hashed("document_key", "nth")} AS document_key FROM (
            SELECT k.rn, document_key, row_number() OVER (
                PARTITION BY document_key
                ORDER BY paid_on NULLS LAST, paid_amount NULLS LAST, open_amount NULLS LAST,
                         settlement_kind NULLS LAST, k.rn) AS nth
            FROM keyed k JOIN typed t USING (rn)
            WHERE by_content AND document_key IN (
                SELECT document_key FROM keyed WHERE by_content GROUP BY 1 HAVING count(*) > 1)) k
        WHERE nth > 1"""
    )
    staging.run(
        "UPDATE keyed SET document_key = o.document_key FROM occurrences o WHERE keyed.rn = o.rn"
    )


def _repeats(staging: Staging) -> None:
    """``repeats``: rows whose number stands on an earlier row, and what is wrong with them."""
    staging.run(
        f"""CREATE TABLE repeats AS
        WITH again AS (SELECT document_key, min(rn) AS first_rn FROM keyed
                       GROUP BY 1 HAVING count(*) > 1),
        pairs AS (
            SELECT t.*, k.document_key, a.first_rn, f.line AS first_line,
                f.buyer_key IS DISTINCT FROM t.buyer_key AS other_buyer,
                f.issued IS DISTINCT FROM t.issued OR f.due IS DISTINCT FROM t.due
                  OR f.currency IS DISTINCT FROM t.currency
                  OR (f.amount IS DISTINCT FROM t.amount AND t.kind IN {_SINGLE}) AS other_facts,
                row_number() OVER (PARTITION BY k.document_key, t.amount, t.paid_on, t.paid_amount,
                    t.open_amount, t.settlement_kind, t.bill_number, t.applies_to
                    ORDER BY t.rn) AS copy
            FROM again a JOIN keyed k USING (document_key)
            JOIN typed t ON t.rn = k.rn JOIN typed f ON f.rn = a.first_rn)
        SELECT rn, document_key, first_rn, CASE
            WHEN rn = first_rn THEN NULL
            WHEN other_buyer THEN {_earlier("number_for_another_buyer")}
            WHEN other_facts THEN {_earlier("number_repeated")}
            WHEN copy > 1 OR kind = 'credit_note' THEN {_earlier("row_repeated")}
            END AS fault
        FROM pairs"""
    )
    staging.run(
        f"""CREATE TABLE documents AS
        SELECT k.document_key, t.*
        FROM keyed k JOIN typed t USING (rn)
        WHERE t.kind NOT IN {_REDUCERS} AND NOT EXISTS (
            SELECT 1 FROM repeats r WHERE r.rn = k.rn AND r.rn <> r.first_rn)"""
    )


_SINGLE = "('invoice', 'credit_note', 'retention', 'unbilled_delivery')"


def _earlier(code: str) -> str:
    return f"{{'code': '{code}', 'field': 'number', 'value': number || ' (line ' || first_line || ')'}}"
