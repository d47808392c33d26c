"""What a worker does for the parties: look for the companies of buyers that have none."""

from __future__ import annotations

from django.utils import timezone

from xindun.kit.jobs import app
from xindun.kit.tenancy import tenant_scope
from xindun.record.parties.actions import prepare_matches


@app.task(name="parties.prepare_matches", queue="parties")
def prepare(tenant_id: int) -> None:
    """Prepare candidates for every buyer without a company, one transaction a batch."""
    after: int | None = 0
    while after is not None:
        with tenant_scope(tenant_id):
            after = prepare_matches(after, now=timezone.now())
