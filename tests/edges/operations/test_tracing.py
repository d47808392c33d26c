"""Traces are made when they are asked for, and name no path."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.test import Client

from xindun.config import tracing


def test_without_the_variable_nothing_is_imported() -> None:
    code = (
        "import sys; from xindun.config.tracing import start_tracing; start_tracing();"
        "sys.exit(any(name.startswith('opentelemetry') for name in sys.modules))"
    )
    env = {"PATH": "/usr/bin:/bin"}
    assert subprocess.run([sys.executable, "-c", code], env=env, check=False).returncode == 0


def test_asking_without_the_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(tracing.ENDPOINT, "http://127.0.0.1:4318")
    for name in ("opentelemetry.exporter.otlp.proto.http.trace_exporter",):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(tracing.TracingMissing):
        tracing.start_tracing()


@pytest.mark.django_db
def test_a_request_and_its_queries_are_one_trace_without_path() -> None:
    pytest.importorskip("opentelemetry.sdk", reason="needs the extra xindun[otel]")
    from opentelemetry.instrumentation.django import DjangoInstrumentor
    from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    memory = InMemorySpanExporter()
    provider = tracing.instrument(SimpleSpanProcessor(memory))
    try:
        Client().get("/buyers/01973c5e-0000-7000-8000-000000000000/?q=secret")
    finally:
        DjangoInstrumentor().uninstrument()
        PsycopgInstrumentor().uninstrument()
        provider.shutdown()
    spans = memory.get_finished_spans()
    assert [span.name for span in spans if span.parent is None] == ["GET buyers/<uuid:public_id>/"]
    text = " ".join(span.to_json() for span in spans)
    assert "01973c5e" not in text
    assert "secret" not in text
