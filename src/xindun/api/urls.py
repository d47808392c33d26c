"""The addresses under ``/api/``; whatever is not one of them is a problem, not a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from xindun.api.problems import NothingHere, problem
from xindun.api.v1.app import api


@csrf_exempt
def nothing_here(_request: HttpRequest) -> HttpResponse:
    """An address that the interface does not have."""
    return problem(NothingHere())


urlpatterns = [
    path("v1/", api.urls),
    re_path("", nothing_here, name="api-nothing"),
]
