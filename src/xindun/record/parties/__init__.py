"""Who owes us: the buyers a tenant's ledgers name, and the parties (legal entities) behind them.

Words: a *buyer* is a customer that buys on open account; its *key* is the number its source gives
it (or the normalised name where the source has none); a *source* is one ledger of the tenant's. A
*legal entity* is one row of a public register, the same for everybody. A *party* is the tenant's
own record of a legal entity, on which it keeps a company file; a *match* says which party a buyer
is. Every context may read buyers; the receivables record writes them while it imports.
"""
