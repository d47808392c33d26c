"""The portfolio maths, written once as Ibis expressions: tables in, tables out.

Each function takes Ibis tables and gives one Ibis table; nothing here runs anything. The SQL they
compile to stands in ``engine/compiled`` (``python -m xindun.engine.compile`` writes it), so only
that generator, the tests and a Spark user import these modules.
"""
