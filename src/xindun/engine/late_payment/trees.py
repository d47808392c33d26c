"""Apply boosted trees without the library that grew them.

Why this exists: training needs LightGBM, which is an extra; a server that only scores must not
need it, and a stored model must give the same figures when the library has moved on. What a
reader would get wrong: a node's child below zero is a leaf, counted from −1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tree:
    """One tree: a row goes left where its feature is at most the threshold."""

    feature: Indices
    threshold: Array
    left: Indices
    right: Indices
    value: Array

    def score(self, rows: Array) -> Array:
        """The leaf value of each row."""
        if not self.feature.size:
            return np.full(len(rows), self.value[0])
        node = np.zeros(len(rows), dtype=np.int64)
        active = np.arange(len(rows))
        while active.size:
            at = node[active]
            goes_left = rows[active, self.feature[at]] <= self.threshold[at]
            node[active] = np.where(goes_left, self.left[at], self.right[at])
            active = active[node[active] >= 0]
        scores: Array = self.value[-node - 1]
        return scores

    def as_json(self) -> dict[str, list[float]]:
        """The tree as it is stored."""
        return {name: getattr(self, name).tolist() for name in self.__slots__}


def tree_of(stored: dict[str, list[float]]) -> Tree:
    """Read a stored tree."""
    return Tree(
        feature=np.array(stored["feature"], dtype=np.int64),
        threshold=np.array(stored["threshold"], dtype=np.float64),
        left=np.array(stored["left"], dtype=np.int64),
        right=np.array(stored["right"], dtype=np.int64),
        value=np.array(stored["value"], dtype=np.float64),
    )


def tree_of_dump(structure: dict[str, Any]) -> Tree:
    """Read a tree of LightGBM's ``dump_model`` (numeric splits, no missing values)."""
    nodes: list[tuple[int, float, int, int]] = []
    leaves: list[float] = []

    def place(part: dict[str, Any]) -> int:
        if "leaf_value" in part:
            leaves.append(part["leaf_value"])
            return -len(leaves)
        number = len(nodes)
        nodes.append((part["split_feature"], part["threshold"], 0, 0))
        children = place(part["left_child"]), place(part["right_child"])
        nodes[number] = (*nodes[number][:2], *children)
        return number

    place(structure)
    feature, threshold, left, right = (
        (list(column) for column in zip(*nodes, strict=True)) if (nodes) else ([], [], [], [])
    )
    return tree_of(
        {"feature": feature, "threshold": threshold, "left": left, "right": right, "value": leaves}
    )


def log_odds(trees: tuple[Tree, ...], rows: Array) -> Array:
    """The sum of all trees over each row, in the order in which they were grown."""
    total = np.zeros(len(rows))
    for tree in trees:
        total += tree.score(rows)
    return total
