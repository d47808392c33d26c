"""The evidence guard: no test may change an audited table without evidence in one transaction.

Triggers of the test database note every change of an audited table and every evidence record,
with the transaction they belong to. What a reader would get wrong: most tests run inside one
transaction of their own. There the guard takes the outermost block of the code under test for
the transaction that it would be in production, and looks when its savepoint is released; tests
with real commits, in any number of processes, are looked at by transaction when they end.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from psycopg import sql

from xindun.kit.models import Audited

ROOT = Path(__file__).resolve().parent.parent
EVIDENCE = "evidence_evidencerecord"
RELEASE = "RELEASE SAVEPOINT"

# Whose rows the notes are of is left out on purpose: a transaction belongs to one tenant.
INSTALL = """
CREATE SCHEMA guard;
GRANT USAGE ON SCHEMA guard TO xindun_app;
CREATE UNLOGGED TABLE guard.note (
    xact xid8 NOT NULL DEFAULT pg_current_xact_id(), changed text, recorded text
);
GRANT SELECT, DELETE ON guard.note TO xindun_app;
CREATE FUNCTION guard.note_change() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = guard, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM touched) THEN
        INSERT INTO note (changed) VALUES (tg_table_name);
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION guard.note_update() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = guard, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT to_jsonb(t) - tg_argv::text[] FROM touched t
        EXCEPT SELECT to_jsonb(b) - tg_argv::text[] FROM before b
    ) THEN
        INSERT INTO note (changed) VALUES (tg_table_name);
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION guard.note_record() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = guard, pg_temp AS $$
BEGIN
    INSERT INTO note (recorded) SELECT DISTINCT kind FROM touched;
    RETURN NULL;
END $$;
"""
WATCH = """
CREATE TRIGGER guard_{event} AFTER {event} ON public.{table}
    REFERENCING {sides} FOR EACH STATEMENT EXECUTE FUNCTION guard.{function}({arguments})
"""
SIDES = {
    "INSERT": "NEW TABLE AS touched",
    "UPDATE": "OLD TABLE AS before NEW TABLE AS touched",
    "DELETE": "OLD TABLE AS touched",
}

TAKE = """
WITH taken AS (DELETE FROM guard.note WHERE {which} RETURNING *)
SELECT changed.changed, coalesce(array_agg(DISTINCT r.recorded)
           FILTER (WHERE r.recorded IS NOT NULL), '{{}}')
  FROM (SELECT DISTINCT xact, changed FROM taken WHERE changed IS NOT NULL) changed
  LEFT JOIN taken r ON r.xact = changed.xact
 GROUP BY changed.xact, changed.changed
"""
OWN = TAKE.format(which="xact = pg_current_xact_id_if_assigned()")
ALL = TAKE.format(which="true")


def audited_tables() -> dict[str, Audited]:
    """Every audited table with what it owes."""
    found = {model._meta.db_table: getattr(model, "audit", None) for model in apps.get_models()}
    return {table: audit for table, audit in found.items() if isinstance(audit, Audited)}


def install(owner_url: str) -> None:
    """Put the triggers into the test database, as its owner."""
    with psycopg.connect(owner_url) as owner:
        owner.execute(INSTALL)
        for table, audit in audited_tables().items():
            for event in audit.on:
                compared = event == "UPDATE" and audit.apart_from
                function = "note_update" if compared else "note_change"
                _watch(owner, table, event, function, audit.apart_from if compared else ())
        _watch(owner, EVIDENCE, "INSERT", "note_record", ())


def _watch(
    owner: psycopg.Connection[Any],
    table: str,
    event: str,
    function: str,
    arguments: tuple[str, ...],
) -> None:
    parts = {"event": event, "table": table, "sides": SIDES[event], "function": function}
    statement = sql.SQL(WATCH).format(
        arguments=sql.SQL(", ").join(map(sql.Literal, arguments)),
        **{name: sql.SQL(part) for name, part in parts.items()},
    )
    owner.execute(statement)


@dataclass
class Guard:
    """What one test changed without evidence; ``unexplained`` are sentences for its author."""

    audited: Mapping[str, Audited]
    wrapped: bool
    unexplained: list[str] = field(default_factory=list)

    def look(self, *, everything: bool = False) -> None:
        """Take the notes of a transaction (or of all) and keep what has no evidence."""
        with connection.cursor() as cursor:
            cursor.execute(ALL if everything else OWN)
            rows = cursor.fetchall()
        for table, kinds in rows:
            wanted = self.audited[table].kinds
            if not wanted & set(kinds):
                self.unexplained.append(
                    f"{table} changed without evidence of {' or '.join(sorted(wanted))}"
                    f" (written: {', '.join(sorted(kinds)) or 'none'}){_where()}"
                )

    def on_statement(self, execute: Callable[..., Any], statement: Any, *rest: Any) -> Any:
        """Django's hook around each statement: look when an outermost savepoint is released."""
        result = execute(statement, *rest)
        if isinstance(statement, str) and statement.startswith(RELEASE) and self._outermost():
            self.look()
        return result

    def take(self) -> list[str]:
        """What was found so far, forgotten: for tests that change a table on purpose."""
        found, self.unexplained = self.unexplained, []
        return found

    def _outermost(self) -> bool:
        blocks = connection.atomic_blocks
        return self.wrapped and all(block._from_testcase for block in blocks)  # type: ignore[attr-defined]


@contextmanager
def guarding(*, excused: bool) -> Iterator[Guard]:
    """Watch the block; fail the test at its end for what was changed without evidence."""
    guard = Guard(audited_tables(), wrapped=connection.in_atomic_block)
    with connection.execute_wrapper(guard.on_statement):
        yield guard
    if not guard.wrapped:
        connection.close_if_unusable_or_obsolete()
        guard.look(everything=True)
    if guard.unexplained and not excused:
        pytest.fail("\n".join(guard.unexplained), pytrace=False)


def _where() -> str:
    """The innermost line of ours that ended the transaction."""
    for frame in reversed(traceback.extract_stack()):
        path = Path(frame.filename)
        if path != Path(__file__) and path.is_relative_to(ROOT) and ".venv" not in path.parts:
            return f", seen at {path.relative_to(ROOT)}:{frame.lineno}"
    return ""
