"""Staged text rows as typed facts: one row of ``facts`` for each row of the files.

A row that cannot be read keeps its first fault (code, field, value) and what could be read of
its amount, so that the control totals reconcile. What a reader would get wrong: ``amount`` is
signed as the file writes it; signs become kinds in :mod:`documents`.
"""

from __future__ import annotations

import re
import unicodedata

import pyarrow as pa

from xindun.connectors.ledger_files import amounts, dates, words
from xindun.connectors.ledger_files.fields import FIELDS
from xindun.connectors.ledger_files.options import Options
from xindun.connectors.ledger_files.staging import Staging
from xindun.connectors.ledger_files.values import Notice, Recognition, Table
from xindun.engine.schema import MONEY
from xindun.kernel.money import MAX_DECIMALS, NO_CURRENCY, minor_units

TRIM = " \t\r\n\u00a0\u3000\ufeff"
_TOTAL = (
    "^(page |本页|本月|本年|以上|grand |sub[- ]?|net |running )?"
    "(total|totals|subtotal|subtotals|合计|总计|小计|累计|合計|總計|小計|summe|gesamt|gesamtsumme|sum)"
    "( .{0,40})?[:：]?$|^.{1,60}(小计|合计|小計|合計)[:：]?$"
)
_EMPTY = ", ".join(f"'{word}'" for word in sorted(words.EMPTY))
_NO_TEXT = "'nan', 'nat', 'null', 'none', '#n/a', '<na>'"
_WORDS = {
    "document_kind": "m_kind",
    "settlement_kind": "m_settlement",
    "bill_status": "m_bill",
    "currency": "m_currency",
    "country": "m_country",
    "disputed": "m_disputed",
    "is_open": "m_open",
    "is_settled": "m_settled",
    "terms_days": "m_terms",
}


def build_facts(staging: Staging, recognition: Recognition, options: Options) -> list[Notice]:
    """Create the table ``facts`` from every staged table; notices about whole columns."""
    notices: list[Notice] = []
    parts = []
    for number, table in enumerate(recognition.tables):
        notices += _maps(staging, number, table)
        staging.run(f"CREATE VIEW facts_{number} AS {_select(staging, number, table, options)}")
        parts.append(f"SELECT * FROM facts_{number}")
    staging.run("CREATE VIEW facts_present AS " + " UNION ALL BY NAME ".join(parts))
    nulls = "".join(
        f", CAST(NULL AS {kind}) AS {name}" for name, kind in absent_columns(staging).items()
    )
    staging.run(f"CREATE VIEW facts AS SELECT *{nulls} FROM facts_present")
    return notices


def absent_columns(staging: Staging) -> dict[str, str]:
    """Columns that none of the files has, with their SQL types."""
    present = {row[0] for row in staging.all("DESCRIBE facts_present")}
    return {name: kind for name, kind in _shape().items() if name not in present}


def _shape() -> dict[str, str]:
    """Every column that ``facts`` offers, with its SQL type."""
    kinds = {"text": "VARCHAR", "date": "DATE", "amount": "DECIMAL(18,4)", "word": "VARCHAR"}
    shape = {name: kinds[field.kind] for name, field in FIELDS.items()}
    return shape | {
        "terms_days": "INTEGER",
        "disputed": "BOOLEAN",
        "is_settled": "BOOLEAN",
        "month_end": "BOOLEAN",
        "terms_anchor": "VARCHAR",
        "kind_text": "VARCHAR",
    }


def _maps(staging: Staging, number: int, table: Table) -> list[Notice]:
    """Tables of what each distinct text of the table's columns means."""
    fields = table.fields
    notices: list[Notice] = []
    for field, name in _WORDS.items():
        if field in fields:
            sql = (
                f"SELECT DISTINCT c{fields[field]} FROM raw_{number} "
                f"WHERE lower({_trim(fields[field])}) NOT IN ({_EMPTY})"
            )
            notices += _map_word(staging, f"{name}_{number}", sql, field, table)
    if "customer_name" in fields:
        staging.map_words(
            f"m_name_{number}",
            f"SELECT DISTINCT c{fields['customer_name']} FROM raw_{number}",
            {"key": pa.string()},
            lambda text: (name_key(text),),
        )
    days = [position for field, position in fields.items() if FIELDS[field].kind == "date"]
    if days:
        # UNION alone makes nothing distinct where the table has one column of dates: a day that
        # stands in two rows would double each of them.
        union = " UNION ".join(
            f"SELECT DISTINCT c{position} FROM raw_{number}" for position in days
        )
        order = table.date_order
        staging.map_words(
            f"m_day_{number}",
            union,
            {"day": pa.date32(), "bad": pa.string()},
            lambda text: _read_day(text, order),
        )
    mark = table.decimal or "."
    for field, position in fields.items():
        if FIELDS[field].kind == "amount":
            staging.map_words(
                f"m_{field}_{number}",
                f"SELECT DISTINCT c{position} FROM raw_{number} "
                f"WHERE c{position} <> '' AND NOT ({_plain(position, mark)})",
                {"amount": MONEY, "bad": pa.string()},
                lambda text: _read_amount(text, mark),
            )
    return notices


def name_key(name: str) -> str | None:
    """A name as its key: NFKC, casefolded, one space between words."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", name)).strip().casefold() or None


def _map_word(staging: Staging, name: str, sql: str, field: str, table: Table) -> list[Notice]:
    string, read = {"word": pa.string(), "bad": pa.string()}, _WORD_READERS.get(field)
    if field == "terms_days":
        staging.map_words(
            name,
            sql,
            {
                "word": pa.int32(),
                "month_end": pa.bool_(),
                "anchor": pa.string(),
                "bad": pa.string(),
            },
            _read_terms,
        )
    elif field in ("disputed", "is_settled"):
        staging.map_words(
            name, sql, {"word": pa.bool_(), "bad": pa.string()}, lambda text: _read(text, words.yes)
        )
    elif field == "country":
        staging.map_words(name, sql, string, lambda text: _read(text, words.country))
        unknown = staging.one(
            f"SELECT count(*) FROM {name} WHERE word IS NULL AND regexp_matches(v, '^[0-9. ]+$')"
        )
        if unknown:  # numbers that are no ISO numbers: none of them means a country
            staging.run(f"UPDATE {name} SET word = NULL")
            return [Notice("country_unknown", {"column": table.mapping["country"]})]
    elif read is not None:
        staging.map_words(name, sql, string, lambda text: _read(text, read))
    if field == "document_kind":
        signs = staging.all(f"SELECT v FROM {name} WHERE word = 'by_sign' ORDER BY v LIMIT 5")
        if signs:
            return [Notice("kind_by_sign", {"examples": ", ".join(v for (v,) in signs)})]
    return []


_WORD_READERS = {
    "document_kind": words.document_kind,
    "settlement_kind": words.settlement_kind,
    "bill_status": words.bill_status,
    "currency": words.currency,
    "is_open": words.open_state,
}


def _read(text: str, reader: object) -> tuple[object, ...]:
    try:
        return reader(text), None  # type: ignore[operator]
    except words.Ambiguous:
        return None, "ambiguous_word"
    except words.UnknownWord:
        return None, "unknown_word"


def _read_terms(text: str) -> tuple[object, ...]:
    try:
        return *words.terms(text), words.terms_anchor(text), None
    except words.UnknownWord:
        return None, None, None, "unknown_word"


def _read_day(text: str, order: str | None) -> tuple[object, ...]:
    try:
        return dates.parse(text, order), None
    except dates.Impossible:
        return None, "impossible_date"
    except dates.NotADate:
        return None, "unreadable_date"


def _read_amount(text: str, mark: str) -> tuple[object, ...]:
    try:
        return amounts.parse(text, mark), None
    except amounts.TooLarge:
        return None, "amount_too_large"
    except amounts.TooPrecise:
        return None, "too_many_decimals"
    except amounts.NotAnAmount:
        return None, "unreadable_amount"


def _trim(position: int) -> str:
    return f"trim(c{position}, '{TRIM}')"


def _plain(position: int, mark: str) -> str:
    """Cells that SQL casts exactly; all others go through :func:`amounts.parse`."""
    if mark == ",":
        return f"regexp_full_match(c{position}, '-?[0-9]{{1,14}}')"
    return f"regexp_full_match(c{position}, '-?[0-9]{{1,14}}(\\.[0-9]{{1,4}})?')"


class _Query:
    """The SELECT of one table, built field by field."""

    def __init__(self, staging: Staging, number: int, table: Table, currency: str) -> None:
        self.staging, self.number, self.fields = staging, number, table.fields
        self.currency = currency
        self.mark = table.decimal or "."
        self.columns = ["r.rn", "r.line", f"{number} AS tno", f"{_clearing(table)} AS clearing"]
        self.joins: list[str] = []
        self.faults: list[tuple[str, str, str, str]] = []

    def fault(self, when: str, code: str, field: str, value: str = "NULL") -> None:
        """Reject rows for which ``when`` holds; the first fault added counts."""
        self.faults.append((when, code, field, value))

    def join(self, table: str, field: str) -> str:
        alias = f"j_{field}"
        self.joins.append(
            f"LEFT JOIN {table}_{self.number} {alias} ON r.c{self.fields[field]} = {alias}.v"
        )
        return alias

    def text(self, field: str) -> str:
        position = self.fields[field]
        # Looked at once a column: most columns need none of it, and a million rows feel it.
        floats, padded, nulls = self.staging.all(
            f"""SELECT count(*) > 0 AND bool_and(regexp_full_match(c{position}, '[0-9]+\\.0')),
                bool_or({_trim(position)} <> c{position}),
                bool_or(lower({_trim(position)}) IN ({_NO_TEXT}))
            FROM raw_{self.number} WHERE fault IS NULL AND c{position} <> ''"""
        )[0]
        cell = f"nullif({_trim(position) if padded else f'r.c{position}'}, '')"
        if floats:  # numbers that a data frame wrote as floats: 1930438491.0
            cell = f"replace({cell}, '.0', '')"
        return (
            f"CASE WHEN lower({cell}) IN ({_NO_TEXT}) THEN NULL ELSE {cell} END" if nulls else cell
        )

    def day(self, field: str) -> str:
        alias = self.join("m_day", field)
        self.fault(f"{alias}.bad IS NOT NULL", f"\x01{alias}.bad", field, f"{alias}.v")
        return f"{alias}.day"

    def amount(self, field: str) -> str:
        position = self.fields[field]
        alias = self.join(f"m_{field}", field)
        self.fault(f"{alias}.bad IS NOT NULL", f"\x01{alias}.bad", field, f"{alias}.v")
        return (
            f"CASE WHEN {_plain(position, self.mark)} "
            f"THEN CAST(r.c{position} AS DECIMAL(18,4)) ELSE {alias}.amount END"
        )

    def word(self, field: str, *, strict: bool = True) -> str:
        alias = self.join(_WORDS[field], field)
        if strict:
            self.fault(f"{alias}.bad IS NOT NULL", f"\x01{alias}.bad", field, f"{alias}.v")
        return f"{alias}.word"


def _select(staging: Staging, number: int, table: Table, options: Options) -> str:
    query = _Query(staging, number, table, _default_currency(table, options))
    fields = table.fields
    query.fault("r.fault IS NOT NULL", "\x01r.fault", "row")
    _total_rows(query, fields)
    exprs: dict[str, str] = {}
    for field, position in fields.items():
        kind = FIELDS[field].kind
        if kind == "text":
            exprs[field] = query.text(field)
        elif kind == "amount":
            exprs[field] = query.amount(field)
        elif kind == "date":
            exprs[field] = query.day(field)
        elif field == "currency":
            exprs[field] = _currency(query, options)
        else:
            lenient = field in ("terms_days", "country")
            exprs[field] = query.word(field, strict=not lenient)
        if field == "terms_days":
            exprs["month_end"] = "j_terms_days.month_end"
            exprs["terms_anchor"] = "j_terms_days.anchor"
        if field == "document_kind":
            exprs["kind_text"] = f"nullif({_trim(position)}, '')"
    if "currency" not in exprs:
        exprs["currency"] = f"'{query.currency}'"
    amount = _signed_amount(query, exprs)  # shifted cells say nothing about the amount
    exprs["amount"] = f"CASE WHEN r.fault = 'ragged_row' THEN NULL ELSE {amount} END"
    exprs["kind"] = _kind(table, exprs)
    exprs["buyer_key"] = exprs.get("customer_number", "NULL")
    if "customer_name" in exprs:
        alias = query.join("m_name", "customer_name")
        exprs["buyer_key"] = f"coalesce({exprs['buyer_key']}, {alias}.key)"
    return _compose(query, exprs)


def _clearing(table: Table) -> int:
    """What a payment date on a receipt's row means.

    0: the day it came. In a document ledger, where invoices and receipts stand side by side:
    1: the payment that settled the invoices of that day; 2: a clearing, which used it up whole.
    """
    if table.role != "documents" or "paid_on" not in table.fields:
        return 0
    header = table.mapping["paid_on"].casefold()
    return 2 if re.search("clear|ausgleich|清账|清帳|核销|核銷", header) else 1


def _default_currency(table: Table, options: Options) -> str:
    return options.currency or table.currency or NO_CURRENCY


def _currency(query: _Query, options: Options) -> str:
    fallback = f"'{query.currency}'"
    alias = query.join("m_currency", "currency")
    ambiguous = f"{alias}.bad = 'ambiguous_word'" if options.currency else "FALSE"
    query.fault(
        f"{alias}.bad IS NOT NULL AND NOT ({ambiguous})",
        "unknown_currency",
        "currency",
        f"{alias}.v",
    )
    return f"CASE WHEN {alias}.v IS NULL OR {ambiguous} THEN {fallback} ELSE {alias}.word END"


def _signed_amount(query: _Query, exprs: dict[str, str]) -> str:
    """The row's amount: the amount column, else debit − credit, else net + VAT.

    ERPNext's report writes a payment that waits as invoiced 0, outstanding −75.
    """
    if "amount" in exprs and "open_amount" in exprs:
        open_amount = exprs["open_amount"]
        return f"CASE WHEN {exprs['amount']} = 0 THEN {open_amount} ELSE {exprs['amount']} END"
    if "amount" in exprs:
        return exprs["amount"]
    if "debit" in exprs or "credit" in exprs:
        debit, credit = exprs.get("debit", "NULL"), exprs.get("credit", "NULL")
        query.fault(
            f"coalesce({debit}, 0) <> 0 AND coalesce({credit}, 0) <> 0",
            "debit_and_credit",
            "credit",
        )
        return (
            f"CASE WHEN {debit} IS NULL AND {credit} IS NULL THEN NULL "
            f"ELSE coalesce({debit}, 0) - coalesce({credit}, 0) END"
        )
    return f"({exprs['net_amount']} + coalesce({exprs.get('vat_amount', 'NULL')}, 0))"


def _kind(table: Table, exprs: dict[str, str]) -> str:
    """What the row says it is, before its sign is looked at."""
    default = "'receipt'" if table.role == "receipts" else "'by_sign'"
    if "debit" in exprs and "credit" in exprs and "amount" not in table.fields:
        default = f"CASE WHEN coalesce({exprs['credit']}, 0) <> 0 THEN 'receipt' ELSE 'by_sign' END"
    if "document_kind" in exprs:
        return f"coalesce({exprs['document_kind']}, {default})"
    return default


def _total_rows(query: _Query, fields: dict[str, int]) -> None:
    """Total lines have the word in a name, number or first cell and lack a date or a number."""
    cells = {fields[f] for f in ("customer_name", "customer_number", "number") if f in fields}
    cells.add(0)
    lacking = [fields[f] for f in ("issued_on", "paid_on", "due_on") if f in fields]
    words_in = " OR ".join(
        f"regexp_full_match(lower({_trim(c).replace('c', 'r.c', 1)}), '{_TOTAL}')"
        for c in sorted(cells)
    )
    if lacking:
        empty = " AND ".join(
            f"(trim(r.c{p}) = '' OR regexp_full_match(lower(trim(r.c{p})), '{_TOTAL}'))"
            for p in lacking
        )
        query.fault(f"CASE WHEN {empty} THEN {words_in} END", "total_row", "row")


def _compose(query: _Query, exprs: dict[str, str]) -> str:
    """The SELECT with its joins: cells are read inside, whole rows are checked outside."""
    inner = [*query.columns, f"{_first(query.faults)} AS cell_fault"]
    inner += [f"{sql} AS {field}" for field, sql in exprs.items() if field != "document_kind"]
    rows = [
        ("buyer_key IS NULL", "missing_customer", "customer_name", "NULL"),
        ("amount IS NULL", "missing_amount", "amount", "NULL"),
        (_too_precise(query), "too_many_decimals", "amount", "CAST(amount AS VARCHAR)"),
    ]
    fault = f"coalesce(cell_fault, {_first(rows)})"
    return (
        f"SELECT * EXCLUDE (cell_fault), {fault} AS fault "
        f"FROM (SELECT {', '.join(inner)} FROM raw_{query.number} r {' '.join(query.joins)})"
    )


def _first(faults: list[tuple[str, str, str, str]]) -> str:
    """SQL for the first fault that holds, as a struct of code, field and value."""
    whens = "".join(
        f" WHEN {when} THEN {{'code': {_quoted(code)}, 'field': '{field}', "
        f"'value': CAST({value} AS VARCHAR)}}"
        for when, code, field, value in faults
    )
    return f"CASE{whens} END" if whens else "NULL"


def _quoted(code: str) -> str:
    return code[1:] if code.startswith("\x01") else f"'{code}'"


def _too_precise(query: _Query) -> str:
    """Whether an amount has more decimals than its currency's minor unit."""
    codes = {query.currency}
    if "currency" in query.fields:
        found = query.staging.all(
            f"SELECT DISTINCT word FROM m_currency_{query.number} WHERE word IS NOT NULL"
        )
        codes |= {code for (code,) in found}
    whens = "".join(
        f" WHEN '{code}' THEN amount <> round(amount, {minor_units(code)})"
        for code in sorted(codes)
        if minor_units(code) < MAX_DECIMALS
    )
    return f"CASE currency{whens} ELSE FALSE END" if whens else "FALSE"
