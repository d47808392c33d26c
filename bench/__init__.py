"""One module a claim, run alone as ``python -m bench.NAME``; ``python -m bench`` runs them all.

Names that begin with an underscore are parts, not benches.
"""
