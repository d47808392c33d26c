"""Pages for refusals and failures. The last one must not need a database or a session."""

# ruff: noqa: ARG001 - Django calls each of these with arguments that a page does not need.

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400."""
    return render(request, "web/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403, also for a missing or old CSRF token."""
    return render(request, "web/errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or came from elsewhere."""
    return render(request, "web/errors/csrf.html", status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404; also what belongs to somebody else."""
    return render(request, "web/errors/404.html", status=404)


def too_large(request: HttpRequest) -> HttpResponse:
    """413, before the body was read."""
    return render(request, "web/errors/413.html", status=413)


def too_many(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """429."""
    return render(request, "web/errors/429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, rendered without a request so that nothing else can fail."""
    return HttpResponse(loader.get_template("web/errors/500.html").render({}), status=500)
