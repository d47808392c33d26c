"""The models that come with the package."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Final

NAMES: Final = ("private", "listed")


def shipped(name: str) -> dict[str, Any]:
    """The body of a shipped model: private (statements alone) or listed (with market value)."""
    text = files("xindun.engine").joinpath("data", f"default_risk_{name}.json")
    body: dict[str, Any] = json.loads(text.read_text(encoding="utf-8"))
    return body
