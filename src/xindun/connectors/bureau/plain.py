"""Parts of decoded JSON whose shape nobody vouches for: another shape reads as empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TEXT_LENGTH = 500


def part(item: Any, name: str) -> Mapping[str, Any]:
    """The object below a name; an empty one where there is none."""
    found = item.get(name) if isinstance(item, dict) else None
    return found if isinstance(found, dict) else {}


def parts(item: Any, name: str) -> list[Mapping[str, Any]]:
    """The objects of the list below a name."""
    found = item.get(name) if isinstance(item, dict) else None
    return [each for each in (found if isinstance(found, list) else []) if isinstance(each, dict)]


def word(value: object) -> str:
    """A text, its white space collapsed and its length bounded; empty for anything else."""
    return " ".join(value.split())[:TEXT_LENGTH] if isinstance(value, str) else ""


def text(item: Any, name: str) -> str:
    """The text below a name; empty where there is none."""
    return word(item.get(name)) if isinstance(item, dict) else ""


def texts(item: Any, name: str) -> list[str]:
    """The texts of the list below a name."""
    found = item.get(name) if isinstance(item, dict) else None
    said = (word(each) for each in (found if isinstance(found, list) else []))
    return [each for each in said if each]
