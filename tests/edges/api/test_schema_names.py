"""Two classes of one name would be one schema, and the second would win silently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from enum import Enum
from typing import Any, get_args

from pydantic import BaseModel

from xindun.api.operations import operations_of
from xindun.api.v1.app import api


def classes_in(annotation: Any, seen: set[type]) -> None:
    """Every class that becomes a schema: models with what their fields hold, and enumerations."""
    for part in get_args(annotation):
        classes_in(part, seen)
    if not isinstance(annotation, type) or annotation in seen:
        return
    if issubclass(annotation, Enum):
        seen.add(annotation)
    elif issubclass(annotation, BaseModel):
        seen.add(annotation)
        for field in annotation.model_fields.values():
            classes_in(field.annotation, seen)


def declared() -> Iterator[Any]:
    """What each operation takes and what it answers; the library's own wrappers have no name."""
    for _path, operated in operations_of(api):
        for taken in (*operated.models, *operated.response_models.values()):
            for field in getattr(taken, "model_fields", {}).values():
                yield field.annotation


def test_no_two_classes_of_the_interface_are_one_schema() -> None:
    seen: set[type] = set()
    for annotation in declared():
        classes_in(annotation, seen)
    named: dict[str, list[str]] = defaultdict(list)
    for each in seen:
        named[each.__name__.removesuffix("Shape")].append(f"{each.__module__}.{each.__qualname__}")
    assert len(named) > 100
    assert {name: sorted(found) for name, found in named.items() if len(found) > 1} == {}
