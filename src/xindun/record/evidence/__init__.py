"""Who decided what, when, on which inputs: one append-only record a decision.

Written by the action that decides, in the same transaction. A record carries a hash over its own
content; a later sequencer chains the records from the pending queue, which exists from the first
day so that no record is ever missed. Any context may append; nobody may change or remove.
"""
