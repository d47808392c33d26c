"""Which limit each account deserves: every formula with its number, and the binding one.

Words: *formula* (one way to a limit, available or not and why), *binding* (the smallest
available one, which is the recommendation), *recommended limit*. Granting a limit is a decision
of its own and comes later; nothing here permits an order. Called by monitoring and the edges.
"""
