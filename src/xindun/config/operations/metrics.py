"""Metrics in Prometheus' format.

What a reader would get wrong: requests are counted by several web processes, which share their
counts through files in ``PROMETHEUS_MULTIPROC_DIR`` (``xindun up`` empties it when it starts). What
the database knows is read when somebody asks, by whichever process answers. No label names a
company, a person or a customer.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from xindun.config.operations import state
from xindun.kit.logs import route_of
from xindun.kit.middleware import GetResponse

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
REQUESTS = Counter("xindun_http_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "xindun_http_request_seconds", "Seconds to answer a request.", ["route"], buckets=BUCKETS
)


class RequestMetrics:
    """Counts requests and their seconds, by route and never by path."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and count."""
        started = time.perf_counter()
        response = self.get_response(request)
        route = route_of(request)
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(method or "other", route, str(response.status_code)).inc()
        SECONDS.labels(route).observe(time.perf_counter() - started)
        return response


def exposed(now: datetime) -> tuple[bytes, str]:
    """Everything as text, and its content type."""
    registry = CollectorRegistry()
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_Requests())
    registry.register(_Installation(now))
    return generate_latest(registry), CONTENT_TYPE_LATEST


class _Requests:
    """What this one process counted, where processes share nothing."""

    def collect(self) -> Iterator[Metric]:
        for metric in REGISTRY.collect():
            if metric.name.startswith("xindun_"):
                yield metric


class _Installation:
    """What the database and the disk know at this moment."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterator[Metric]:
        build = GaugeMetricFamily("xindun_build_info", "Versions.", labels=list(state.versions()))
        build.add_metric(list(state.versions().values()), 1)
        yield build
        yield from self._jobs()
        yield from self._backlogs()
        database, disk = state.database(), state.disk()
        yield _gauge("xindun_database_bytes", "Size of the database.", database.size)
        yield _gauge("xindun_database_connections", "Connections in use.", database.connections)
        yield _gauge(
            "xindun_database_connections_most", "Connections allowed.", database.most_connections
        )
        yield _gauge("xindun_disk_free_bytes", "Room where the data home lies.", disk.free)
        yield _gauge("xindun_migrations_missing", "Not applied.", state.missing_migrations())

    def _jobs(self) -> Iterator[Metric]:
        jobs = GaugeMetricFamily("xindun_jobs", "Jobs.", labels=["queue", "state"])
        oldest = GaugeMetricFamily(
            "xindun_jobs_oldest_seconds", "How long the oldest job waits.", labels=["queue"]
        )
        for queue in state.queues(self.now):
            for name in ("waiting", "running", "failed"):
                jobs.add_metric([queue.name, name], getattr(queue, name))
            oldest.add_metric([queue.name], self._age(queue.oldest_at))
        yield jobs
        yield oldest
        seen = state.worker_seen_at()
        if seen is not None:
            yield _gauge(
                "xindun_worker_silent_seconds",
                "Since a worker gave a sign of life.",
                self._age(seen),
            )

    def _backlogs(self) -> Iterator[Metric]:
        evidence, outbox, webhooks = state.evidence(), state.outbox(), state.webhooks()
        for name, what, backlog in (
            ("xindun_evidence_pending", "Evidence records not sequenced", evidence),
            ("xindun_outbox_waiting", "Events not handed over", outbox),
            ("xindun_webhooks_waiting", "Webhook deliveries that wait", webhooks),
        ):
            yield _gauge(name, f"{what}.", backlog.waiting)
            age = self._age(backlog.oldest_at)
            yield _gauge(f"{name}_oldest_seconds", f"{what}: age of the oldest.", age)
        yield _gauge("xindun_webhooks_dead", "Webhook deliveries given up.", webhooks.dead)

    def _age(self, at: datetime | None) -> float:
        return 0.0 if at is None else max(0.0, (self.now - at).total_seconds())


def _gauge(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(name, what, value=value)
