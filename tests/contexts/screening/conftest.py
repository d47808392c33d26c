"""A company with three parties, and lists to compare them with. All names are synthetic."""

from __future__ import annotations

from datetime import date

import pytest

from tests.contexts.tenants.conftest import NOW, Firm, open_firm
from xindun.record.parties import actions as parties
from xindun.record.parties.values import PartyValue
from xindun.record.screening import actions
from xindun.record.screening.values import (
    Entry,
    EntryKind,
    EntryName,
    ListCode,
    NameQuality,
    ReadList,
)
from xindun.record.tenants.values import Role


def entry(key: str, *names: str, country: str = "") -> Entry:
    """A company on a list."""
    main, *aliases = names
    return Entry(
        key,
        EntryKind.COMPANY,
        (EntryName(main), *(EntryName(each, NameQuality.ALIAS) for each in aliases)),
        countries=(country,) if country else (),
    )


def listed(code: ListCode, sha: str, *entries: Entry) -> ReadList:
    """A list file that was read."""
    return ReadList(code, date(2025, 6, 29), sha.ljust(64, "0"), entries)


@pytest.fixture
def firm(db: None) -> Firm:
    """Acme: Olga owns it, Carl manages credit, Anna is an analyst, Sam sells."""
    firm = open_firm()
    firm.joins("carl", Role.CREDIT_MANAGER)
    firm.joins("anna", Role.ANALYST)
    firm.joins("sam", Role.SALES)
    return firm


@pytest.fixture
def trio(firm: Firm) -> dict[str, PartyValue]:
    """Three parties by short names."""
    olga = firm.actor("olga")
    return {
        name: firm.does(parties.open_party, olga, full, country)
        for name, full, country in (
            ("north", "Nordwind Sample Shipping Ltd", "RU"),
            ("flower", "ООО Ромашка-Сэмпл", "RU"),
            ("clean", "Blue Meadow Dairy Cooperative", "DE"),
        )
    }


@pytest.fixture
def eu(firm: Firm) -> None:
    """Version 1 of the EU's list."""
    actions.load_public(
        listed(
            ListCode.EU, "e1", entry("EU.1", "NORDWIND SAMPLE SHIPPING"), entry("EU.2", "Other")
        ),
        now=NOW,
    )
