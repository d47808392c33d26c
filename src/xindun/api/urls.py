"""The addresses under ``/api/``; whatever is not one of them is a problem, not a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from xindun.api import reference
from xindun.api.openapi import text as document_text
from xindun.api.operations import etag_of
from xindun.api.problems import NothingHere, problem
from xindun.api.v1.app import api


@csrf_exempt
def nothing_here(_request: HttpRequest) -> HttpResponse:
    """An address that the interface does not have."""
    return problem(NothingHere())


@csrf_exempt
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document; it is the same for everybody and needs no key."""
    content = document_text().encode()
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response.headers["ETag"] = etag_of(content)
    found = get_conditional_response(request, response["ETag"], response=response)
    return found or response


urlpatterns = [
    path("v1/openapi.json", openapi, name="api-openapi"),
    path("v1/docs", reference.page, name="api-docs"),
    path("v1/", api.urls),
    re_path("", nothing_here, name="api-nothing"),
]
