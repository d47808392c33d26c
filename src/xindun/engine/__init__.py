"""Pure portfolio maths: tables in, tables out, written once as Ibis expressions.

Knows neither Django nor a database. ``as_of`` and ``known_at`` always arrive as data."""
