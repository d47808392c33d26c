"""The terms of an additive model as expressions: a tree of comparisons a ratio.

What a reader would get wrong: the numbers in the tree are whole ten-thousandths of log-odds, with
weight and calibration already in them. No engine adds floating numbers here, so all engines agree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_
from typing import Any

import ibis
import ibis.expr.types as ir

from xindun.engine.additive import AdditiveModel, Term, grains

Leaf = Callable[[Any], ir.Value]


def model_base(model: AdditiveModel, weight: float) -> int:
    """What every company has before a term is looked at, in ten-thousandths."""
    return grains(weight * (model.offset + model.slope * model.intercept))


def term_grains(rows: ir.Table, term: Term, factor: float) -> ir.Value:
    """Log-odds of one term in ten-thousandths; ``factor`` is weight × the calibration's slope."""

    def whole(value: float) -> ir.Value:
        return ibis.literal(grains(factor * value), type="int32")

    values = [rows[code].cast("float64") for code in term.codes]
    if len(values) == 1:
        found = _tree(values[0], term.edges[0], term.log_odds, whole)
    else:
        found = _tree(
            values[0],
            term.edges[0],
            term.log_odds,
            lambda row: _tree(values[1], term.edges[1], row, whole),
        )
    # Asked once and before the tree, which may then compare plainly: NaN is not known either, and
    # a comparison would call it the largest number.
    missing = reduce(or_, (value.isnull() | value.isnan() for value in values))
    return missing.ifelse(whole(term.missing), found)


def _tree(value: ir.Value, edges: Sequence[float], leaves: Sequence[Any], leaf: Leaf) -> ir.Value:
    """The leaf of the bin that holds ``value``: halved again and again."""
    if not edges:
        return leaf(leaves[0])
    if all(each == leaves[0] for each in leaves):
        return leaf(leaves[0])
    middle = len(edges) // 2
    below = _tree(value, edges[:middle], leaves[: middle + 1], leaf)
    above = _tree(value, edges[middle + 1 :], leaves[middle + 1 :], leaf)
    return (value < edges[middle]).ifelse(below, above)
