"""What happens in one slice of a sample ledger: invoices, payments and the papers around them.

What a reader would get wrong: a slice is drawn from its own generator, seeded with (seed, slice
number), so a file of ten million invoices is written slice by slice with bounded memory and is
the same whatever was written before. Nothing after ``last_day`` is known: a payment that would
come later leaves its invoice open. Days count from 1970-01-01, amounts are in minor units.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xindun.cli.sample.buyers import (
    COUNTRIES,
    DECIMALS,
    UNITS_PER_USD,
    Floats,
    Ints,
    Population,
    Rng,
)

Flags = NDArray[np.bool_]

NO_DAY = np.int64(-1)
NOWHERE = np.int64(-1)

METHODS = ("cash", "bank_acceptance", "commercial_acceptance", "write_off")
CASH, BANK_BILL, COMMERCIAL_BILL, WRITE_OFF = range(4)
PAPERS = ("invoice", "credit_note", "receipt", "retention", "unbilled_delivery")
INVOICE, CREDIT_NOTE, RECEIPT, RETENTION, UNBILLED = range(5)


@dataclass(frozen=True)
class Invoices:
    """One entry an invoice, in the order of their numbers."""

    buyer: Ints
    number: Ints
    issued: Ints
    due: Ints
    amount: Ints
    currency: Ints
    disputed: Flags

    def __len__(self) -> int:
        return len(self.buyer)


@dataclass(frozen=True)
class Payments:
    """One entry a payment, by invoice (its place in the slice) and then by day."""

    invoice: Ints
    day: Ints
    amount: Ints
    method: Ints
    matures: Ints
    honoured: Ints
    dishonoured: Ints

    def __len__(self) -> int:
        return len(self.invoice)


@dataclass(frozen=True)
class Papers:
    """Other documents; ``applies_to`` is an invoice's place in the slice or NOWHERE."""

    kind: Ints
    buyer: Ints
    number: Ints
    issued: Ints
    due: Ints
    amount: Ints
    currency: Ints
    applies_to: Ints

    def __len__(self) -> int:
        return len(self.kind)


@dataclass(frozen=True)
class Slice:
    """What one stretch of days adds to the ledger, as known at the end of its last day."""

    invoices: Invoices
    payments: Payments
    papers: Papers


def simulate(
    people: Population,
    buyer: Ints,
    issued: Ints,
    first_number: int,
    last_day: int,
    rng: Rng,
) -> Slice:
    """The slice of these invoices (buyers and days of issue, in the order of their days)."""
    invoices = _invoices(people, buyer, issued, first_number, rng)
    credited = _credited(invoices, last_day, rng)
    payments = _payments(people, invoices, credited, last_day, rng)
    return Slice(invoices, payments, _papers(people, invoices, credited, last_day, rng))


def _invoices(
    people: Population, buyer: Ints, issued: Ints, first_number: int, rng: Rng
) -> Invoices:
    count = len(buyer)
    currency = people.currency[buyer]
    dollars = people.median_amount[buyer] * rng.lognormal(0.0, 0.7, count)
    minor = dollars * UNITS_PER_USD[currency] * 10.0 ** DECIMALS[currency]
    return Invoices(
        buyer=buyer,
        number=first_number + np.arange(count, dtype=np.int64),
        issued=issued,
        due=issued + people.terms_days[buyer],
        amount=np.maximum(np.rint(minor), 100).astype(np.int64),
        currency=currency,
        disputed=rng.random(count) < people.disputed[buyer],
    )


def _credited(invoices: Invoices, last_day: int, rng: Rng) -> tuple[Ints, Ints]:
    """Amount credited on each invoice (0 for most) and the day of the credit note."""
    count = len(invoices)
    likely = np.where(invoices.disputed, 0.35, 0.012)
    credited = np.where(rng.random(count) < likely, rng.uniform(0.03, 0.25, count), 0.0)
    day = working(invoices.issued + rng.integers(3, 30, count))
    amount = np.rint(invoices.amount * credited).astype(np.int64)
    return np.where(day <= last_day, amount, 0), day


def _paid_on(people: Population, invoices: Invoices, rng: Rng) -> Ints:
    """The day on which each invoice would be paid, were nobody to fail."""
    buyer, count = invoices.buyer, len(invoices)
    months = np.maximum(invoices.issued - people.active_from[buyer], 0) / 30.4
    delay = people.delay[buyer] + people.drift[buyer] * months
    delay = np.clip(delay, -10.0, 75.0) + people.spread[buyer] * rng.standard_normal(count)
    slow = people.slow_month[buyer]
    delay += np.where((slow > 0) & (np.abs(month_of(invoices.due) - slow) <= 1), 26.0, 0.0)
    delay += np.where(invoices.disputed, rng.uniform(25.0, 110.0, count), 0.0)
    delay += np.where(rng.random(count) < 0.006, rng.uniform(60.0, 280.0, count), 0.0)
    day = np.maximum(invoices.due + np.rint(delay).astype(np.int64), invoices.issued + 1)
    # 1970-01-01 was a Thursday, so day 1 was the first Friday.
    day = np.where(people.pays_on_fridays[buyer], day + (1 - day) % 7, day)
    return working(day)


def _payments(
    people: Population,
    invoices: Invoices,
    credited: tuple[Ints, Ints],
    last_day: int,
    rng: Rng,
) -> Payments:
    """Payments in one or two parts, by cash or bill, and what a failed buyer's debt became."""
    buyer, count = invoices.buyer, len(invoices)
    day = _paid_on(people, invoices, rng)
    owed = invoices.amount - credited[0]
    split = rng.random(count) < people.in_parts[buyer]
    first = np.where(split, np.rint(owed * rng.uniform(0.3, 0.7, count)).astype(np.int64), owed)
    second_day = working(day + rng.integers(10, 50, count))
    second_comes = split & (rng.random(count) < 0.93)
    by_bill = rng.random(count) < people.bill_share[buyer]
    bill = np.where(people.commercial_bills[buyer], COMMERCIAL_BILL, BANK_BILL)
    method = np.where(by_bill, bill, CASH).astype(np.int64)
    place = np.arange(count, dtype=np.int64)
    written = np.full(count, WRITE_OFF)
    lost = _written_off(people, invoices, day, last_day, rng)
    waived = working(second_day + rng.integers(60, 150, count))
    last = np.minimum(last_day, people.stops_paying[buyer] - 1)
    parts = [
        (place, day, first, method, day <= last),
        (place, second_day, owed - first, method, second_comes & (second_day <= last)),
        # A short payment that nobody completes is waived in the end.
        (place, waived, owed - first, written, split & ~second_comes & (waived <= last)),
        (place, lost, owed, written, lost <= last_day),
    ]
    kept = [tuple(column[keep] for column in columns) for *columns, keep in parts]
    joined = [np.concatenate(columns) for columns in zip(*kept, strict=True)]
    order = np.lexsort((joined[1], joined[0]))
    where, on, amount, how = (column[order].astype(np.int64) for column in joined)
    return Payments(where, on, amount, how, *_bills(people, buyer[where], on, how, last_day, rng))


def _written_off(
    people: Population, invoices: Invoices, day: Ints, last_day: int, rng: Rng
) -> Ints:
    """The day a failed buyer's unpaid invoice is written off, else a day after the last one."""
    failed = people.stops_paying[invoices.buyer]
    unpaid = (day >= failed) & (rng.random(len(invoices)) < 0.4)
    written = working(invoices.due + rng.integers(270, 330, len(invoices)))
    return np.where(unpaid & (written >= failed), written, last_day + 1)


def _bills(
    people: Population, buyer: Ints, on: Ints, how: Ints, last_day: int, rng: Rng
) -> tuple[Ints, Ints, Ints]:
    """Maturity, day honoured and day dishonoured of each payment; NO_DAY where none."""
    bill = (how == BANK_BILL) | (how == COMMERCIAL_BILL)
    matures = np.where(bill, working(on + rng.choice([90, 180], len(on))), NO_DAY)
    fails = matures >= people.stops_paying[buyer]
    bounces = (how == COMMERCIAL_BILL) & (fails | (rng.random(len(on)) < 0.015))
    reached = bill & (matures <= last_day)
    honoured = np.where(reached & ~bounces, matures, NO_DAY)
    return matures, honoured, np.where(reached & bounces, matures, NO_DAY)


def _papers(
    people: Population,
    invoices: Invoices,
    credited: tuple[Ints, Ints],
    last_day: int,
    rng: Rng,
) -> Papers:
    """Credit notes, receipts that name no invoice, retention money, goods not yet invoiced."""
    count = len(invoices)
    place = np.arange(count, dtype=np.int64)
    nowhere = np.full(count, NOWHERE)
    none = np.full(count, NO_DAY)
    soon = working(invoices.issued + rng.integers(1, 40, count))
    extra = np.rint(invoices.amount * rng.uniform(0.05, 0.4, count)).astype(np.int64)
    kept_back = np.rint(invoices.amount * 0.05 / 0.95).astype(np.int64)
    release = working(invoices.issued + 365)
    chinese = np.array([code == "CN" for code, *_ in COUNTRIES])[people.country[invoices.buyer]]
    free = (rng.random(count) < 0.0015) & (soon <= last_day) & (credited[0] == 0)
    ahead = (rng.random(count) < 0.0012) & (soon <= last_day)
    retained = people.retains[invoices.buyer]
    shipped = chinese & (invoices.issued > last_day - 10) & (rng.random(count) < 0.25)
    parts = [
        (CREDIT_NOTE, credited[1], none, credited[0], place, credited[0] > 0),
        (CREDIT_NOTE, soon, none, extra, nowhere, free),
        (RECEIPT, soon, none, extra, nowhere, ahead),
        (RETENTION, invoices.issued, release, kept_back, nowhere, retained),
        (UNBILLED, invoices.issued, none, extra, nowhere, shipped),
    ]
    tables = []
    for kind, issued, due, amount, applies_to, wanted in parts:
        keep = wanted & (amount > 0)
        tables.append(
            (
                np.full(int(keep.sum()), kind),
                invoices.buyer[keep],
                invoices.number[keep],
                issued[keep],
                due[keep],
                amount[keep],
                invoices.currency[keep],
                applies_to[keep],
            )
        )
    joined = [np.concatenate(column) for column in zip(*tables, strict=True)]
    return Papers(*(column.astype(np.int64) for column in joined))


def working(days: Ints) -> Ints:
    """The day itself, or the Monday after a weekend (weekends only, no holidays)."""
    # 1970-01-01 was a Thursday: (day + 3) % 7 is 5 on Saturday and 6 on Sunday.
    weekday = (days + 3) % 7
    return np.where(weekday >= 5, days + (7 - weekday), days)


def month_of(days: Ints) -> Ints:
    """Calendar month 1-12 of each day number."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12 + 1


def weights_in(people: Population, first: int, last: int) -> Floats:
    """Each buyer's share of the invoices issued in [first, last]; 0 outside its life."""
    alive = (people.active_from <= last) & (people.stops_buying > first)
    share: Floats = people.weight * alive
    return share
