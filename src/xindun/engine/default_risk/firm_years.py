"""Firm-years in the published format of the US bankruptcy set, and what each row's outcome is.

The format: ``company_name, status_label, year, X1 … X18``, amounts in million US dollars (Lombardo,
Pellegrino et al., Future Internet 2022 14(8):244 and 2024 16(3):79).

What a reader would get wrong: ``status_label`` belongs to the firm. A failed firm's *last* row is
the year before it failed; its earlier rows are years it survived. And a failed firm whose rows run
to the last year of the set may have failed later than the year after, so that row says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from xindun.engine.default_risk.inputs import MILLION
from xindun.kernel.errors import DomainError

COLUMNS: Final = ("company_name", "status_label", "year", *(f"X{n}" for n in range(1, 19)))
_LINES: Final = {
    "current_assets": "X1",
    "cost_of_sales": "X2",
    "depreciation": "X3",
    "ebitda": "X4",
    "inventory": "X5",
    "net_income": "X6",
    "receivables": "X7",
    "market_value": "X8",
    "sales": "X9",
    "total_assets": "X10",
    "long_term_debt": "X11",
    "ebit": "X12",
    "gross_profit": "X13",
    "current_liabilities": "X14",
    "retained_earnings": "X15",
    "total_liabilities": "X17",
    "equity": "X10 - X17",
    "operating_expenses": "X18 - X2",
}
"""Our lines from the set's columns; X16 (total revenue) repeats X9 (net sales)."""
STATUSES: Final = ("alive", "failed")


class NotFirmYears(DomainError):
    """A file that is not in the published format."""

    code = "not_firm_years"
    sentence = "{file} holds no firm-years in the published format: {why}"


@dataclass(frozen=True, slots=True)
class FirmYears:
    """Rows of firms and years, in the order of firm and year.

    Attributes:
        inputs: a column of doubles a code, NaN where not known.
        failed: 1 where the firm failed in the year after.
        unknown: rows whose outcome the set does not tell; never learnt from, never counted.
        last_years: the last year with a row of the row's firm; NaN where it never failed.
    """

    firms: tuple[str, ...]
    years: NDArray[np.int64]
    inputs: dict[str, NDArray[np.float64]]
    failed: NDArray[np.float64]
    unknown: NDArray[np.bool_]
    last_years: NDArray[np.float64]

    def rows(self, kept: NDArray[np.bool_]) -> FirmYears:
        """Only the rows where ``kept`` is true."""
        return FirmYears(
            tuple(np.asarray(self.firms, dtype=object)[kept]),
            self.years[kept],
            {code: column[kept] for code, column in self.inputs.items()},
            self.failed[kept],
            self.unknown[kept],
            self.last_years[kept],
        )

    def matrix(self, codes: Sequence[str]) -> NDArray[np.float64]:
        """Rows × codes."""
        return np.column_stack([self.inputs[code] for code in codes])


def read_firm_years(
    paths: Sequence[Path], codes: Sequence[str], *, tells_last_year: bool = False
) -> FirmYears:
    """Read files of the published format as one set, with the inputs worked out.

    Args:
        codes: ratios, dollar amounts or distress models.
        tells_last_year: whether a failed firm whose rows run to the last year of the set failed
            in the year after. False: the set may have been cut there, and those rows are unknown.
    """
    with duckdb.connect() as connection:
        for path in paths:
            _check(connection, path)
        connection.execute(_statements(paths))
        # Ibis compiles the formulas, DuckDB works them out.
        table = connection.sql(_input_query(codes)).to_arrow_table()
    return _labelled(table, codes, tells_last_year)


def _check(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    if not path.is_file():
        raise NotFirmYears(file=path, why="there is no such file.")
    source = f"read_csv('{_quoted(path)}', all_varchar = true)"
    try:
        found = {row[0] for row in connection.execute(f"DESCRIBE FROM {source}").fetchall()}
        missing = [name for name in COLUMNS if name not in found]
        if missing:
            raise NotFirmYears(file=path, why=f"no column {', '.join(missing)}.")
        amounts = " OR ".join(f"TRY_CAST({name} AS DOUBLE) IS NULL" for name in COLUMNS[3:])
        bad = connection.execute(
            f"SELECT count(*), count(*) FILTER (WHERE company_name IS NULL"
            f" OR lower(status_label) NOT IN {STATUSES} OR TRY_CAST(year AS INTEGER) IS NULL"
            f" OR {amounts}) FROM {source}"
        ).fetchone()
    except duckdb.Error as error:
        raise NotFirmYears(file=path, why=str(error).splitlines()[0]) from error
    rows, wrong = bad or (0, 0)
    if not rows or wrong:
        raise NotFirmYears(file=path, why=f"{wrong} of {rows} rows lack a name, status or number.")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _statements(paths: Sequence[Path]) -> str:
    files = ", ".join(f"'{_quoted(path)}'" for path in paths)
    raw = {name: f"CAST({name} AS DOUBLE) AS {name}" for name in COLUMNS[3:]}
    lines = ", ".join(f"({source}) * {MILLION} AS {line}" for line, source in _LINES.items())
    return (
        f"CREATE TABLE statements AS SELECT firm, status, year, 12 AS months, 1.0 AS usd_rate,"
        f" {lines} FROM (SELECT company_name AS firm, lower(status_label) AS status,"
        f" CAST(year AS INTEGER) AS year, {', '.join(raw.values())}"
        f" FROM read_csv([{files}], all_varchar = true, union_by_name = true))"
    )


def _input_query(codes: Sequence[str]) -> str:
    import ibis

    from xindun.engine.default_risk.columns import input_columns
    from xindun.engine.distress import MODELS
    from xindun.engine.expressions.ratios import distress_columns

    plain = {"firm": "string", "status": "string", "year": "int64", "months": "int64"}
    amounts = dict.fromkeys((*_LINES, "usd_rate"), "float64")
    statements = ibis.table({**plain, **amounts}, name="statements")
    asked = input_columns(statements, [code for code in codes if code not in MODELS])
    asked |= distress_columns(statements, [code for code in codes if code in MODELS])
    chosen = statements.select("firm", "status", "year", **asked)
    return str(ibis.to_sql(chosen.order_by("firm", "year"), dialect="duckdb"))


def _labelled(table: Any, codes: Sequence[str], tells_last_year: bool) -> FirmYears:
    firms = tuple(table["firm"].to_pylist())
    years = table["year"].to_numpy().astype(np.int64)
    fails = np.asarray(table["status"].to_pylist(), dtype=object) == "failed"
    names, place = np.unique(np.asarray(firms, dtype=object).astype(str), return_inverse=True)
    last = np.zeros(len(names), dtype=np.int64)
    np.maximum.at(last, place, years)
    ends = last[place]
    is_last = fails & (years == ends)
    inputs = {code: table[code].to_numpy(zero_copy_only=False).astype(np.float64) for code in codes}
    return FirmYears(
        firms=firms,
        years=years,
        inputs=inputs,
        failed=is_last.astype(np.float64),
        unknown=is_last & (years == years.max()) & (not tells_last_year),
        last_years=np.where(fails, ends, np.nan).astype(np.float64),
    )
