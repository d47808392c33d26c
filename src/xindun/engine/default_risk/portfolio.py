"""The portfolio run as one expression: statement lines in, ratios, grade and reasons out.

What a reader would get wrong: nothing is stored between the steps. An engine reads only the lines
that the model's ratios need and carries no ratio further than the term that looks it up.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from xindun.engine.additive import AdditiveModel
from xindun.engine.default_risk.columns import input_columns as model_columns
from xindun.engine.default_risk.inputs import DOLLARS
from xindun.engine.distress import USD_RATE
from xindun.engine.expressions.company_grade import columns, company_grade
from xindun.engine.grade_policy import GradePolicy
from xindun.engine.ratios import RATIOS


def lines(model: AdditiveModel) -> tuple[str, ...]:
    """The statement lines that the model's inputs are made of, in a stable order."""
    wanted = ["months"]
    for code in model.codes:
        amount = (DOLLARS[code], USD_RATE) if code in DOLLARS else ()
        wanted += amount or (term.column for term in RATIOS[code].terms)
    return tuple(dict.fromkeys(wanted))


def input_columns(model: AdditiveModel, policy: GradePolicy) -> dict[str, str]:
    """Name and type of every column of a portfolio, in order: lines instead of ratios."""
    graded = columns(model, policy)
    return {
        "company_id": graded["company_id"],
        "months": "int64",
        **dict.fromkeys(lines(model)[1:], "float64"),
        **{name: kind for name, kind in graded.items() if name not in ("company_id", *model.codes)},
    }


def rescored(companies: ir.Table, model: AdditiveModel, policy: GradePolicy) -> ir.Table:
    """The columns of ``company_grade`` for every company of a portfolio (``input_columns``)."""
    rest = [name for name in columns(model, policy) if name not in model.codes]
    rows = companies.select(*rest, **model_columns(companies, model.codes))
    return company_grade(rows, model, policy)


def portfolio(model: AdditiveModel, policy: GradePolicy) -> ir.Table:
    """The unbound table of companies."""
    return ibis.table(input_columns(model, policy), name="companies")
