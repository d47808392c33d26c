"""The log: who, in which request or job, and nothing that must stay secret.

What a reader would get wrong: the access log names a request by its route, such as
``buyers/<uuid:public_id>/``, never by its path, because paths name customers and may carry tokens.
Redaction works on the finished line, so that an exception's text passes through it too.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from procrastinate.app import App
from procrastinate.job_context import JobContext
from pythonjsonlogger.core import LogData
from pythonjsonlogger.json import JsonFormatter

from xindun.kit.middleware import GetResponse, current_request_id
from xindun.kit.redaction import redacted, redacted_value
from xindun.kit.tenancy import current_tenant_id, has_tenant

access = logging.getLogger("xindun.access")
UNROUTED = "(no route)"

_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)
_task: ContextVar[str] = ContextVar("task", default="")


class Surroundings(logging.Filter):
    """Adds request id, tenant id, actor and task to every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, with what surrounds it."""
        request = _request.get()
        record.request_id = current_request_id()
        record.tenant = getattr(record, "tenant", None) or (
            current_tenant_id() if has_tenant() else getattr(request, "log_tenant", None)
        )
        record.actor = getattr(getattr(request, "actor", None), "name", "")
        record.task = _task.get()
        return True


class LineFormatter(logging.Formatter):
    """A line for people."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without secrets."""
        return redacted(super().format(record))


class ObjectFormatter(JsonFormatter):
    """One JSON object a line, for programs."""

    def __init__(self) -> None:
        super().__init__(
            "%(levelname)s %(name)s %(message)s %(request_id)s %(tenant)s %(actor)s %(task)s",
            rename_fields={"levelname": "level", "name": "logger"},
            timestamp="time",
            json_ensure_ascii=False,
        )

    def process_log_record(self, log_data: LogData) -> LogData:
        """Nothing empty, no objects of the framework's, no secrets."""
        kept = {
            name: redacted_value(value)
            for name, value in super().process_log_record(log_data).items()
            if value not in ("", None) and name not in ("request", "response", "server_time")
        }
        # The time of the record is a date until it is serialised.
        return {**kept, "time": log_data["time"]} if "time" in log_data else kept


class AccessLog:
    """One record a request, when it is answered: method, route, status, milliseconds."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and say how it went."""
        token, started = _request.set(request), time.perf_counter()
        try:
            response = self.get_response(request)
            milliseconds = (time.perf_counter() - started) * 1000
            route = route_of(request)
            access.info(
                "%s %s %s",
                *(request.method, route, response.status_code),
                extra={
                    "method": request.method,
                    "route": route,
                    "status": response.status_code,
                    "milliseconds": round(milliseconds, 1),
                    "tenant": getattr(request, "log_tenant", None),
                },
            )
        finally:
            _request.reset(token)
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Inside the tenant's scope: remember whose request it is for the line written outside."""
        if has_tenant():
            request.log_tenant = current_tenant_id()  # type: ignore[attr-defined]


def route_of(request: HttpRequest) -> str:
    """The pattern that a request's address matched; one word for those that matched none."""
    match = request.resolver_match
    return f"/{match.route}" if match else UNROUTED


async def name_task(
    call_next: Callable[[], Awaitable[Any]], context: JobContext, _worker: Any
) -> Any:
    """A worker's middleware: what is logged during a job names its task."""
    token = _task.set(context.job.task_name)
    try:
        return await call_next()
    finally:
        _task.reset(token)


def name_tasks(app: App) -> None:
    """Called by Procrastinate when its app is ready."""
    before = app.worker_defaults.get("worker_middleware") or []
    app.worker_defaults["worker_middleware"] = [*before, name_task]
