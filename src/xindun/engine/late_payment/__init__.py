"""When an open invoice will be paid: the chance that it is late, and the day it is expected.

The subject is one curve an invoice: for each of ``spec.THRESHOLDS`` days past due, the chance that
the invoice is still owed at the end of that day. Everything else (late, more than 15 or 30 days
late, the expected day and its band) is read from the curve.

What a reader would get wrong: the curve of one invoice uses nothing that happened on or after the
day of its issue, in training, in validation and in use alike; ``features`` is the only place that
looks at a ledger, and a test adds later events and finds no feature changed.
"""
