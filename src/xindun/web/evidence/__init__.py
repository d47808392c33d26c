"""The evidence: the records, one record with its proofs, and how the log stands."""
