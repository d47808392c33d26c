"""Forms that many resources share: amounts, days, the stamp of a figure, a page of a list.

What a reader would get wrong: an amount is a string, because a JSON number is a float to most
programs. Its currency stands beside it, always.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field

from xindun.control.monitoring.values import Run
from xindun.kernel.money import minor_units

Amount = Annotated[
    str,
    Field(
        pattern=r"^-?[0-9]+(\.[0-9]+)?$",
        description="An exact decimal as text, with the decimals of its currency.",
        examples=["1250.00"],
    ),
]
Figure = Annotated[
    str,
    Field(
        pattern=r"^-?[0-9]+(\.[0-9]+)?$",
        description="An exact decimal as text: a share of 1, days, or points.",
        examples=["0.25"],
    ),
]
Currency = Annotated[
    str,
    Field(
        min_length=3,
        max_length=3,
        description="ISO 4217 code; XXX where the ledger names no currency.",
        examples=["EUR"],
    ),
]
MOST = 500
ORDINARY = 50


class Shape(Schema):
    """An answer: built here from values, never from outside."""


class Asked(BaseModel):
    """A body: a field that is not known is refused, not dropped."""

    model_config = ConfigDict(extra="forbid")


class Stamp(Shape):
    """Under what a figure was made."""

    run: UUID = Field(description="The review of the portfolio that made the figures.")
    as_of: date = Field(description="The day the figures are of; it ended in the company's zone.")
    known_at: datetime = Field(description="What the ledger knew when they were made.")
    ledger_version: int
    model_version: str
    stale: bool = Field(description="Whether the ledger has moved since; ask for a run then.")


class Paged(Shape):
    """A page of a list."""

    next: str | None = Field(
        description="Address of the next page; null on the last.",
        examples=["/api/v1/customers?limit=50&cursor=…"],
    )


class PageAsked(Schema):
    """Parameters of every list."""

    limit: int = Field(ORDINARY, ge=1, le=MOST, description="How many rows a page holds.")
    cursor: str | None = Field(
        None, max_length=2000, description="Where to go on: taken from `next`, never made up."
    )


class Narrowed(Schema):
    """The parameter of reads that can leave fields out."""

    fields: str | None = Field(
        None, max_length=2000, description="Only these fields of each row, separated by commas."
    )


def stamp_of(run: Run, *, stale: bool) -> Stamp:
    """The stamp of everything that a run made."""
    return Stamp(
        run=run.run_id,
        as_of=run.as_of,
        known_at=run.known_at,
        ledger_version=run.ledger_version,
        model_version=run.model_version,
        stale=stale,
    )


def money(amount: Decimal, currency: str) -> str:
    """An exact amount with the currency's decimals, or more where it has more.

    >>> money(Decimal("1250.0000"), "EUR"), money(Decimal("0.1250"), "EUR")
    ('1250.00', '0.125')
    """
    least = 2 if currency == "XXX" else minor_units(currency)
    text = f"{amount:f}"
    whole, _, decimals = text.partition(".")
    kept = decimals.rstrip("0").ljust(least, "0")
    return f"{whole}.{kept}" if kept else whole


def money_or_none(amount: Decimal | None, currency: str) -> str | None:
    """:func:`money`; null stays null."""
    return None if amount is None else money(amount, currency)


def figure(value: Decimal | int) -> str:
    """A plain figure as text, without zeros that say nothing.

    >>> figure(Decimal("12.5000")), figure(Decimal("100"))
    ('12.5', '100')
    """
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure_or_none(value: Decimal | int | None) -> str | None:
    """:func:`figure`; null stays null."""
    return None if value is None else figure(value)


def plain_params(params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of a code as JSON: figures and days as text, nothing rounded."""
    return {
        name: value if value is None or isinstance(value, bool | int | str | list) else str(value)
        for name, value in params.items()
    }
