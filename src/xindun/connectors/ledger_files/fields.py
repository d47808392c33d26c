"""The fields a ledger row can have, and the headers under which systems export them.

The vocabulary stands in ``layouts.yaml``: English and Chinese (simplified and traditional),
German for SAP. What a reader would get wrong: headers are compared after
:func:`headers.normalise`, so ``Due Date``, ``due_date`` and ``DUE-DATE`` are one entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

import yaml

Kind = Literal["text", "date", "amount", "word"]


@dataclass(frozen=True, slots=True)
class Field:
    """One canonical field: how its cells are read, and its known headers, preferred first."""

    kind: Kind
    headers: tuple[str, ...]


def load(name: str) -> dict[str, Any]:
    """One of the vocabularies that stand beside this module."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return cast(dict[str, Any], yaml.load(text, Loader=_LOADER))  # noqa: S506 - a safe loader


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LAYOUTS = load("layouts.yaml")

FIELDS: dict[str, Field] = {
    name: Field(entry["kind"], tuple(map(str, entry["headers"])))
    for name, entry in _LAYOUTS["fields"].items()
}
RECEIPT_NUMBERS: tuple[str, ...] = tuple(_LAYOUTS["receipt_numbers"])
CUSTOMER_FALLBACKS: tuple[str, ...] = tuple(_LAYOUTS["customer_fallbacks"])
INVOICE_REFERENCES: tuple[str, ...] = tuple(_LAYOUTS["invoice_references"])
LAYOUTS: dict[str, tuple[str, ...]] = {
    name: tuple(signature) for name, signature in _LAYOUTS["layouts"].items()
}
