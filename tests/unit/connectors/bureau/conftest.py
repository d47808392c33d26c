"""Synthetic files in the publishers' formats; every name and number in them is made up."""

from __future__ import annotations

from typing import Any

import pytest
from stdnum.iso7064 import mod_97_10


def lei_of(number: int) -> str:
    """A LEI with right check digits that no issuer gives out (prefix 0000)."""
    stem = f"0000{number:014d}"
    return stem + mod_97_10.calc_check_digits(stem)


def level_1(number: int = 1, **entity: Any) -> dict[str, Any]:
    """A level 1 record as in the golden copy."""
    address = {
        "@xml:lang": "de",
        "FirstAddressLine": {"$": "Musterweg 1"},
        "AdditionalAddressLine": [{"$": "Hinterhaus"}],
        "City": {"$": "Musterstadt"},
        "Region": {"$": "DE-BE"},
        "Country": {"$": "DE"},
        "PostalCode": {"$": "10000"},
    }
    return {
        "LEI": {"$": lei_of(number)},
        "Entity": {
            "LegalName": {"@xml:lang": "de", "$": "Synthetic  Muster GmbH"},
            "OtherEntityNames": {
                "OtherEntityName": [
                    {"@type": "PREVIOUS_LEGAL_NAME", "@xml:lang": "de", "$": "Alte Muster GmbH"}
                ]
            },
            "LegalAddress": address,
            "HeadquartersAddress": address,
            "RegistrationAuthority": {
                "RegistrationAuthorityID": {"$": "RA000242"},
                "RegistrationAuthorityEntityID": {"$": "HRB 1"},
            },
            "LegalJurisdiction": {"$": "DE"},
            "EntityCategory": {"$": "GENERAL"},
            "LegalForm": {"EntityLegalFormCode": {"$": "2HBR"}},
            "EntityStatus": {"$": "ACTIVE"},
            "EntityCreationDate": {"$": "2001-02-03T00:00:00+01:00"},
            **entity,
        },
        "Registration": {
            "LastUpdateDate": {"$": "2024-05-04T00:30:00+02:00"},
            "RegistrationStatus": {"$": "ISSUED"},
            "NextRenewalDate": {"$": "2025-05-04T00:00:00+02:00"},
        },
    }


def level_2(child: int, parent: int) -> dict[str, Any]:
    """A level 2 record as in the golden copy."""
    return {
        "RelationshipRecord": {
            "Relationship": {
                "StartNode": {"NodeID": {"$": lei_of(child)}, "NodeIDType": {"$": "LEI"}},
                "EndNode": {"NodeID": {"$": lei_of(parent)}, "NodeIDType": {"$": "LEI"}},
                "RelationshipType": {"$": "IS_DIRECTLY_CONSOLIDATED_BY"},
                "RelationshipPeriods": {
                    "RelationshipPeriod": [
                        {
                            "StartDate": {"$": "2023-01-01T00:00:00Z"},
                            "EndDate": {"$": "2023-12-31T00:00:00Z"},
                            "PeriodType": {"$": "ACCOUNTING_PERIOD"},
                        },
                        {
                            "StartDate": {"$": "2015-06-01T00:00:00Z"},
                            "PeriodType": {"$": "RELATIONSHIP_PERIOD"},
                        },
                    ]
                },
                "RelationshipStatus": {"$": "ACTIVE"},
                "RelationshipQuantifiers": {
                    "RelationshipQuantifier": [
                        {
                            "QuantifierAmount": {"$": "75.00"},
                            "QuantifierUnits": {"$": "PERCENTAGE"},
                        }
                    ]
                },
            },
            "Registration": {"LastUpdateDate": {"$": "2024-05-04T00:00:00Z"}},
        }
    }


@pytest.fixture
def make_lei() -> Any:
    """``lei_of``."""
    return lei_of


@pytest.fixture
def make_level_1() -> Any:
    """``level_1``."""
    return level_1


@pytest.fixture
def make_level_2() -> Any:
    """``level_2``."""
    return level_2
