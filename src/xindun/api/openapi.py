"""The OpenAPI 3.1 document: what the code declares, completed by what all operations share.

What a reader would get wrong: docs/reference/openapi.json is a copy of this, kept for readers of
the repository. A test compares the two; ``.venv/bin/python scripts/api_reference.py`` writes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from ninja.operation import Operation

from xindun.api.idempotency import HEADER, REPLAYED
from xindun.api.lists import row_shape_of
from xindun.api.operations import (
    JSON,
    READS,
    Rules,
    operation_id,
    operations_of,
    parameters_of,
    rules_of,
)
from xindun.api.problems import MEDIA_TYPE, TITLES
from xindun.api.v1.app import api
from xindun.record.tenants.values import Permission

Json = dict[str, Any]

ROOT = "/api/v1"
ABOUT = (
    "Another program does here what a member does on the screens. Every request carries an API"
    " key; amounts are exact decimals as text with their currency beside them; lists are walked by"
    " `next`; writes carry an Idempotency-Key; refusals are problems (RFC 9457)."
)
SCOPES = ", ".join(f"`{permission.value}`" for permission in Permission)
SECURITY = {
    "ApiKey": {
        "type": "http",
        "scheme": "bearer",
        "description": "`Authorization: Bearer xd_…`. What an operation needs of the key's scopes"
        f" stands beside it. All scopes: {SCOPES}.",
    }
}
HEADERS: Json = {
    "X-Request-Id": ("string", "The request's id: the caller's own if it sent a plain one."),
    "RateLimit-Limit": ("integer", "Requests a minute that the key may make."),
    "RateLimit-Remaining": ("integer", "Requests that could be made at once."),
    "RateLimit-Reset": ("integer", "Seconds until the whole share is there again."),
    "ETag": ("string", "Names this state; send it as If-None-Match or If-Match."),
    "Location": ("string", "Where the new resource is."),
    "Retry-After": ("integer", "Seconds to wait before asking again."),
    REPLAYED: ("string", "`true`: the answer to an earlier sending of the same request."),
}
ALWAYS = ("X-Request-Id", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
KEY_PARAMETER: Json = {
    "name": HEADER,
    "in": "header",
    "required": True,
    "description": "A fresh value for each intention; the same value and request are answered"
    " again for 48 hours instead of being done again.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
}
MATCH_PARAMETER: Json = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of the state that the write is meant for.",
    "schema": {"type": "string"},
}
LANGUAGE_PARAMETER: Json = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "description": "`en` or `zh`: the language of sentences.",
    "schema": {"type": "string", "enum": ["en", "zh"], "default": "en"},
}
MATCHED = frozenset({"start_import", "discard_import"})


@cache
def document() -> Json:
    """The whole document."""
    found: Json = json.loads(json.dumps(api.get_openapi_schema(path_prefix=f"{ROOT}/")))
    found["info"] = {
        "title": "Xindun API",
        "version": api.version,
        "summary": "Credit protection for companies that sell on open account.",
        "description": ABOUT,
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }
    found["servers"] = [{"url": "/", "description": "This installation."}]
    for path, operated in operations_of(api):
        item = found["paths"][_plain(ROOT + path)]
        for method in operated.methods:
            _complete(item[method.lower()], operated, rules_of(operated))
    components = found["components"]
    components["securitySchemes"] = SECURITY
    components["headers"] = {name: _header(*each) for name, each in HEADERS.items()}
    components["responses"] = {f"Problem{status}": _problem(status) for status in TITLES}
    components["schemas"] |= PROBLEM_SCHEMAS
    for name in _sparse_shapes():
        components["schemas"][name]["required"] = ["id"]
    found["tags"] = [{"name": name} for name in _tags(found)]
    return _without_unused(_renamed(_untitled(found)))


def text() -> str:
    """The document as it is served and committed."""
    return json.dumps(document(), ensure_ascii=False, indent=2) + "\n"


def _complete(item: Json, operated: Operation, rules: Rules) -> None:
    """One operation with its id, key, parameters and refusals."""
    item["operationId"] = operation_id(operated)
    item["security"] = [{"ApiKey": [rules.permission.value]}]
    item["x-permission"] = rules.permission.value
    item["parameters"] = [*map(_parameter, item["parameters"]), LANGUAGE_PARAMETER]
    writes = not set(operated.methods) & set(READS)
    if writes:
        item["parameters"].append(KEY_PARAMETER)
    if item["operationId"] in MATCHED:
        item["parameters"].append(MATCH_PARAMETER)
    if rules.sparse:
        names = sorted(row_shape_of(operated).model_fields)
        for each in item["parameters"]:
            if each["name"] == "fields":
                each |= {"style": "form", "explode": False}
                each["schema"] = {
                    "type": "array",
                    "items": {"type": "string", "enum": names},
                    "minItems": 1,
                }
    if rules.leaving is not None:
        item["deprecated"] = True
    if rules.offers != JSON:
        item["responses"]["200"]["content"] = {rules.offers: {"schema": {"type": "string"}}}
    _answers(item, operated, writes)


def _answers(item: Json, operated: Operation, writes: bool) -> None:
    """Headers of what succeeds, and every refusal that may come."""
    for status, answer in list(item["responses"].items()):
        names = [*ALWAYS, *(("Location",) if status in ("201", "202") else ())]
        names.append(REPLAYED if writes else "ETag")
        answer["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    if not writes:
        item["responses"]["304"] = {"description": "The caller has this state already."}
    statuses = {400, 401, 403, 404, 406, 410, 429, 500} if not writes else set(TITLES) - {405, 410}
    if not writes and not parameters_of(operated) & {"cursor"}:
        statuses.discard(410)
    if item["operationId"] in {"list_jobs", "list_imports", "list_runs", "get_company"}:
        statuses.discard(404)
    if item["operationId"] == "get_recognition":  # a file may be refused for what it holds
        statuses.add(422)
    # Without a company file.
    if item["operationId"] in {"list_statements", "get_ratios", "get_group"}:
        statuses.add(409)
    for status in sorted(statuses):
        item["responses"][str(status)] = {"$ref": f"#/components/responses/Problem{status}"}


def _parameter(each: Json) -> Json:
    """A parameter as plainly as it can be said: one that is left out is never null."""
    schema = each["schema"]
    schema.pop("description", None)
    parts = schema.pop("anyOf", None) or schema.pop("allOf", [])
    for part in parts:
        if part.get("type") != "null":
            schema |= part
    return each


def _header(kind: str, description: str) -> Json:
    return {"description": description, "schema": {"type": kind}}


def _problem(status: int) -> Json:
    names = ["X-Request-Id", *(("Retry-After",) if status == 429 else ())]
    found: Json = {
        "description": TITLES[status],
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in names},
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Refusal"}}},
    }
    return found


PROBLEM_SCHEMAS: Json = {
    "Refusal": {
        "type": "object",
        "description": "A refusal (RFC 9457). `code` and `type` are stable.",
        "properties": {
            "type": {"type": "string", "examples": ["urn:xindun:problem:unknown_buyer"]},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "For people, in their language."},
            "code": {"type": "string", "description": "For programs; see the list of problems."},
            "params": {"type": "object", "additionalProperties": {"type": "string"}},
            "request_id": {"type": "string", "description": "Quote it when you ask for help."},
            "errors": {"type": "array", "items": {"$ref": "#/components/schemas/FieldError"}},
        },
        "required": ["type", "title", "status", "detail", "code", "params", "request_id"],
    },
    "FieldError": {
        "type": "object",
        "description": "One field or parameter that is not what it must be.",
        "properties": {
            "code": {"type": "string"},
            "detail": {"type": "string"},
            "pointer": {"type": "string", "description": "RFC 6901 pointer into the body."},
            "parameter": {"type": "string"},
        },
        "required": ["code", "detail"],
    },
}


def _sparse_shapes() -> Iterator[str]:
    for _path, operated in operations_of(api):
        if rules_of(operated).sparse:
            yield row_shape_of(operated).__name__


def _tags(found: Json) -> list[str]:
    named = [each["tags"][0] for item in found["paths"].values() for each in item.values()]
    return list(dict.fromkeys(named))


def _plain(path: str) -> str:
    """``/customers/{uuid:customer_id}`` as the document has it."""
    head, mark, rest = path.partition("{")
    if not mark:
        return path
    name, _mark, tail = rest.partition("}")
    return f"{head}{{{name.rpartition(':')[2]}}}{_plain(tail)}"


def _untitled(node: Any) -> Any:
    """Without the titles that the library makes of field names: they say nothing."""
    if isinstance(node, list):
        return [_untitled(each) for each in node]
    if not isinstance(node, dict):
        return node
    titled = isinstance(node.get("title"), str) and ("type" in node or "anyOf" in node)
    return {
        name: _untitled(value) for name, value in node.items() if not (titled and name == "title")
    }


def _without_unused(found: Json) -> Json:
    """Only schemas that something refers to."""
    schemas = found["components"]["schemas"]
    while True:
        whole = json.dumps(found)
        unused = [name for name in schemas if f'#/components/schemas/{name}"' not in whole]
        if not unused:
            return found
        for name in unused:
            del schemas[name]


def _renamed(found: Json) -> Json:
    """Schemas by the names of things: ``Customer`` and not ``CustomerShape``."""
    whole = json.dumps(found)
    for name in found["components"]["schemas"]:
        short = name.removesuffix("Shape")
        if short != name:
            whole = whole.replace(f'schemas/{name}"', f'schemas/{short}"')
            whole = whole.replace(f'"{name}": {{', f'"{short}": {{')
    renamed: Json = json.loads(whole)
    return renamed
