"""How well a question fits a name, and which of its pieces to look for first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

MOST_FOUND = 2_000
"""Names that are looked at closely for one question."""
ANY_OF = 8
"""With more of them PostgreSQL prefers to read a small register whole."""
ALL_OF = 4
MOST_ALIKE = 500
"""The same where every piece is common: such names fit equally well, and more show nobody more."""
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
    chosen: list[int] = []
    total = 0
    for count, gram in known:
        total += count
        if total > MOST_FOUND or len(chosen) == ANY_OF:
            break
        chosen.append(gram)
    if chosen or not known:
        return chosen, False
    return [gram for _count, gram in known[:ALL_OF]], True


def fits(question: str, named: Mapping[int, str], worth: float = WORTH_SHOWING) -> dict[int, float]:
    """How well a folded question fits names, 0 to 1; for the order of a list, no probability.

    All lines are compared in one call: a call for each costs more than the comparing.

    Args:
        named: the names' lines by row, each as ``folding.found_by`` gives them.
        worth: rows that fit less are left out.

    >>> fits("huaxin", {7: "北京华信\\nbeijinghuaxin\\nbjhx", 8: "acme"})[7] > 0.8
    True
    """
    scores: dict[int, float] = {}
    rows: list[int] = []
    lines: list[str] = []
    for row, text in named.items():
        split = text.split("\n")
        if question in text:
            scores[row] = max(_said(question, line) for line in split)
        else:
            lines += split
            rows += [row] * len(split)
    # A part of a name, misspelled; a very short one would fit anything.
    scorers = [fuzz.token_sort_ratio, *([fuzz.partial_ratio] if len(question) >= 5 else [])]
    for scorer in scorers:
        close = process.extract(
            question, lines, scorer=scorer, score_cutoff=worth / TYPED * 100, limit=None
        )
        for _line, likeness, at in close:
            scores[rows[at]] = max(scores.get(rows[at], 0.0), likeness / 100 * TYPED)
    return scores


def _said(question: str, line: str) -> float:
    """The score of a line that may hold the question as it was typed."""
    if line == question:
        return EXACT
    share = min(1.0, len(question) / max(1, len(line))) / 20
    if line.startswith(question):
        return BEGINS + share
    if f" {question}" in line:
        return CONTAINS + share
    return CONTAINS - 0.05 + share if question in line else 0.0
