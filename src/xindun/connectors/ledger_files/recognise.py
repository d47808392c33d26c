"""What the columns of the staged tables are, decided over all of their rows.

What a reader would get wrong: nothing is decided from a sample. The order of dates and the
decimal mark are proven (or found unprovable) over every distinct cell, so the preview and the
import cannot disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xindun.connectors.ledger_files import amounts, dates, words
from xindun.connectors.ledger_files import headers as heads
from xindun.connectors.ledger_files.fields import FIELDS
from xindun.connectors.ledger_files.options import Options
from xindun.connectors.ledger_files.sources.batches import Source
from xindun.connectors.ledger_files.staging import Staging
from xindun.connectors.ledger_files.values import Column, Notice, Question, Recognition, Table

_PLAIN = r"-?[0-9]+(\.[0-9]{1,2})?"
_ISO = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


def recognise_tables(
    staging: Staging, sources: Sequence[Source], counts: Sequence[int], options: Options
) -> Recognition:
    """Tables, open questions and notices of staged sources."""
    tables: list[Table] = []
    questions: list[Question] = []
    notices: list[Notice] = []
    for number, (source, rows) in enumerate(zip(sources, counts, strict=True)):
        table = _headers(source, rows, _own_mapping(source, sources, options))
        questions += _missing(table, options)
        order, asked = _date_order(staging, number, table, options)
        questions += asked
        decimal, asked = _decimal(staging, number, table, options)
        questions += asked
        questions += _currencies(staging, number, table, options)
        tables.append(replace(table, date_order=order, decimal=decimal))
        notices += _table_notices(table, options)
    if not any("currency" in table.fields or table.currency for table in tables):
        notices.append(
            Notice("currency_option", {"currency": options.currency})
            if options.currency
            else Notice("no_currency")
        )
    return Recognition(tuple(tables), tuple(questions), tuple(notices))


def _table_notices(table: Table, options: Options) -> list[Notice]:
    header = table.mapping.get("amount", "")
    found = []
    if any(field == "open_amount" for field, _ in heads.matches(header)) and not options.mapping:
        found.append(Notice("amount_is_open_amount", {"column": header}))
    if table.currency:
        found.append(Notice("currency_of_header", {"column": header, "currency": table.currency}))
    return found


def _header_currency(columns: tuple[Column, ...], options: Options) -> str | None:
    """A currency in the amount's header, as in ``Amount (USD)``; 元 alone may be another's."""
    fields = {column.field: column.header for column in columns if column.field}
    unit = heads.unit(fields.get("amount", fields.get("debit", "")))
    if "currency" in fields or options.currency or len(unit) < 2:
        return None
    try:
        return words.currency(unit)
    except (words.UnknownWord, words.Ambiguous):
        return None


def _own_mapping(source: Source, sources: Sequence[Source], options: Options) -> Options:
    """The options without the mapped headers that only other tables have.

    A header that no table has stays, so that it is refused.
    """
    others = [header for each in sources if each is not source for header in each.layout.headers]
    mapping = {
        field: header
        for field, header in options.mapping.items()
        if not header
        or heads.is_among(header, source.layout.headers)
        or not heads.is_among(header, others)
    }
    return replace(options, mapping=mapping)


def _headers(source: Source, rows: int, options: Options) -> Table:
    layout = source.layout
    receipts = heads.is_receipts_table(layout.headers, layout.sheet or "")
    mapping = dict(options.mapping)
    if options.row_id:
        mapping["row_id"] = options.row_id
    columns = heads.assign(layout.headers, mapping, receipts=receipts, file=layout.file)
    fields = {column.field for column in columns}
    columns = _settle_amounts(columns, receipts=receipts)
    role = "receipts" if receipts else "documents" if "document_kind" in fields else "invoices"
    return Table(
        file=layout.file,
        sheet=layout.sheet,
        format=layout.format,
        encoding=layout.encoding,
        delimiter=layout.delimiter,
        header_line=layout.header_line,
        layout=heads.layout_name(layout.headers),
        role=role,
        columns=columns,
        currency=_header_currency(columns, options),
        sample=layout.sample,
        rows=rows,
    )


def _settle_amounts(columns: tuple[Column, ...], *, receipts: bool) -> tuple[Column, ...]:
    """What only the table as a whole decides about its amount columns.

    A file that gives only what is open: that is the amount. A table of receipts whose amount is
    headed "amount received": likewise. Beside debit and credit a balance is a running one.
    """
    fields = {column.field for column in columns}
    if {"debit", "credit"} <= fields and "open_amount" in fields:
        return _refield(columns, "open_amount", None)
    if fields & {"amount", "debit", "credit", "net_amount"}:
        return columns
    if receipts and "paid_amount" in fields:
        return _refield(columns, "paid_amount", "amount")
    return _refield(columns, "open_amount", "amount")


def _refield(columns: tuple[Column, ...], old: str, new: str | None) -> tuple[Column, ...]:
    return tuple(
        replace(column, field=new, also=None if new else old) if column.field == old else column
        for column in columns
    )


def _missing(table: Table, options: Options) -> list[Question]:
    """Questions for what no column says and nothing can replace."""
    fields = table.fields
    found: list[Question] = []

    def ask(code: str, column: str, option: str) -> None:
        found.append(Question(code, table.label, column, (), option))

    if not fields.keys() & set(heads.CUSTOMERS):
        ask("missing_column", "the customer", "--mapping")
    if not fields.keys() & (set(heads.AMOUNTS) - {"paid_amount"}):
        ask("missing_column", "the amount", "--mapping")
    if not fields.keys() & set(heads.DAYS):
        ask("missing_column", "the date of issue", "--mapping")
    dated = fields.keys() & {"due_on", "terms_days", "released_on"}
    if table.role == "invoices" and not dated and options.terms_days is None:
        ask("terms", "due_on", "--terms-days N")
    used = [column.header for column in table.columns if column.field and column.header]
    headers = [column.header for column in table.columns]
    for header in used:
        if headers.count(header) > 1 and not _chosen(header, options):
            found.append(Question("duplicate_header", table.label, header, (), "--mapping"))
    return found


def _chosen(header: str, options: Options) -> bool:
    return any(value.partition("#")[0].strip() == header for value in options.mapping.values())


def _columns(table: Table, kind: str) -> list[Column]:
    return [c for c in table.columns if c.field and FIELDS[c.field].kind == kind]


def _date_order(
    staging: Staging, number: int, table: Table, options: Options
) -> tuple[str | None, list[Question]]:
    """The table's date order, proven by any of its date columns."""
    seen: dict[str, dates.Evidence] = {}
    for column in table.columns:
        if FIELDS.get(column.field or column.also or "", FIELDS["number"]).kind != "date":
            continue
        cell = f"c{column.position}"
        evidence = dates.Evidence()
        for texts in staging.texts(
            f"SELECT DISTINCT {cell} FROM raw_{number} WHERE fault IS NULL AND {cell} <> '' "
            f"AND NOT regexp_full_match({cell}, '{_ISO}')"
        ):
            evidence.see(texts)
        seen[column.header] = evidence
    if options.date_order:
        return options.date_order, []

    def ask(code: str, header: str, examples: list[str], option: str) -> Question:
        return Question(code, table.label, header, tuple(examples), option)

    for header, evidence in seen.items():
        if evidence.two_digit:
            return None, [
                ask("two_digit_year", header, evidence.two_digit, "--date-order dmy|mdy|ymd")
            ]
    day_first = {header: e.day_first for header, e in seen.items() if e.day_first}
    month_first = {header: e.month_first for header, e in seen.items() if e.month_first}
    option = "--date-order dmy|mdy"
    if day_first and month_first:
        header = next(iter(day_first))
        examples = [day_first[header][0], next(iter(month_first.values()))[0]]
        return None, [ask("dates_mixed", header, examples, option)]
    if day_first or month_first:
        return ("dmy" if day_first else "mdy"), []
    asked = [ask("date_order", h, e.open, option) for h, e in seen.items() if e.open]
    return None, asked


def _decimal(
    staging: Staging, number: int, table: Table, options: Options
) -> tuple[str, list[Question]]:
    """The table's decimal mark, proven by any of its amount columns."""
    if options.decimal:
        return options.decimal, []
    seen: dict[str, amounts.Evidence] = {}
    for column in _columns(table, "amount"):
        cell = f"c{column.position}"
        source = f"FROM raw_{number} WHERE fault IS NULL AND {cell} <> ''"
        evidence = amounts.Evidence()
        plain = staging.one(
            f"SELECT min({cell}) {source} AND regexp_full_match({cell}, '-?[0-9]+\\.[0-9]{{1,2}}')"
        )
        evidence.see([plain] if plain else [])
        for texts in staging.texts(
            f"SELECT min({cell}) {source} AND NOT regexp_full_match({cell}, '{_PLAIN}') "
            f"GROUP BY regexp_replace(translate({cell}, '123456789', '999999999'), ' ', '', 'g')"
        ):
            evidence.see(texts)
        seen[column.header] = evidence
    point = {header: e.point for header, e in seen.items() if e.point}
    comma = {header: e.comma for header, e in seen.items() if e.comma}
    if point and comma:
        header = next(iter(comma))
        examples = (comma[header][0], next(iter(point.values()))[0])
        question = Question("decimals_mixed", table.label, header, examples, "--decimal .|,")
        return ".", [question]
    if point or comma:
        return ("." if point else ","), []
    return ".", [
        Question("decimal", table.label, header, tuple(e.open), "--decimal .|,")
        for header, e in seen.items()
        if e.open
    ]


def _currencies(staging: Staging, number: int, table: Table, options: Options) -> list[Question]:
    """Ask for symbols that several currencies share."""
    if options.currency or "currency" not in table.fields:
        return []
    cell = f"c{table.fields['currency']}"
    found = []
    for texts in staging.texts(f"SELECT DISTINCT {cell} FROM raw_{number} WHERE {cell} <> ''"):
        for text in texts:
            try:
                words.currency(text)
            except words.Ambiguous:
                found.append(text)
            except words.UnknownWord:
                continue  # rejected row by row
    if not found:
        return []
    header = table.mapping["currency"]
    return [Question("currency", table.label, header, tuple(sorted(found)[:3]), "--currency CODE")]
