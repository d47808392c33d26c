"""What every answer tells the browser, and what is refused before it is read."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.edges.web.conftest import Company

TEMPLATES = Path(__file__).resolve().parents[3] / "src" / "xindun" / "web" / "templates"


def test_every_answer_is_strict(company: Company) -> None:
    for client, address in (
        (company.client, "/"),
        (company.client, "/no-such-page/"),
        (company.client, "/buyers/export/csv/"),
        (Client(), "/login/"),
        (Client(), "/"),
        (Client(), "/health/"),
    ):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy, address
        for part in ("default-src 'self'", "script-src 'self'", "style-src 'self'"):
            assert part in policy, address
        for part in ("object-src", "base-uri", "frame-ancestors", "frame-src", "worker-src"):
            assert f"{part} 'none'" in policy, address
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert "no-store" in headers["Cache-Control"] or "no-cache" in headers["Cache-Control"]
        assert "Server" not in headers


def test_no_template_needs_an_inline_style_or_script() -> None:
    inline = re.compile(r"\sstyle=|<style|\son\w+=|javascript:|<script(?![^>]*\bsrc=)", re.I)
    found = [path.name for path in TEMPLATES.rglob("*.html") if inline.search(path.read_text())]
    assert found == []


def test_a_large_body_is_refused_before_it_is_read(company: Company) -> None:
    large = b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    for client, address in (
        (Client(), "/login/"),
        (Client(), "/imports/"),
        (Client(), "/no-such-page/"),
        (company.client, "/language/"),
    ):
        file = SimpleUploadedFile("ledger.csv", large)
        answer = client.post(address, {"file": file})
        assert answer.status_code == 413, address
        assert "too large" in answer.content.decode()
        # Nobody looked at the body: it would be parsed by now.
        assert not hasattr(answer.wsgi_request, "_files"), address
    answer = Client().post("/api/v1/anything", large, content_type="text/csv")
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"


def test_a_large_ledger_is_taken_where_ledgers_belong(company: Company) -> None:
    rows = b"Acme,1,2025-01-31,2025-03-02,1.00,EUR\n" * 80_000
    head = b"customer_name,invoice_number,invoice_date,due_date,amount,currency\n"
    assert len(rows) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    answer = company.client.post("/imports/", {"file": SimpleUploadedFile("l.csv", head + rows)})
    assert answer.status_code == 302
