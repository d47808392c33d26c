"""What a worker does for all: take over the jobs of workers that were killed.

What a reader would get wrong: a killed worker's job stays "doing" for ever, and jobs that share its
lock never run. Every task can therefore be run again from the beginning.
"""

from __future__ import annotations

from procrastinate import JobContext
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from xindun.kit.jobs import app


@app.periodic(cron="* * * * *")
@app.task(name="kit.take_over", queue="kit", queueing_lock="kit.take_over", pass_context=True)
async def take_over(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - the tick
    """Put jobs whose worker gives no sign of life in line again."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            # Another job waits in the same place and will do its work.
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)
