"""The REST interface: another program does what a member does on the screens.

One module a resource in ``v1/``; what all of them share (keys, problems, idempotency, cursors,
the document) stands here. Nothing is decided in this room: an operation names its permission,
asks one read or calls one action, and shapes the answer.
"""
