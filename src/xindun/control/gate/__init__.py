"""The order gate: release, hold or refuse, with the reason, and never the same limit twice.

Words: a *check* is one question about one order; its *decision* is the answer with every rule's
figure, kept for good; *facts* are all that the rules looked at, stored so that the decision can be
computed again; a *hold* is an order in the worklist until somebody decides or it passes; a *stop*
is a person's order that nothing goes out to a buyer. Decides under the buyers' locks and posts
through orders; called by the API, the screens and the worker.
"""
