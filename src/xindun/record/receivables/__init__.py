"""The ledger: what was billed, what settled it, and when each was learned.

Words: a *document* is a row of the ledger (invoice, credit note, receipt, unbilled delivery,
retention); an *item* is a document through all its versions; a *settlement* is the use of money,
of a bill, of a credit note or of a write-off against an item; an *import batch* is one file on its
way in; the *ledger version* counts the committed imports of a tenant; the *mirror* is the
columnar copy of the ledger that the engine reads.

A correction closes the old version and adds a new one; nothing is overwritten. Only ``actions``
writes. Edges call ``actions`` and ``reads``; later phases read.
"""
