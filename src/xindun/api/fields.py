"""What is wrong with a parameter or a field of a body, as codes and sentences.

What a reader would get wrong: the codes are those of the validation library, which are stable;
its English messages are not used, because they could not be told in Chinese.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language

from xindun.api.problems import FieldError
from xindun.kernel.words import translate

SENTENCES: dict[str, str] = {
    "missing": "This is needed.",
    "extra_forbidden": "There is no such field.",
    "enum": "Use one of {expected}.",
    "literal_error": "Use one of {expected}.",
    "int_parsing": "Use a whole number.",
    "int_type": "Use a whole number.",
    "bool_parsing": "Use true or false.",
    "bool_type": "Use true or false.",
    "string_type": "Use text.",
    "string_too_long": "Use at most {max_length} characters.",
    "string_too_short": "Use at least {min_length} characters.",
    "string_pattern_mismatch": "Use the pattern {pattern}.",
    "greater_than_equal": "Use at least {ge}.",
    "less_than_equal": "Use at most {le}.",
    "date_from_datetime_parsing": "Use a day like 2025-06-30.",
    "date_parsing": "Use a day like 2025-06-30.",
    "uuid_parsing": "Use an id as this interface gives it.",
    "model_attributes_type": "Use a JSON object.",
    "dict_type": "Use a JSON object.",
}
OTHERWISE = "This value cannot be taken."


def of_parameters(errors: Sequence[Mapping[str, Any]]) -> list[FieldError]:
    """Errors in the address or the headers, by the parameter's name."""
    return [_error(each, parameter=str(each["loc"][-1])) for each in errors]


def of_body(errors: Sequence[Mapping[str, Any]]) -> list[FieldError]:
    """Errors in the body, by a pointer.

    ``loc`` begins with ``body`` and the argument's name; of a form, with ``form`` or ``file`` only.
    """
    return [
        _error(each, pointer=_pointer(each["loc"][2 if each["loc"][0] == "body" else 1 :]))
        for each in errors
    ]


def of_policy(found: Iterable[tuple[tuple[str, ...], str, str]]) -> list[FieldError]:
    """What is wrong with a credit policy, by a pointer into the body's ``policy``.

    Args:
        found: place, code and sentence of each problem.
    """
    return [
        FieldError(code=code, detail=detail, pointer=_pointer(("policy", *path)))
        for path, code, detail in found
    ]


def _error(found: Mapping[str, Any], **where: str) -> FieldError:
    said = translate(get_language() or "en")
    code, context = str(found["type"]), found.get("ctx") or {}
    try:
        detail = said(SENTENCES.get(code, OTHERWISE)).format_map(context)
    except KeyError:
        detail = said(OTHERWISE)
    return FieldError(code=code, detail=detail, **where)


def _pointer(steps: Sequence[object]) -> str:
    """RFC 6901: ``~`` and ``/`` inside a step are escaped."""
    return "#" + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)
