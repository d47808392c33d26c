"""What stands behind a buyer's debt beside its word: guarantees, letters of credit, deposits.

Words: a *security* is one instrument; its *haircut* is the share of its value that is not counted;
its *eligible value* is what may be set against an exposure, once. A *guarantee period* (保证期间)
is how long a guarantor can be held to a guarantee, and the *preserving act* is what has to be done
before it ends. One person registers a security, another accepts it; until then it counts nothing.
Called by limits, the gate and the edges.
"""
