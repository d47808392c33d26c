"""The tenant scope: whose rows this transaction may see.

Row-level security compares ``tenant_id`` with the setting ``xindun.tenant_id``. The setting is
local to a transaction, so a pooled connection never carries a tenant over to the next user. What
a reader would get wrong: leaving a nested scope with success restores the outer tenant by hand;
leaving it with an error does so by rolling back to a savepoint, because settings roll back too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db import connection, transaction

from xindun.kernel.errors import DomainError

SETTING = "xindun.tenant_id"

T = TypeVar("T")

_current: ContextVar[int | None] = ContextVar("tenant_id", default=None)


class TenantScopeMissing(DomainError):
    """Tenant-owned data were asked for outside a tenant scope."""

    code = "tenant_scope_missing"
    sentence = "This needs a tenant: enter tenant_scope() first."


def current_tenant_id() -> int:
    """The tenant of the running scope.

    Raises:
        TenantScopeMissing: no scope is open.
    """
    tenant_id = _current.get()
    if tenant_id is None:
        raise TenantScopeMissing
    return tenant_id


def has_tenant() -> bool:
    """Whether a tenant scope is open."""
    return _current.get() is not None


@contextmanager
def tenant_scope(tenant_id: int) -> Iterator[None]:
    """Run a block in one transaction that sees the rows of ``tenant_id`` and no others.

    Nestable: inside a scope of the same tenant it does nothing, inside another tenant's it runs
    in a savepoint and hands the connection back as it was. A scope is a transaction: everything
    in the outermost one commits together.
    """
    outer = _current.get()
    if outer == tenant_id:
        yield
        return
    nested = connection.in_atomic_block
    try:
        with transaction.atomic():
            _set(tenant_id)
            _current.set(tenant_id)
            yield
            # Otherwise the setting ends with the transaction or with its rollback.
            if nested and not transaction.get_rollback():
                _set(outer)
    finally:
        _current.set(outer)


def stream_in_scope(tenant_id: int, items: Iterable[T]) -> Iterator[T]:
    """``items`` one by one inside the scope of ``tenant_id``: for responses that are sent while
    they are made, after the request's own scope has closed."""
    with tenant_scope(tenant_id):
        yield from items


def _set(tenant_id: int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(%s, %s, true)",
            [SETTING, "" if tenant_id is None else str(tenant_id)],
        )
