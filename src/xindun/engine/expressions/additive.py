"""The terms of an additive model as expressions: a tree of comparisons a ratio.

What a reader would get wrong: the numbers in the tree are whole ten-thousandths of log-odds, with
weight and calibration already in them. No engine adds floating numbers here, so all engines agree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

    known = [_known(rows[code]) for code in term.codes]
    if len(term.codes) == 1:
        found = _tree(known[0], term.edges[0], term.log_odds, whole)
    else:
        found = _tree(
            known[0],
            term.edges[0],
            term.log_odds,
            lambda row: _tree(known[1], term.edges[1], row, whole),
        )
    missing = known[0].isnull()
    for each in known[1:]:
        missing = missing | each.isnull()
    return missing.ifelse(whole(term.missing), found)


def _known(value: ir.Value) -> ir.Value:
    """NaN is not known either; comparing with it would call it the largest number."""
    number = value.cast("float64")
    return number.isnan().ifelse(ibis.null("float64"), number)


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
