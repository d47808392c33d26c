"""From public figures to labels."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from xindun.record.reference.reads.tables import (
    public_countries,
    public_sectors,
    sector_of_gbt,
)
from xindun.record.reference.rules import (
    LONGEST_OVERRIDE,
    BadOverride,
    BadOverrideDay,
    check_override,
    frequency_label,
    governance_label,
    governance_mean,
    transfer_label,
    worst,
)
from xindun.record.reference.values import Pillar, RiskLabel

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("oecd_class", "label"),
    [
        *(("0", RiskLabel.LOW), ("2", RiskLabel.LOW), ("3", RiskLabel.MEDIUM)),
        *(("5", RiskLabel.SENSITIVE), ("6", RiskLabel.HIGH), ("7", RiskLabel.HIGH)),
        *(("HIC", None), ("NC", None), (None, None)),
    ],
)
def test_only_a_class_has_a_label_of_transfer_risk(
    oecd_class: str | None, label: RiskLabel | None
) -> None:
    assert transfer_label(oecd_class) == label


def test_labels_change_at_their_bounds() -> None:
    said = [governance_label(Decimal(x)) for x in ("1.0", "0.999", "0.2", "-0.5", "-0.501")]
    assert said == ["low", "medium", "medium", "sensitive", "high"]
    said = [frequency_label(Decimal(x)) for x in ("0.69", "0.7", "1.09", "1.1", "1.49", "1.5")]
    assert said == ["low", "medium", "medium", "sensitive", "sensitive", "high"]
    assert governance_mean([Decimal(1)] * 3) is None
    assert worst([None, RiskLabel.MEDIUM, RiskLabel.LOW]) == RiskLabel.MEDIUM
    assert worst([None]) is None


def test_at_least_200_countries_have_a_slot_that_says_its_source() -> None:
    slots = public_countries().values()
    assert len(slots) >= 200
    for each in slots:
        assert each.oecd_source if each.oecd_class else each.oecd_note
        assert (each.governance_mean is None) == (each.wgi_source == "")
        assert (each.oecd_as_of is None) == (each.oecd_class is None)
        assert (each.label is None) == (each.transfer is None and each.governance is None)


def test_an_unclassified_country_is_labelled_by_its_governance_alone() -> None:
    germany, argentina, neither = (public_countries()[code] for code in ("DE", "AR", "SX"))
    assert (germany.oecd_class, germany.transfer, germany.label) == ("HIC", None, "low")
    assert (argentina.transfer, argentina.governance, argentina.label) == (
        "high",
        "sensitive",
        "high",
    )
    assert (neither.oecd_class, neither.label) == ("NC", None)


def test_a_pillar_without_a_source_is_not_known() -> None:
    construction, finance = public_sectors()["F"], public_sectors()["K"]
    assert construction.relative == Decimal("1.30")
    assert construction.pillars[Pillar.BUSINESS_ENVIRONMENT] == construction.label == "sensitive"
    assert construction.known_pillars == 1
    assert construction.pillars[Pillar.DEMAND] is None
    assert (finance.known_pillars, finance.relative, finance.label) == (0, None, None)
    assert sector_of_gbt("E") == "F"
    assert sector_of_gbt("Z") is None


def test_an_override_needs_a_reason_and_an_end() -> None:
    assert check_override("  war ", TODAY + timedelta(days=1), TODAY) == "war"
    for reason in (" ", "x" * 1001):
        with pytest.raises(BadOverride):
            check_override(reason, TODAY + timedelta(days=1), TODAY)
    for end in (TODAY, TODAY + LONGEST_OVERRIDE + timedelta(days=1)):
        with pytest.raises(BadOverrideDay):
            check_override("war", end, TODAY)
