"""Inputs of a default-risk model as columns of a table of statements; see its ``inputs``."""

from __future__ import annotations

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir

from xindun.engine.default_risk.inputs import DOLLARS, MILLION
from xindun.engine.distress import USD_RATE
from xindun.engine.expressions.ratios import ratio_columns
from xindun.engine.figures import FLOWS
from xindun.engine.ratios.evaluate import MONTHS_A_YEAR


def input_columns(statements: ir.Table, codes: Iterable[str]) -> dict[str, ir.Column]:
    """The asked inputs as doubles, null where they are not known.

    Args:
        statements: as for ``ratio_columns``, with ``usd_rate`` for amounts.
    """
    wanted = list(codes)
    found = ratio_columns(statements, [code for code in wanted if code not in DOLLARS])
    return {code: found[code] if code in found else _dollars(statements, code) for code in wanted}


def _dollars(statements: ir.Table, code: str) -> ir.Column:
    line = DOLLARS[code]
    if not {line, USD_RATE} <= set(statements.columns):
        return ibis.null("float64")
    amount = statements[line].cast("float64") * statements[USD_RATE].cast("float64") / MILLION
    return amount * MONTHS_A_YEAR / statements.months if line in FLOWS else amount
