"""Operations that give a table its row-level security, composite keys and grants.

What a reader would get wrong: a table made by Django alone is readable by nobody but the owner.
Each migration that creates one ends with one of these operations, and a test walks every table
to see that it did.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

from xindun.kit.roles import APP_ROLE, OWNER_ROLE

TENANT_IS_CURRENT = "tenant_id = nullif(current_setting('xindun.tenant_id', true), '')::bigint"
FULL = "SELECT, INSERT, UPDATE, DELETE"
IDENTIFIER_BYTES = 63


class _Statements(Operation):
    """An operation made of SQL statements; it does not touch Django's idea of the models."""

    reduces_to_sql = True
    reversible = True

    def forwards(self) -> list[str]:
        """SQL statements to apply."""
        raise NotImplementedError

    def backwards(self) -> list[str]:
        """SQL statements that undo ``forwards``, in order."""
        raise NotImplementedError

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models do not change."""

    def database_forwards(
        self,
        _app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        _from_state: Any,
        _to_state: Any,
    ) -> None:
        """Run the statements."""
        for statement in self.forwards():
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        _app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        _from_state: Any,
        _to_state: Any,
    ) -> None:
        """Undo the statements."""
        for statement in self.backwards():
            schema_editor.execute(statement, params=None)


class Grant(_Statements):
    """Rights of the app role on a table, or part of a table, without a tenant."""

    def __init__(self, table: str, rights: str = FULL) -> None:
        self.table = table
        self.rights = rights

    def forwards(self) -> list[str]:
        """Exactly these rights, whatever stood before."""
        return [
            f"REVOKE ALL ON {self.table} FROM {APP_ROLE}",
            f"GRANT {self.rights} ON {self.table} TO {APP_ROLE}",
        ]

    def backwards(self) -> list[str]:
        """No rights."""
        return [f"REVOKE ALL ON {self.table} FROM {APP_ROLE}"]

    def describe(self) -> str:
        """For ``migrate --plan``."""
        return f"Grant {self.rights} on {self.table} to the app"


class TenantTable(_Statements):
    """Forced row-level security by ``tenant_id``, the app's rights, and unique (tenant_id, id).

    Args:
        table: the table, which has columns ``tenant_id`` and ``id``.
        rights: what the app role may do; see also ``AppendOnly``.
        tenant_key: whether ``tenant_id`` references the tenants. A table with millions of rows
            and a composite key to another table of the tenant's may leave it out: that key
            implies it, and each key costs a lookup a row.
    """

    def __init__(self, table: str, *, rights: str = FULL, tenant_key: bool = True) -> None:
        self.table = table
        self.rights = rights
        self.tenant_key = tenant_key

    def forwards(self) -> list[str]:
        """Policy first, rights last: at no moment may the app read without a policy."""
        table = self.table
        statements = [
            f"ALTER TABLE {table} ADD CONSTRAINT {_name(table, 'tenant_id_uniq')}"
            " UNIQUE (tenant_id, id)",
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY tenant_isolation ON {table} FOR ALL"
            f" USING ({TENANT_IS_CURRENT}) WITH CHECK ({TENANT_IS_CURRENT})",
        ]
        if self.tenant_key:
            statements.append(
                f"ALTER TABLE {table} ADD CONSTRAINT {_name(table, 'tenant_fk')} FOREIGN KEY"
                " (tenant_id) REFERENCES tenants_tenant (id) ON DELETE RESTRICT"
            )
        return statements + Grant(table, self.rights).forwards()

    def backwards(self) -> list[str]:
        """Rights first, policy last."""
        table = self.table
        return [
            *Grant(table).backwards(),
            f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {_name(table, 'tenant_fk')}",
            f"DROP POLICY tenant_isolation ON {table}",
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DROP CONSTRAINT {_name(table, 'tenant_id_uniq')}",
        ]

    def describe(self) -> str:
        """For ``migrate --plan``."""
        return f"Isolate tenants in {self.table}"


class AppendOnly(Grant):
    """After ``TenantTable``: the app role may add and read rows, never change or remove one."""

    def __init__(self, table: str) -> None:
        super().__init__(table, "SELECT, INSERT")


class OwnerReads(_Statements):
    """Let the owner role read across tenants, for narrow SECURITY DEFINER functions only.

    Forced row-level security binds the owner too; such functions, which serve sign-in, workers
    and the sequencer before a tenant is known, run as the owner and need this one exception.
    """

    def __init__(self, table: str) -> None:
        self.table = table

    def forwards(self) -> list[str]:
        """A second, permissive policy for the owner."""
        return [
            f"CREATE POLICY owner_reads ON {self.table} FOR SELECT TO {OWNER_ROLE} USING (true)"
        ]

    def backwards(self) -> list[str]:
        """Drop it."""
        return [f"DROP POLICY owner_reads ON {self.table}"]


class TenantForeignKey(_Statements):
    """A key between two tables of a tenant's: (tenant_id, column) → (tenant_id, to_column).

    The model's field carries ``db_constraint=False``. ``to_column`` other than ``id`` needs a
    unique constraint on (tenant_id, to_column).
    """

    def __init__(self, table: str, column: str, to_table: str, to_column: str = "id") -> None:
        self.table = table
        self.column = column
        self.to_table = to_table
        self.to_column = to_column

    def forwards(self) -> list[str]:
        """Add the constraint."""
        return [
            f"ALTER TABLE {self.table} ADD CONSTRAINT {_name(self.table, f'{self.column}_fk')}"
            f" FOREIGN KEY (tenant_id, {self.column})"
            f" REFERENCES {self.to_table} (tenant_id, {self.to_column}) ON DELETE RESTRICT"
        ]

    def backwards(self) -> list[str]:
        """Drop the constraint."""
        return [
            f"ALTER TABLE {self.table} DROP CONSTRAINT {_name(self.table, f'{self.column}_fk')}"
        ]

    def describe(self) -> str:
        """For ``migrate --plan``."""
        return f"Tie {self.table}.{self.column} to {self.to_table} of the same tenant"


class DefinerFunction(_Statements):
    """A SECURITY DEFINER function of the owner's that the app may call, and nobody else.

    Args:
        signature: name and typed arguments, as in ``tenants_of(user_id bigint)``.
        body: from RETURNS to the end, without SECURITY and search_path, which stand here.
    """

    def __init__(self, signature: str, body: str) -> None:
        self.signature = signature
        self.body = body

    def forwards(self) -> list[str]:
        """Create with a fixed search_path, so that no caller's schema shadows a table."""
        return [
            f"CREATE FUNCTION {self.signature} {self.body}",
            f"ALTER FUNCTION {self.signature} SECURITY DEFINER",
            f"ALTER FUNCTION {self.signature} SET search_path = public, pg_temp",
            f"REVOKE ALL ON FUNCTION {self.signature} FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION {self.signature} TO {APP_ROLE}",
        ]

    def backwards(self) -> list[str]:
        """Drop it."""
        return [f"DROP FUNCTION {self.signature}"]


def _name(table: str, suffix: str) -> str:
    """A constraint's name within PostgreSQL's limit."""
    return f"{table[: IDENTIFIER_BYTES - len(suffix) - 1]}_{suffix}"
