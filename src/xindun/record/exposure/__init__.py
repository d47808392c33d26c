"""What every holder owes us right now, exactly: a journal and balances that never lag.

Words: a *holder* is who an amount stands against (a buyer, in one currency); a *component* is a
kind of exposure (receivables, credits, unapplied, unbilled, bills); a *posting* is a signed change
of one component. A balance is always the sum of its postings. Whoever changes what is owed posts
here in its own transaction; nobody corrects a balance.
"""
