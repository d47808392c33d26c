"""Traces by OpenTelemetry, for those who ask for them.

What a reader would get wrong: nothing of OpenTelemetry's is imported unless the standard variable
``OTEL_EXPORTER_OTLP_ENDPOINT`` is set. It sends there by itself, not through ``kit/outgoing``: the
address is an administrator's, not one that somebody typed into a form.
"""

from __future__ import annotations

import os
from typing import Any

from xindun.kernel.errors import DomainError

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
# Statements are recorded without their values, requests without headers and queries.
URL_PARTS = ("http.target", "http.url", "url.full", "url.path", "url.query", "http.user_agent")


class TracingMissing(DomainError):
    """Traces are asked for, and the extra is not installed."""

    code = "tracing_missing"
    sentence = (
        "OTEL_EXPORTER_OTLP_ENDPOINT is set; install the extra first: pip install xindun[otel]."
    )


def start_tracing() -> None:
    """Send traces of requests and queries where the environment says; else do nothing.

    Raises:
        TracingMissing: as named.
    """
    if not os.environ.get(ENDPOINT):
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise TracingMissing from error
    instrument(BatchSpanProcessor(OTLPSpanExporter()))


def instrument(processor: Any) -> Any:
    """Trace requests and queries into ``processor``; returns the provider, to be shut down."""
    from opentelemetry.instrumentation.django import DjangoInstrumentor
    from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    os.environ.setdefault("OTEL_SERVICE_NAME", "xindun")
    provider = TracerProvider(resource=Resource.create())
    provider.add_span_processor(processor)
    DjangoInstrumentor().instrument(
        tracer_provider=provider, request_hook=_without_paths, is_sql_commentor_enabled=False
    )
    PsycopgInstrumentor().instrument(tracer_provider=provider, enable_commenter=False)
    return provider


def _without_paths(span: Any, _request: Any) -> None:
    """The route names a request; its path names a customer and may carry a token."""
    for name in URL_PARTS:
        if name in (span.attributes or {}):
            span.set_attribute(name, "")
