"""A credit policy as plain JSON and back.

What a reader would get wrong: the stored form is the content only. Number and moment belong to the
version, so equal rules have equal hashes whoever agreed to them and when. Numbers are text without
needless zeros (``"0.3"``), so that 0.30 and 0.3 are the same policy.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from xindun.prevention.credit_policy.rules.problems import Problem, UnsoundCreditPolicy
from xindun.prevention.credit_policy.values import CreditPolicy

VERSION_FIELDS: Final = ("number", "effective_from", "content_hash")
LONGEST_NUMBER: Final = 30
_READER: Final = TypeAdapter(CreditPolicy)
_CODES: Final = {
    "missing": "missing",
    "unexpected_keyword_argument": "unknown_field",
    "enum": "unknown_word",
    "int_parsing": "not_whole",
    "int_from_float": "not_whole",
    "int_type": "not_whole",
    "decimal_parsing": "not_a_number",
    "decimal_type": "not_a_number",
    "finite_number": "not_a_number",
    "bool_parsing": "not_yes_or_no",
    "bool_type": "not_yes_or_no",
}


def policy_of(plain: Any, *, number: int, effective_from: datetime) -> CreditPolicy:
    """A policy from its plain form, of the right types but not yet checked to be sound.

    Raises:
        UnsoundCreditPolicy: a field is missing, unknown or of another type.
    """
    if not isinstance(plain, Mapping):
        raise UnsoundCreditPolicy([Problem((), "not_readable")])
    given = [name for name in VERSION_FIELDS if name in plain]
    if given:
        raise UnsoundCreditPolicy([Problem((name,), "unknown_field") for name in given])
    moment = {"number": number, "effective_from": effective_from, "content_hash": b""}
    try:
        read = _READER.validate_python({**plain, **moment})
    except ValidationError as error:
        raise UnsoundCreditPolicy([_problem(each) for each in error.errors()]) from error
    return replace(read, content_hash=hash_of(read))


def json_of(policy: CreditPolicy) -> dict[str, Any]:
    """The content as plain JSON, in the order in which people read it."""
    content = asdict(policy)
    for name in VERSION_FIELDS:
        del content[name]
    for segment in content["segments"]:
        rules = segment.pop("rules")  # last, below whom they are for
        segment["rules"] = [
            {name: value for name, value in rule.items() if value not in (None, ())}
            for rule in rules
        ]
    plain: dict[str, Any] = _plain(content)
    return plain


def hash_of(policy: CreditPolicy) -> bytes:
    """SHA-256 over the content as JSON with sorted keys and no white space."""
    text = json.dumps(json_of(policy), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).digest()


def number_text(value: Decimal) -> str:
    """A decimal without needless zeros and without an exponent.

    A number that no policy can hold keeps its exponent: a few characters must not become millions.

    >>> number_text(Decimal("0.30")), number_text(Decimal("1E+4"))
    ('0.3', '10000')
    """
    short = value.normalize()
    return format(short, "f") if abs(short.adjusted()) <= LONGEST_NUMBER else str(short)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, str) else value


def _problem(error: Mapping[str, Any]) -> Problem:
    path = tuple(str(step) for step in error["loc"])
    code = _CODES.get(str(error["type"]), "not_readable")
    expected = str((error.get("ctx") or {}).get("expected", ""))
    words = expected.replace(" or ", ", ").replace("'", "")
    return Problem(path, code, {"expected": words} if words else {})
