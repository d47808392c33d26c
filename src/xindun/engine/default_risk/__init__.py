"""Default risk from statements: what a model reads, how it learns, how it is checked.

The model is additive (a table of log-odds a ratio), so it is applied without any learning library;
only ``training`` and the baselines of ``check`` need the extra ``models``.

What a reader would get wrong: a model learnt on listed US firms ranks other companies, it does not
know their base rate. Elsewhere its probability is "uncalibrated" and never raises a limit alone.
"""
