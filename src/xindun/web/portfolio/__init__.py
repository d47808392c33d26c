"""The portfolio page: the whole ledger at a day."""
