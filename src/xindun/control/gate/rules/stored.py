"""Facts and verdicts as JSON and back, exactly: what a replay starts from.

What a reader would get wrong: the text is canonical (fields in the class's order, decimals as
written), so its hash stands for the facts.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any, TypeVar

from pydantic import TypeAdapter

from xindun.control.gate.values import Facts, Standing, Verdict

T = TypeVar("T")


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {
    kind: TypeAdapter(kind) for kind in (Facts, Standing, Verdict)
}


def json_of(value: Any) -> str:
    """Facts, a standing or a verdict as JSON."""
    return _ADAPTERS[type(value)].dump_json(value).decode()


def value_of(kind: type[T], text: str) -> T:
    """The value that ``json_of`` wrote."""
    found: T = _ADAPTERS[kind].validate_json(text)
    return found


def digest(text: str) -> str:
    """SHA-256 in hex."""
    return sha256(text.encode()).hexdigest()
