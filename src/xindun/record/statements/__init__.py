"""Financial statements of parties: each version as it was learned, in whole currency units.

Words: *figures* are the lines that ratios need (see ``engine/figures.py``); a *series* is one
period of a party on one standard and scope; a *restatement* is a later version of a series, which
never replaces an earlier one. The *unit* is what the sheet was written in, always stated. What does
not add up is refused with its two sums. Every later context may read; files, connectors and people
record.
"""
