"""Who owes us: the buyers of one tenant, as their ledgers name them.

Words: a *buyer* is a customer that buys on open account; its *key* is the number its source gives
it (or the normalised name where the source has none); a *source* is one ledger of the tenant's.
Every context may read buyers; the receivables record writes them while it imports.
"""
