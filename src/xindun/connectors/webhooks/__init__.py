"""Tells other programs what happened: signed HTTP calls by the Standard Webhooks scheme.

An *endpoint* is an address of the company's that wants events of some topics. Each event becomes
one *delivery* an endpoint, tried until it is accepted or dead; each try is an *attempt*. Delivery
is at least once, and in order for each subject. The screens enter by reads and actions, the worker
by tasks; nothing else calls in here, events come from ``kit/outbox.py``.
"""
