"""Sales orders on open account, from the order to its invoice in the ledger: facts, no decisions.

Words: an *order* is a promise to deliver; *released* is how much of it the gate let through; a
*part* is a delivery or an invoice of it. Each document counts once: a delivery takes its amount
out of what is ordered, an invoice out of what is delivered, and the ledger's own invoice out of
what is billed. Every change posts to exposure in its own transaction, under the buyer's lock.
The gate decides and writes here; receivables tells which invoices have arrived.
"""
