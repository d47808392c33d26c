"""What a worker does for the evidence beside sequencing: ask for time stamps."""

from __future__ import annotations

from django.utils import timezone

from xindun.kit.jobs import app
from xindun.record.evidence.actions import stamp_logs


@app.periodic(cron="* * * * *")
@app.task(name="evidence.stamp", queue="evidence", queueing_lock="evidence.stamp")
def stamp(timestamp: int) -> None:  # noqa: ARG001 - the scheduler passes its tick
    """Stamp every log whose turn it is; nothing without an authority."""
    stamp_logs(clock=timezone.now)
