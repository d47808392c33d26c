"""The portfolio run: what every account looks like at a day, prepared so that a screen is quick.

Words: *run* (one review of the whole ledger at a day and a knowledge time), *snapshot* (one
account in a run), *current run* (the one the console opens with), *stale* (the ledger has moved
since), *action today* (what to do, with the money at stake). Called by the edges only.
"""
