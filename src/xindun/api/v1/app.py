"""All resources of version 1 put together, and how each kind of failure becomes a problem.

What a reader would get wrong: an error that nobody expected is raised again. The transaction is
rolled back, Django logs it, and the middleware answers the problem.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from xindun.api import fields
from xindun.api.operations import check_guarded
from xindun.api.problems import (
    BadRequest,
    InvalidBody,
    InvalidParameter,
    MalformedBody,
    NothingHere,
    problem,
)
from xindun.api.v1 import (
    accounts,
    actions,
    ageing,
    bureau_reports,
    companies,
    company,
    company_file,
    credit_policy,
    customers,
    documents,
    evidence,
    files,
    grades,
    groups,
    imports,
    jobs,
    limits,
    orders,
    portfolio,
    reports,
    runs,
    scores,
    screening,
    securities,
    statement_files,
    statements,
)
from xindun.kernel.errors import DomainError
from xindun.kernel.words import translate
from xindun.prevention.credit_policy.actions import UnsoundCreditPolicy

VERSION = "1.0.0"
RESOURCES = (
    *(
        company,
        imports,
        customers,
        companies,
        groups,
        accounts,
        grades,
        scores,
        documents,
        ageing,
        portfolio,
        actions,
    ),
    *(runs, reports, jobs, evidence),
    *(company_file, files, bureau_reports),
    *(statements, statement_files),
    screening,
    credit_policy,
    orders,
    *(limits, securities),
)


class Renderer(JSONRenderer):
    """JSON in UTF-8: a Chinese name stays readable."""

    json_dumps_params = {"ensure_ascii": False}


def made() -> NinjaAPI:
    """The interface with every resource and every handler.

    Raises:
        UnguardedOperation: an operation names no permission.
    """
    found = NinjaAPI(
        title="Xindun API",
        version=VERSION,
        urls_namespace="api",
        docs_url=None,
        openapi_url=None,
        renderer=Renderer(),
    )
    for module in RESOURCES:
        found.add_router("", module.router)
    for kind, handler in HANDLERS.items():
        found.add_exception_handler(kind, handler)
    check_guarded(found)
    return found


def _refused(_request: HttpRequest, error: DomainError) -> HttpResponse:
    return problem(error)


def _unsound(_request: HttpRequest, error: UnsoundCreditPolicy) -> HttpResponse:
    said = translate(get_language() or "en")
    found = [(each.path, each.code, each.say(said)) for each in error.problems]
    return problem(error, fields.of_policy(found))


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    body = [each for each in error.errors if each["loc"][0] in ("body", "form", "file")]
    if body:
        return problem(InvalidBody(), fields.of_body(body))
    if any(each["loc"][0] == "path" for each in error.errors):
        return problem(NothingHere())
    return problem(InvalidParameter(), fields.of_parameters(error.errors))


def _malformed(_request: HttpRequest, _error: HttpError) -> HttpResponse:
    # The library raises this for a body that it cannot parse, and for nothing else used here.
    return problem(MalformedBody())


def _suspicious(_request: HttpRequest, _error: SuspiciousOperation) -> HttpResponse:
    return problem(BadRequest())


def _unexpected(_request: HttpRequest, error: Any) -> HttpResponse:
    raise error


HANDLERS: dict[type[Exception], Any] = {
    DomainError: _refused,
    UnsoundCreditPolicy: _unsound,
    ValidationError: _invalid,
    HttpError: _malformed,
    SuspiciousOperation: _suspicious,
    Exception: _unexpected,
}
api = made()
