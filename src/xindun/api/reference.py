"""The reference that people read: the OpenAPI document as one page, in English or Chinese.

What a reader would get wrong: the page is rendered here and carries no viewer, so it works
without scripts, behind a firewall and under a strict content security policy. The language is
the browser's, or that of ``?lang=``.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from xindun.api.openapi import document
from xindun.kernel.words import language_of, translate

LABELS = {
    "title": "API reference",
    "about": (
        "Another program does here what a member does on the screens. Every request carries an API"
        " key. Amounts are exact decimals as text with their currency beside them. Lists are"
        " walked by next. Writes carry an Idempotency-Key. Refusals are problems by RFC 9457."
    ),
    "version": "Version",
    "download": "The OpenAPI document",
    "needs": "Needs the scope",
    "parameters": "Parameters",
    "name": "Name",
    "place": "Where",
    "kind": "Kind",
    "meaning": "Meaning",
    "required": "required",
    "body": "Body",
    "answers": "Answers",
    "shapes": "Shapes",
    "field": "Field",
    "console": "To the console",
}
LONGEST_KIND = 30
SUCCEEDS = ("200", "201", "202")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The whole reference; it is the same for everybody and needs no key."""
    asked = request.GET.get("lang", "")
    language = language_of(asked or get_language() or "en")
    said = translate(language)
    whole = document()
    context = {
        "words": {name: said(text) for name, text in LABELS.items()},
        "html_lang": "zh-Hans" if language == "zh" else "en",
        "other_lang": "en" if language == "zh" else "zh",
        "version": whole["info"]["version"],
        "groups": _groups(whole, said),
        "shapes": [
            {"name": name, "about": _said(said, each), "rows": _fields(each, said)}
            for name, each in sorted(whole["components"]["schemas"].items())
        ],
    }
    response = render(request, "api/reference.html", context)
    response.headers["Content-Language"] = "zh-hans" if language == "zh" else "en"
    return response


def _groups(whole: dict[str, Any], said: Any) -> list[dict[str, Any]]:
    """Operations by their tag, in the document's order."""
    groups: dict[str, list[dict[str, Any]]] = {each["name"]: [] for each in whole["tags"]}
    for path, item in whole["paths"].items():
        for method, each in item.items():
            groups[each["tags"][0]].append(_operation(path, method, each, said))
    return [{"name": said(name), "operations": found} for name, found in groups.items()]


def _operation(path: str, method: str, each: dict[str, Any], said: Any) -> dict[str, Any]:
    content = each.get("requestBody", {}).get("content", {})
    return {
        "id": each["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": said(each["summary"]),
        "about": _said(said, each),
        "scope": each["x-permission"],
        "deprecated": each.get("deprecated", False),
        "parameters": [
            {
                "name": one["name"],
                "place": one["in"],
                "required": one.get("required", False),
                "about": _said(said, one),
                **_kind(one["schema"]),
            }
            for one in each["parameters"]
        ],
        "bodies": [{"form": form, **_kind(one["schema"])} for form, one in content.items()],
        "answers": [
            {"status": status, **_answer(one)}
            for status, one in each["responses"].items()
            if status in SUCCEEDS
        ],
        "refusals": [status for status in each["responses"] if status not in SUCCEEDS],
        "curl": _curl(path, method, content),
    }


def _said(said: Any, each: dict[str, Any]) -> str:
    text = _about(each)
    return str(said(text)) if text else ""


def _answer(one: dict[str, Any]) -> dict[str, str]:
    for form, each in one.get("content", {}).items():
        return {"form": form, **_kind(each["schema"])}
    return {"form": "", "kind": "", "shape": "", "values": ""}


def _fields(schema: dict[str, Any], said: Any) -> list[dict[str, Any]]:
    """The rows of a shape's table; an enumeration is one row with its values."""
    if "enum" in schema:
        return [{"name": "", "about": "", "required": False, **_kind(schema)}]
    needed = schema.get("required", [])
    return [
        {
            "name": name,
            "required": name in needed,
            "about": _said(said, each),
            **_kind(each),
        }
        for name, each in schema.get("properties", {}).items()
    ]


def _kind(schema: dict[str, Any]) -> dict[str, str]:
    """What a value is, in short, the shape it has by name, and a long list of values apart."""
    found = _short(schema)
    if len(found["kind"]) <= LONGEST_KIND:
        return {**found, "values": ""}
    return {"kind": "enum", "shape": found["shape"], "values": found["kind"]}


def _short(schema: dict[str, Any]) -> dict[str, str]:
    if "$ref" in schema:
        return {"kind": "", "shape": schema["$ref"].rpartition("/")[2]}
    for each in ("anyOf", "allOf"):
        if each in schema:
            parts = [_short(part) for part in schema[each]]
            shape = next((part["shape"] for part in parts if part["shape"]), "")
            kinds = [part["kind"] for part in parts if part["kind"]]
            return {"kind": " | ".join(kinds), "shape": shape}
    if "enum" in schema:
        return {"kind": " | ".join(map(str, schema["enum"])), "shape": ""}
    if schema.get("type") == "array":
        inner = _short(schema.get("items", {}))
        return {"kind": f"[{inner['kind']}]" if inner["kind"] else "[ ]", "shape": inner["shape"]}
    text = schema.get("format") or schema.get("type", "")
    bounds = [f"{schema[name]}" for name in ("minimum", "maximum") if name in schema]
    return {"kind": f"{text} {'–'.join(bounds)}".strip(), "shape": ""}


def _curl(path: str, method: str, content: dict[str, Any]) -> str:
    lines = [f'curl "$XINDUN{path}" -H "Authorization: Bearer $KEY"']
    if method != "get":
        lines.append('-H "Idempotency-Key: $(uuidgen)"')
        if "multipart/form-data" in content:
            lines.append("-F file=@ledger.csv")
        elif "application/json" in content:
            lines.append("-H \"Content-Type: application/json\" -d '{}'")
        else:
            lines.append("-X POST")
    return " \\\n  ".join(lines)


def sentences() -> list[str]:
    """Every English text of the page that a reader of Chinese reads in Chinese."""
    whole = document()
    found = [*LABELS.values(), *(each["name"] for each in whole["tags"])]
    for each in [each for item in whole["paths"].values() for each in item.values()]:
        found += [each["summary"], _about(each)]
        found += [_about(one) for one in each["parameters"]]
    for shape in whole["components"]["schemas"].values():
        found += [_about(shape), *map(_about, shape.get("properties", {}).values())]
    return list(dict.fromkeys(text for text in found if text))


def _about(each: dict[str, Any]) -> str:
    """A description as one line of plain text."""
    return " ".join(each.get("description", "").replace("`", "").split())
