"""Whatever a superuser changes in a table of the evidence, the audit finds and locates.

The cases come from the models: every table, every column, and each kind of change. A column added
tomorrow is changed here too, and fails until the audit sees it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Field
from psycopg.conninfo import conninfo_to_dict

from tests.contexts.evidence.conftest import NOW, a_company, records
from tests.contexts.evidence.keys import MemoryKeys
from xindun.config import database
from xindun.kit.roles import APP_ROLE
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import reads
from xindun.record.evidence.actions import (
    append,
    erase_personal,
    rotate_key,
    sequence,
    sequence_batch,
    sequence_pending,
)
from xindun.record.evidence.reads.log import LogDamaged
from xindun.record.evidence.values import Finding, Subject

T = TypeVar("T")

# An authority's answer carries its own signature; how the asking goes proves nothing.
NOT_THE_LOG = {"evidence_timestamp", "evidence_stamptrouble"}
MODELS = {
    model._meta.db_table: model
    for model in apps.get_app_config("evidence").get_models()
    if model._meta.db_table not in NOT_THE_LOG
}
# A row's own number, where nothing points at it, says nothing: the log has numbers of its own.
MEANINGLESS = {(table, "id") for table in MODELS if table != "evidence_evidencerecord"}
# What makes a row this row; the rest is what two rows can swap.
PLACE = {
    "evidence_evidencerecord": {"id", "public_id"},
    "evidence_logentry": {"number"},
    "evidence_lognode": {"level", "position"},
    "evidence_treehead": {"number", "size"},
    "evidence_logkey": {"number", "key_id"},
    "evidence_personalcontent": {"record_id", "field"},
}
# One row a tenant, or rows of which only the place says anything.
NOT_SWAPPED = {"evidence_evidencelog", "evidence_pendingevidence"}
FORGED = {
    "evidence_evidencerecord": {"id": "id + 1000", "public_id": "gen_random_uuid()"},
    "evidence_pendingevidence": {"record_id": "(SELECT min(record_id) FROM evidence_logentry)"},
    "evidence_logentry": {"number": "number + 1", "record_id": "record_id + 1000"},
    "evidence_lognode": {"position": "position + 1"},
    "evidence_treehead": {"number": "number + 1", "size": "size + 1"},
    "evidence_logkey": {"number": "number + 1", "key_id": "md5('forged')"},
    "evidence_personalcontent": {"field": "'forged'"},
}
# The database allows one row a tenant, and a second tenant's is not ours.
NOT_FORGED = {"evidence_evidencelog"}
OTHER_VALUE = {
    "BigAutoField": "{0} + 1000",
    "BigIntegerField": "{0} + 1000",
    "IntegerField": "{0} + 1000",
    "SmallIntegerField": "{0} + 1",
    "UUIDField": "gen_random_uuid()",
    "CharField": "'x' || substr({0}, 2)",
    "TextField": "'x' || {0}",
    "DateTimeField": "{0} + interval '1 microsecond'",
    "JSONField": "{0} || '{{\"x\": 1}}'",
    "BinaryField": "set_byte({0}, 3, get_byte({0}, 3) # 1)",
    "ForeignKey": "{0} + 1000",
}


def columns(table: str) -> list[tuple[str, str]]:
    """Column and kind of field."""
    fields: list[Field[Any, Any]] = list(MODELS[table]._meta.concrete_fields)
    return [(field.column, field.get_internal_type()) for field in fields]


UPDATES = [
    (table, column, kind)
    for table in MODELS
    for column, kind in columns(table)
    if (table, column) not in MEANINGLESS
]


@pytest.fixture(scope="module")
def tampered(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[int, int]]:
    """A log with everything in it, in one transaction of a superuser acting as the app."""
    patch = pytest.MonkeyPatch()
    ring = MemoryKeys()
    for module in ("sequence", "rotate"):
        patch.setattr(f"xindun.record.evidence.actions.{module}.keyring", lambda: ring)
    before = dict(connection.settings_dict)
    admin = database.with_database(database.admin_url(), str(settings.DATABASES["default"]["NAME"]))
    parts = conninfo_to_dict(admin)
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict.update(
            database.django_settings(admin), PASSWORD=parts.get("password", "")
        )
        try:
            with transaction.atomic():
                is_superuser = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
                if run(is_superuser) != [(True,)] and os.environ.get("CI") != "true":
                    pytest.skip("only a superuser can tamper, and DATABASE_OWNER_URL names none")
                run(f"SET LOCAL ROLE {APP_ROLE}")
                yield a_full_log(), a_company("Other")
                transaction.set_rollback(True)
        finally:
            connection.close()
            connection.settings_dict.clear()
            connection.settings_dict.update(before)
            patch.undo()


def a_full_log() -> int:
    company = a_company("Acme")
    with tenant_scope(company):
        records(20)
        for person in ("ada", "bob", "eve"):
            append(
                kind="signed_in",
                subject=Subject("user", person),
                actor=f"user:{person}",
                occurred_at=NOW,
                inputs={},
                result={},
                versions={},
                personal={"email": f"{person}@example.com", "ip_address": "198.51.100.7"},
            )
    sequence_pending(clock=lambda: NOW)
    rotate_key(actor="cli:root", clock=lambda: NOW)
    with tenant_scope(company):
        erase_personal("ada", actor="cli:root", now=NOW, reason="asked_by_person")
        records(20)
        sequence_pending(clock=lambda: NOW)
        records(2)
    return company


def run(statement: str, *values: object) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def after(company: int, *statements: str) -> list[Finding]:
    """What the audit says after a superuser ran these."""
    return done_after(company, statements, lambda: list(reads.audit()))


def done_after(company: int, statements: Sequence[str], action: Callable[[], T]) -> T:
    """What an action in the company's scope gives after a superuser ran these, all undone."""
    try:
        with transaction.atomic():
            run("RESET ROLE")
            run("SET LOCAL session_replication_role = replica")
            for statement in statements:
                with connection.cursor() as cursor:
                    cursor.execute(statement)
                    assert cursor.rowcount > 0, statement
            run(f"SET LOCAL ROLE {APP_ROLE}")
            with tenant_scope(company):
                result = action()
            raise InterruptedError
    except InterruptedError:
        return result


def row_of(table: str, company: int, *, last: bool = True) -> int:
    """A row's own number; the last sequenced record, not one that still waits."""
    sequenced = " AND EXISTS (SELECT 1 FROM evidence_logentry e WHERE e.record_id = t.id)"
    ((row,),) = run(
        f"SELECT {'max' if last else 'min'}(t.id) FROM {table} t WHERE t.tenant_id = %s"
        + (sequenced if table == "evidence_evidencerecord" else ""),
        company,
    )
    return int(row)


@pytest.fixture(autouse=True)
def _in_scope(tampered: tuple[int, int]) -> Iterator[None]:
    with transaction.atomic():
        run("SELECT set_config('xindun.tenant_id', %s, true)", str(tampered[0]))
        yield


def test_the_models_name_every_table_and_column_of_the_evidence() -> None:
    found = run(
        "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " WHERE c.relname LIKE 'evidence\\_%%' AND c.relkind = 'r' AND a.attnum > 0"
        " AND NOT a.attisdropped"
    )
    found = [each for each in found if each[0] not in NOT_THE_LOG]
    assert {*found} == {(table, column) for table in MODELS for column, _ in columns(table)}


def test_an_untouched_log_has_nothing_to_find(tampered: tuple[int, int]) -> None:
    for company in tampered:
        with tenant_scope(company):
            assert list(reads.audit()) == []


@pytest.mark.parametrize(("table", "column", "kind"), UPDATES)
def test_a_changed_column_is_found(
    tampered: tuple[int, int], table: str, column: str, kind: str
) -> None:
    company, other = tampered
    row = row_of(table, company)
    value = str(other) if column == "tenant_id" else OTHER_VALUE[kind].format(column)
    found = after(company, f"UPDATE {table} SET {column} = {value} WHERE id = {row}")
    assert located(table, found), found


@pytest.mark.parametrize("last", [True, False], ids=["last", "first"])
@pytest.mark.parametrize("table", MODELS)
def test_a_removed_row_is_found(tampered: tuple[int, int], table: str, last: bool) -> None:
    company, _ = tampered
    row = row_of(table, company, last=last)
    found = after(company, f"DELETE FROM {table} WHERE id = {row}")
    assert located(table, found), found


@pytest.mark.parametrize("table", sorted(MODELS.keys() - NOT_FORGED))
def test_an_inserted_row_is_found(tampered: tuple[int, int], table: str) -> None:
    company, _ = tampered
    row, forged = row_of(table, company), {"id": "id + 1000", **FORGED[table]}
    names = [column for column, _ in columns(table)]
    values = ", ".join(forged.get(name, name) for name in names)
    insert = f"INSERT INTO {table} ({', '.join(names)}) OVERRIDING SYSTEM VALUE"
    found = after(company, f"{insert} SELECT {values} FROM {table} WHERE id = {row}")
    assert located(table, found), found


@pytest.mark.parametrize("table", sorted(MODELS.keys() - NOT_SWAPPED))
def test_two_swapped_rows_are_found(tampered: tuple[int, int], table: str) -> None:
    company, _ = tampered
    first, last = row_of(table, company, last=False), row_of(table, company)
    names = [column for column, _ in columns(table)]
    kept = {"id", "tenant_id"} | PLACE[table]
    values = ", ".join(f"{'a' if name in kept else 'b'}.{name}" for name in names)
    found = after(
        company,
        f"CREATE TEMPORARY TABLE swapped ON COMMIT DROP AS SELECT {values} FROM {table} a,"
        f" {table} b WHERE (a.id, b.id) IN (({first}, {last}), ({last}, {first}))",
        f"DELETE FROM {table} WHERE id IN ({first}, {last})",
        f"INSERT INTO {table} ({', '.join(names)}) OVERRIDING SYSTEM VALUE"
        f" SELECT {', '.join(names)} FROM swapped",
    )
    assert located(table, found), found


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence_logentry SET leaf_hash = sha256('x') WHERE id = {evidence_logentry}",
        "DELETE FROM evidence_logentry WHERE id = {evidence_logentry}",
        "UPDATE evidence_lognode SET digest = sha256('x') WHERE id = {evidence_lognode}",
        "UPDATE evidence_treehead SET root = sha256('x') WHERE id = {evidence_treehead}",
        "UPDATE evidence_treehead SET size = size - 1 WHERE id = {evidence_treehead}",
        "DELETE FROM evidence_treehead WHERE id = {evidence_treehead}",
    ],
)
def test_nothing_is_signed_on_top_of_a_changed_log(
    tampered: tuple[int, int], statement: str
) -> None:
    company, _ = tampered
    rows = {table: row_of(table, company) for table in MODELS}

    def refused() -> bool:
        with pytest.raises(LogDamaged), transaction.atomic():
            sequence_batch(now=NOW, ring=sequence.keyring())
        return True

    assert done_after(company, [statement.format(**rows)], refused)


WHERE = {
    "evidence_evidencerecord": ("record ",),
    "evidence_pendingevidence": ("record ", "pending "),
    # Two whole entries that changed places still fit their records; the subtree names which 16.
    "evidence_logentry": ("record ", "records ", "node "),
    "evidence_lognode": ("node ",),
    "evidence_treehead": ("head ", "heads"),
    "evidence_logkey": ("key ",),
    "evidence_evidencelog": ("log", "head "),
    "evidence_personalcontent": ("record ",),
}


def located(table: str, found: list[Finding]) -> bool:
    """Whether a finding points at this kind of row."""
    return any(each.where.startswith(WHERE[table]) for each in found)
