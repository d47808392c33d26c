"""What bureaus and registers report about a company: one port, and adapters that read or call.

A *source* answers a *query* (a company's name, country and identifiers) with a *report*: facts with
the day they stood, statements with the day they were filed, and the hash of the bytes they came
from. A report is never trusted as it is: ``recording`` checks that it is about the company it was
asked for, and hands its facts to the company file and its statements to the statements, each with
its source. The *waterfall* asks the next source only for what is still missing or stale, and buys
nothing younger than the age rule allows; each order is a *purchase* with its cost.

``gleif`` and ``sec`` are pure readers of the publishers' formats, for whoever has such a file.
"""
