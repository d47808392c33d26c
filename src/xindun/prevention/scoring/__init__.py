"""Which grade and health score each account was given, when, on what knowledge, and why.

Words: *grade* (1–10, 1 is best), *health score* (0–100, higher is safer), *reason* (points that
sum to the health score), *counterfactual* (the smallest change that reaches the next grade).
The engine computes them; this room keeps them, append-only. Called by monitoring and the edges.
"""
