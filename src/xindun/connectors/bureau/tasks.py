"""What a worker does for bureaus.

What a reader would get wrong: an enquiry that a killed worker had begun is not begun again, because
its last order may have been answered and billed. The order stays open and counted; after half an
hour somebody may ask anew.
"""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from xindun.connectors.bureau import actions
from xindun.connectors.bureau.actions.enquire import WORK_TASK
from xindun.kit.jobs import app
from xindun.kit.outgoing import send

QUEUE = "bureau"


@app.task(name=WORK_TASK, queue=QUEUE)
def work(tenant_id: int, enquiry: str) -> None:
    """Read a file or ask the sources for one enquiry."""
    actions.work(tenant_id, UUID(enquiry), clock=timezone.now, send=send)
