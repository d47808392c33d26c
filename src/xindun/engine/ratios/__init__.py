"""Ratios of a statement: each written once, as data that a person, Python and a table can read.

``RATIOS`` holds them by code. ``ratios_of`` works them out for one statement, exactly and with the
reason where there is none; ``engine/expressions/ratios.py`` makes the same data columns of a table.
"""

from xindun.engine.ratios.catalogue import RATIOS
from xindun.engine.ratios.evaluate import RatioValue, Undefined, inputs_of, ratio_of, ratios_of
from xindun.engine.ratios.formulas import Better, Group, Ratio, Term, Unit

__all__ = [
    "RATIOS",
    "Better",
    "Group",
    "Ratio",
    "RatioValue",
    "Term",
    "Undefined",
    "Unit",
    "inputs_of",
    "ratio_of",
    "ratios_of",
]
