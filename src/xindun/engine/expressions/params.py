"""The parameters of a sentence as JSON text, written by the SQL itself."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def json_params(**values: ir.Value) -> ir.Value:
    """A flat JSON object of numbers; null where a value is null."""
    text = ibis.literal("{")
    for position, (name, value) in enumerate(values.items()):
        comma = ", " if position else ""
        text = text + ibis.literal(f'{comma}"{name}": ') + value.cast("string").fill_null("null")
    return text + ibis.literal("}")
