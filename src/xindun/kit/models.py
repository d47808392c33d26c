"""The base of every table that belongs to a tenant.

Each such table also needs ``TenantTable`` in its migration, and keys between two of them need
``TenantForeignKey`` there (with ``db_constraint=False`` on the field): a plain foreign key would
accept another tenant's row, because PostgreSQL checks references past row-level security.
"""

from __future__ import annotations

from django.db import models


class TenantModel(models.Model):
    """A row owned by one tenant; ``tenant_id`` is the first column of every unique index."""

    id = models.BigAutoField(primary_key=True)
    # The constraint is added by TenantTable, which may leave it out where a composite key to
    # another table of the tenant's already implies it.
    tenant = models.ForeignKey(
        "tenants.Tenant",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )

    class Meta:
        abstract = True
