"""How well a question fits a name, and which of its pieces to look for first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

MOST_FOUND = 2_000
"""Names that are looked at closely for one question."""
FEW_PIECES = 6
EXACT, BEGINS, CONTAINS = 1.0, 0.95, 0.9
TYPED = 0.85
"""The best that a misspelled question can reach."""
WORTH_SHOWING = 0.65


def rarest(counts: Mapping[int, int], grams: Sequence[int]) -> tuple[list[int], bool]:
    """The pieces to look for, and whether every one must be there.

    The rarest pieces are few enough that any of them may do, so that a misspelled one does not
    matter; where even the rarest is common, a name must have several.

    Args:
        counts: how many names hold a piece; a piece that none holds is missing.
        grams: the pieces of the question.

    >>> rarest({1: 5, 2: 90_000}, [1, 2, 3])
    ([1], False)
    >>> rarest({1: 50_000, 2: 90_000}, [1, 2, 3])
    ([1, 2], True)
    """
    known = sorted((counts[gram], gram) for gram in grams if counts.get(gram))
    chosen, total = [], 0
    for count, gram in known:
        total += count
        if total > MOST_FOUND:
            break
        chosen.append(gram)
    if chosen or not known:
        return chosen, False
    return [gram for _count, gram in known[:FEW_PIECES]], True


def fits(question: str, lines: str) -> float:
    """How well a folded question fits names, 0 to 1; for the order of a list, no probability.

    Args:
        lines: the names' lines as ``folding.found_by`` gives them.

    >>> fits("huaxin", "北京华信\\nbeijinghuaxin\\nbei jing hua xin\\nbjhx") > 0.8
    True
    """
    best = 0.0
    for line in lines.split("\n"):
        if line == question:
            return EXACT
        share = min(1.0, len(question) / max(1, len(line))) / 20
        if line.startswith(question):
            best = max(best, BEGINS + share)
        elif f" {question}" in line:
            best = max(best, CONTAINS + share)
        elif question in line:
            best = max(best, CONTAINS - 0.05 + share)
        elif best < TYPED:
            likeness = max(fuzz.token_sort_ratio(question, line), _partial(question, line))
            best = max(best, likeness / 100 * TYPED)
    return best


def _partial(question: str, line: str) -> float:
    """A question that is a misspelled part of a name; very short ones would fit anything."""
    return fuzz.partial_ratio(question, line) if len(question) >= 5 else 0.0
