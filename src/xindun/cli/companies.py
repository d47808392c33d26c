"""Which company a command is for: the one named, else the only one there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xindun.kernel.errors import DomainError

if TYPE_CHECKING:
    from xindun.record.tenants.values import Tenant


class WhichTenant(DomainError):
    """The command cannot know whose ledger is meant."""

    code = "which_tenant"
    sentence = "Name the company with --tenant NAME; there are: {names}."


class NoTenant(DomainError):
    """Nobody to import for."""

    code = "no_tenant"
    sentence = "There is no company yet; make one with 'xindun user create' or 'xindun demo'."


def company_of(wanted: str | None) -> Tenant:
    """The company of that name or public id; the only one when ``wanted`` is None.

    Django must have been started.

    Raises:
        NoTenant, WhichTenant: as named.
    """
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.tenants import reads

    known = []
    for tenant_id in reads.all_tenant_ids():
        with tenant_scope(tenant_id):
            known.append(reads.current_tenant())
    if not known:
        raise NoTenant
    matching = [each for each in known if wanted in (None, each.name, str(each.public_id))]
    if len(matching) != 1:
        raise WhichTenant(names=", ".join(f"{each.name} ({each.public_id})" for each in known))
    return matching[0]
