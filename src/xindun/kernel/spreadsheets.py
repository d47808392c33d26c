"""Texts that go into spreadsheets.

A spreadsheet runs a text that begins with ``=``, ``+``, ``-`` or ``@`` as a formula, also after a
tab or a line break, and names and cells of ledgers are somebody else's text.
"""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(text: str) -> str:
    """``text`` as a CSV cell that no spreadsheet runs: an apostrophe in front where it could.

    >>> guarded("=1+1"), guarded("Acme")
    ("'=1+1", 'Acme')
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
