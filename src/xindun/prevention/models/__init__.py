"""Which models a company uses: versions, their validations, champion and challengers, drift.

Words: a *version* is a model's file with its card; the *champion* of a purpose is the one in use, a
*challenger* waits with its validation, a *retired* one was champion before and may be again.

What a reader would get wrong: a model that comes with the package has no row. It is the champion
until two people promote another one, and is put back the same way, by ``shipped-private``.
"""
