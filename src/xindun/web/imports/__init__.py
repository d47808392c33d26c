"""A ledger file on its way in: upload, preview, progress, result."""
