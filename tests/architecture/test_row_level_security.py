"""No table forgets its tenant: a walk over the database as it was migrated.

Linters cannot see policies. Each rule here asks PostgreSQL's catalogue, so that a table somebody
adds tomorrow is held to it without being named.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from xindun.config import database

pytestmark = pytest.mark.django_db

# Read before a tenant is known, or by everybody: sign-in, and the row that is the tenant.
# Guesses are counted before anybody has signed in; their keys are hashes and name nobody.
# Legal entities are rows of public registers, which nobody's tenant writes.
# So are the sanctions lists that authorities publish.
TENANT_FREE = {
    *("tenants_tenant", "tenants_user", "signin_guesscount"),
    *("parties_legal_entity", "parties_entity_identifier", "parties_entity_link", "parties_gram"),
    *("screening_public_version", "screening_public_entry"),
}
# allauth's are about users, who belong to no tenant alone: sessions, second factors.
LIBRARIES = (
    "django_",
    "auth_",
    "procrastinate_",
    "account_",
    "mfa_",
    "usersessions_",
    "socialaccount_",
)
# Tables that a narrow SECURITY DEFINER function reads across tenants.
READ_ACROSS_TENANTS = {
    "tenants_tenant",
    "tenants_membership",
    "tenants_apikey",
    "evidence_pendingevidence",
    "evidence_logkey",
    "tenants_delegation",
    # For counts over all companies, which watch the installation.
    "evidence_evidencerecord",
    "kit_outboxevent",
    "webhooks_delivery",
    "tenants_invitation",
}
POLICY = "(tenant_id = (NULLIF(current_setting('xindun.tenant_id'::text, true), ''::text))::bigint)"


def rows(query: str, *values: object) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def all_tables() -> set[str]:
    return {
        row[0]
        for row in rows(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p', 'm', 'v', 'f')"
        )
    }


def tenant_tables() -> list[str]:
    found = rows(
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
        " AND a.attname = 'tenant_id' AND NOT a.attisdropped ORDER BY 1"
    )
    return [row[0] for row in found]


@pytest.fixture
def as_app() -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own as the app role, rolled back at the end."""
    url = database.with_database(database.app_url(), settings.DATABASES["default"]["NAME"])
    with psycopg.connect(url) as own:
        yield own
        own.rollback()


def test_the_walk_sees_tables_at_all() -> None:
    assert {"tenants_membership", "evidence_evidencerecord"} <= set(tenant_tables())


def test_every_table_has_a_tenant_or_is_listed_as_free_of_one() -> None:
    free = {name for name in all_tables() - set(tenant_tables()) if not name.startswith(LIBRARIES)}
    assert free == TENANT_FREE


def test_row_security_is_on_and_forced_everywhere() -> None:
    guarded = rows(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relrowsecurity AND relforcerowsecurity"
    )
    missing = {*tenant_tables(), "tenants_tenant"} - {row[0] for row in guarded}
    assert missing == set()


def test_the_only_policies_are_the_tenants_own_and_the_listed_reads() -> None:
    found = rows(
        "SELECT tablename, policyname, roles::text[], cmd, permissive, qual, with_check"
        " FROM pg_policies WHERE schemaname = 'public'"
    )
    isolating = {row[0]: row for row in found if row[1] == "tenant_isolation"}
    for table in tenant_tables():
        _, _, roles, command, permissive, qual, check = isolating[table]
        assert (roles, command, permissive) == (["public"], "ALL", "PERMISSIVE"), table
        assert (qual, check) == (POLICY, POLICY), table
    across = {row[0]: row for row in found if row[1] == "owner_reads"}
    assert set(across) == READ_ACROSS_TENANTS
    for row in across.values():
        assert (row[2], row[3]) == (["xindun_owner"], "SELECT")
    assert len(found) == len(isolating) + len(across)


def test_the_app_role_can_neither_bypass_nor_own_nor_become_the_owner() -> None:
    (role,) = rows(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,"
        " pg_has_role(rolname, 'xindun_owner', 'MEMBER') FROM pg_roles"
        " WHERE rolname = current_user"
    )
    assert role == ("xindun_app", False, False, False, False, False)
    owners = rows(
        "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    )
    assert owners == [("xindun_owner",)]
    (owner,) = rows("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'xindun_owner'")
    assert owner == (False, False)


def test_the_app_role_may_not_truncate_or_make_triggers_or_references() -> None:
    risky = rows(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
        " WHERE grantee IN ('xindun_app', 'PUBLIC') AND table_schema = 'public'"
        " AND privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')"
    )
    assert risky == []


def test_without_a_tenant_nothing_is_read_changed_or_written(
    as_app: psycopg.Connection[Any],
) -> None:
    for table in tenant_tables():
        name = sql.Identifier(table)
        count = as_app.execute(sql.SQL("SELECT count(*) FROM {}").format(name)).fetchone()
        assert count == (0,), table
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            as_app.execute(sql.SQL("INSERT INTO {} (tenant_id) VALUES (1)").format(name))
        as_app.rollback()


def test_in_a_scope_another_tenants_row_is_refused(as_app: psycopg.Connection[Any]) -> None:
    for table in tenant_tables():
        as_app.execute("SELECT set_config('xindun.tenant_id', '1', true)")
        statement = sql.SQL("INSERT INTO {} (tenant_id) VALUES (2)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            as_app.execute(statement.format(sql.Identifier(table)))
        as_app.rollback()


def test_copy_into_a_guarded_table_is_refused(as_app: psycopg.Connection[Any]) -> None:
    as_app.execute("SELECT set_config('xindun.tenant_id', '1', true)")
    copy = as_app.cursor().copy("COPY evidence_pendingevidence (tenant_id, record_id) FROM STDIN")
    with pytest.raises(psycopg.errors.FeatureNotSupported, match="row-level security"), copy:
        pass


def test_bulk_rows_pass_the_policy_through_a_temporary_table(
    as_app: psycopg.Connection[Any],
) -> None:
    as_app.execute("SELECT set_config('xindun.tenant_id', '1', true)")
    as_app.execute("CREATE TEMPORARY TABLE stage (tenant_id bigint, record_id bigint)")
    with as_app.cursor().copy("COPY stage FROM STDIN") as copy:
        copy.write_row((2, 1))
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        as_app.execute(
            "INSERT INTO evidence_pendingevidence (tenant_id, record_id) SELECT * FROM stage"
        )


def test_keys_between_tenants_tables_carry_the_tenant() -> None:
    keys = rows(
        """
        SELECT k.conname, k.conrelid::regclass::text, k.confrelid::regclass::text,
               (SELECT array_agg(a.attname::text ORDER BY o)
                  FROM unnest(k.conkey) WITH ORDINALITY u(n, o)
                  JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n),
               (SELECT array_agg(a.attname::text ORDER BY o)
                  FROM unnest(k.confkey) WITH ORDINALITY u(n, o)
                  JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.n),
               k.convalidated
          FROM pg_constraint k
         WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace
        """
    )
    owned = set(tenant_tables())
    seen = 0
    for name, source, target, columns, targets, validated in keys:
        if source in owned and target in owned:
            seen += 1
            assert ("tenant_id", "tenant_id") in zip(columns, targets, strict=True), name
            assert validated, name
    assert seen > 0


def test_every_model_key_between_tenants_tables_stands_in_the_database() -> None:
    from django.apps import apps
    from django.db.models import ForeignKey

    enforced = {
        (row[0], row[1])
        for row in rows(
            "SELECT k.conrelid::regclass::text, a.attname::text FROM pg_constraint k"
            " JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)"
            " WHERE k.contype = 'f'"
        )
    }
    for model in apps.get_models():
        if not model.__module__.startswith("xindun."):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.column != "tenant_id":
                assert (model._meta.db_table, field.column) in enforced, str(field)


def test_every_unique_index_of_a_tenants_table_carries_the_tenant() -> None:
    indexes = rows(
        """
        SELECT c.relname, i.indexrelid::regclass::text, i.indisprimary,
               (SELECT array_agg(a.attname::text) FROM pg_attribute a
                 WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey))
          FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
         WHERE i.indisunique AND c.relname = ANY (%s)
        """,
        tenant_tables(),
    )
    for table, index, primary, columns in indexes:
        # The row's own number is drawn by the database for all tenants and tells nobody anything.
        if primary and columns == ["id"]:
            continue
        assert "tenant_id" in (columns or []), f"{table}: {index}"


def test_definer_functions_are_the_owners_with_a_fixed_path_and_for_the_app_only() -> None:
    functions = rows(
        "SELECT p.proname, pg_get_userbyid(p.proowner), p.proconfig::text[],"
        " has_function_privilege('public', p.oid, 'EXECUTE') FROM pg_proc p"
        " WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef"
    )
    assert {row[0] for row in functions} >= {"tenants_all_ids", "tenants_memberships_of"}
    for name, owner, config, everybody in functions:
        assert owner == "xindun_owner", name
        assert config == ["search_path=public, pg_temp"], name
        assert not everybody, name
