"""Refusals as RFC 9457 problems: the one table of codes and statuses, and how one is written.

What a reader would get wrong: ``code`` and ``type`` are the stable part that a program tells
problems by; ``title`` and ``detail`` are sentences in the language of the reader. A refusal of
the record whose code is not in :data:`STATUSES` is 422: the request was understood and refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language

from xindun.kernel.errors import DomainError
from xindun.kernel.words import translate
from xindun.kit.middleware import current_request_id

MEDIA_TYPE = "application/problem+json"
REFUSED = 422
TYPE = "urn:xindun:problem:"


class MalformedBody(DomainError):
    """The body is not JSON."""

    code = "malformed_body"
    sentence = "The body is not well-formed JSON."


class UnknownParameter(DomainError):
    """The address carries a parameter that the operation does not have."""

    code = "unknown_parameter"
    sentence = "{parameter} is not a parameter of this operation."


class InvalidParameter(DomainError):
    """A parameter has a value that it cannot have."""

    code = "invalid_parameter"
    sentence = "A parameter has a value that it cannot have; see errors."


class UnknownRowField(DomainError):
    """``fields`` names a field that the rows do not have."""

    code = "unknown_row_field"
    sentence = "{field} is not a field of these rows; the fields are {fields}."


class InvalidCursor(DomainError):
    """The cursor was not made here, or for another list."""

    code = "invalid_cursor"
    sentence = "This cursor does not belong to this list; start again without one."


class CursorExpired(DomainError):
    """The figures that the list was read from are no longer kept."""

    code = "cursor_expired"
    sentence = "The run that this list was read from is no longer kept; start again."


class IdempotencyKeyMissing(DomainError):
    """A write came without a key."""

    code = "idempotency_key_missing"
    sentence = "A write needs the header Idempotency-Key, a fresh value for each new intention."


class IdempotencyKeyMalformed(DomainError):
    """The key is too long or not plain."""

    code = "idempotency_key_malformed"
    sentence = "An Idempotency-Key has 1 to 255 printable ASCII characters, none of them a space."


class IdempotencyKeyReused(DomainError):
    """The key was used for another request."""

    code = "idempotency_key_reused"
    sentence = "This Idempotency-Key was used for another request; take a fresh one."


class RequestInFlight(DomainError):
    """The same request is being worked on."""

    code = "request_in_flight"
    sentence = "A request with this Idempotency-Key is being worked on; ask again shortly."


class Unauthenticated(DomainError):
    """No valid key."""

    code = "unauthenticated"
    sentence = "This needs a valid API key in the header Authorization: Bearer."


class NoPermission(DomainError):
    """The key's scopes do not include what the operation needs."""

    code = "forbidden"
    sentence = "This request is not allowed."


class NothingHere(DomainError):
    """No such address, or nothing of this company's under it."""

    code = "not_found"
    sentence = "There is nothing at this address."


class MethodNotAllowed(DomainError):
    """The address has other methods."""

    code = "method_not_allowed"
    sentence = "This address does not take this method; see the header Allow."


class NotAcceptable(DomainError):
    """The caller accepts none of the forms of the answer."""

    code = "not_acceptable"
    sentence = "The answer comes as {offered}, which the header Accept leaves out."


class NoRunYet(DomainError):
    """Nothing was reviewed yet, for that day."""

    code = "no_run_yet"
    sentence = "There is no finished review of the portfolio for this day yet; ask for a run."


class PreconditionFailed(DomainError):
    """If-Match names another state."""

    code = "precondition_failed"
    sentence = "The resource has changed since you read it; read it again."


class BodyTooLarge(DomainError):
    """The body is larger than the operation takes."""

    code = "body_too_large"
    sentence = "The body is larger than this operation takes."


class UnsupportedMediaType(DomainError):
    """The body comes in a form that the operation does not read."""

    code = "unsupported_media_type"
    sentence = "The body must come as {accepted}."


class InvalidBody(DomainError):
    """The body is JSON, but not what the operation needs."""

    code = "invalid_body"
    sentence = "The body is not what this operation needs; see errors."


class TooManyRequests(DomainError):
    """The key has used up its share."""

    code = "too_many_requests"
    sentence = "Too many requests with this key; go on in {seconds} seconds."


class InternalError(DomainError):
    """An error of the server's."""

    code = "internal_error"
    sentence = "Something went wrong here. Nothing was changed; quote the request id to us."


class BadRequest(DomainError):
    """The request is malformed below the operation."""

    code = "bad_request"
    sentence = "The request is malformed."


STATUSES: dict[str, int] = {
    "bad_request": 400,
    "malformed_body": 400,
    "unknown_parameter": 400,
    "invalid_parameter": 400,
    "invalid_cursor": 400,
    "unknown_row_field": 400,
    "unknown_sort": 400,
    "idempotency_key_missing": 400,
    "idempotency_key_malformed": 400,
    "unauthenticated": 401,
    "forbidden": 403,
    "not_permitted": 403,
    "not_found": 404,
    "no_run_yet": 404,
    "not_graded": 404,
    "log_empty": 404,
    "no_such_record": 404,
    "not_in_log": 404,
    "unknown_action": 404,
    "unknown_batch": 404,
    "unknown_buyer": 404,
    "unknown_document": 404,
    "unknown_legal_entity": 404,
    "unknown_party": 404,
    "unknown_grade": 404,
    "unknown_job": 404,
    "unknown_order": 404,
    "unknown_decision": 404,
    "unknown_hold": 404,
    "unknown_run": 404,
    "unknown_fact": 404,
    "unknown_company_document": 404,
    "unknown_limit_request": 404,
    "unknown_security": 404,
    "no_authority": 403,
    "beyond_authority": 403,
    "own_limit_request": 403,
    "own_limit_request_too_early": 403,
    "limit_step_not_possible": 409,
    "limit_request_waits": 409,
    "security_not_open": 409,
    "bureau_enquiry_unknown": 404,
    "bureau_nothing_waits": 409,
    "no_statement_yet": 404,
    "no_such_hit": 404,
    "no_company_file": 409,
    "no_draft": 404,
    "unknown_policy_version": 404,
    "draft_moved": 409,
    "draft_submitted": 409,
    "already_proposed": 409,
    "order_number_taken": 409,
    "wrong_order_step": 409,
    "order_part_differs": 409,
    "prepayment_used": 409,
    "method_not_allowed": 405,
    "not_acceptable": 406,
    "request_in_flight": 409,
    "import_running": 409,
    "wrong_batch_step": 409,
    "cursor_expired": 410,
    "precondition_failed": 412,
    "body_too_large": 413,
    "unsupported_media_type": 415,
    "invalid_body": 422,
    "idempotency_key_reused": 422,
    "too_many_requests": 429,
    "internal_error": 500,
}
"""Code → status; every other refusal of the record is 422."""

TITLES: dict[int, str] = {
    400: "Malformed request",
    401: "Key needed",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Conflict",
    410: "Gone",
    412: "Precondition failed",
    413: "Too large",
    415: "Unsupported media type",
    422: "Refused",
    429: "Too many requests",
    500: "Internal error",
}

OF_STATUS: dict[int, type[DomainError]] = {
    400: BadRequest,
    401: Unauthenticated,
    403: NoPermission,
    404: NothingHere,
    405: MethodNotAllowed,
    409: RequestInFlight,
    412: PreconditionFailed,
    413: BodyTooLarge,
    429: TooManyRequests,
}
"""What an answer without a code of its own becomes; 500 where nothing fits."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field that is not what it must be.

    Attributes:
        code: what is wrong, stable.
        detail: the same as a sentence.
        pointer: RFC 6901 pointer into the body; None for a parameter.
        parameter: the parameter's name; None for a body.
    """

    code: str
    detail: str
    pointer: str | None = None
    parameter: str | None = None


def status_of(code: str) -> int:
    """The status of a code."""
    return STATUSES.get(code, REFUSED)


def body_of(error: DomainError, errors: Sequence[FieldError] = ()) -> dict[str, Any]:
    """A refusal as the members of a problem, in the language of the request."""
    said = translate(get_language() or "en")
    status = status_of(error.code)
    body: dict[str, Any] = {
        "type": f"{TYPE}{error.code}",
        "title": said(TITLES[status]),
        "status": status,
        "detail": error.say(said),
        "code": error.code,
        "params": {name: str(value) for name, value in error.params.items()},
        "request_id": current_request_id(),
    }
    if errors:
        body["errors"] = [
            {name: value for name, value in _members(each).items() if value is not None}
            for each in errors
        ]
    return body


def stored_problem(error: Mapping[str, Any]) -> dict[str, Any]:
    """A refusal that was kept as JSON (``code``, ``params``, ``sentence``) as a problem."""
    said = translate(get_language() or "en")
    code, params = str(error["code"]), dict(error.get("params") or {})
    sentence = said(str(error.get("sentence") or code))
    status = status_of(code)
    return {
        "type": f"{TYPE}{code}",
        "title": said(TITLES[status]),
        "status": status,
        "detail": sentence.format_map(_Blank(params)),
        "code": code,
        "params": {name: str(value) for name, value in params.items()},
    }


def problem(error: DomainError, errors: Sequence[FieldError] = ()) -> HttpResponse:
    """The answer that carries a refusal."""
    body = body_of(error, errors)
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=body["status"], content_type=MEDIA_TYPE
    )
    response.headers["Cache-Control"] = "no-store"
    if body["status"] == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="xindun"'
    if isinstance(error, RequestInFlight):
        response.headers["Retry-After"] = "1"
    return response


def of_status(status: int) -> HttpResponse:
    """A problem for an answer that came from below the operations with a bare status."""
    params = {"seconds": 60} if status == 429 else {}
    return problem(OF_STATUS.get(status, InternalError)(**params))


def _members(each: FieldError) -> dict[str, str | None]:
    return {name: getattr(each, name) for name in FieldError.__slots__}


class _Blank(dict[str, Any]):
    """A parameter that was not kept stands as a dash, never as an error."""

    def __missing__(self, key: str) -> str:
        return "–"
