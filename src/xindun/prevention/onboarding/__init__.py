"""What must be on file before the first sale on open account (KYB, know your business).

Words: a *checklist* is the company's list of *requirements*, in versions, by country and amount;
an *item* is one thing to have on file; a *proof* is somebody's word that it is, with day and
reference; a *waiver* lets a buyer pass without an item until a day, proposed by one person and
approved by another. The gate asks ``reads.can_sell_on_account``; nobody passes it silently.
"""
