"""From the trees of a boosted model to the table of an additive one, exactly.

What a reader would get wrong: LightGBM sends a value equal to a threshold to the left, an additive
model's bins are closed below. So an edge is the next double above the threshold, and no value can
tell the two apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf, nextafter
from typing import Any

import numpy as np

from xindun.kernel.errors import DomainError

Tree = Mapping[str, Any]


class NotAdditive(DomainError):
    """A tree that looks at more than one input."""

    code = "not_additive"
    sentence = "The trees of this model combine inputs, so it is no table."


@dataclass(slots=True)
class TermTable:
    """What the trees over one input add up to.

    Attributes:
        steps: edge to what is added from there up.
        missing: where the input is not known; None when the trees never met that.
    """

    steps: dict[float, float] = field(default_factory=dict)
    lowest: float = 0.0
    missing: float | None = None

    def edges(self) -> list[float]:
        """Inner edges, rising."""
        return sorted(self.steps)

    def log_odds(self) -> list[float]:
        """One value a bin."""
        rises = [self.steps[edge] for edge in self.edges()]
        return [float(each) for each in self.lowest + np.concatenate(([0.0], np.cumsum(rises)))]


def additive_tables(trees: Iterable[Tree], codes: tuple[str, ...]) -> dict[str, TermTable]:
    """Tables by code from trees with one split each, as LightGBM dumps them."""
    tables: dict[str, TermTable] = {}
    for tree in trees:
        root = tree["tree_structure"]
        if "split_feature" not in root:
            continue
        left, right = root["left_child"], root["right_child"]
        if "leaf_value" not in left or "leaf_value" not in right:
            raise NotAdditive()
        table = tables.setdefault(codes[root["split_feature"]], TermTable())
        edge = nextafter(float(root["threshold"]), inf)
        low, high = float(left["leaf_value"]), float(right["leaf_value"])
        table.lowest += low
        table.steps[edge] = table.steps.get(edge, 0.0) + high - low
        if root["missing_type"] == "NaN":
            table.missing = (table.missing or 0.0) + (low if root["default_left"] else high)
    return tables
