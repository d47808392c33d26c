"""The tables of buyers, parties, their numbers and groups, and the global register.

What a reader would get wrong: a legal entity has no tenant: it is a row of a public register, so
nothing of a tenant's may ever be written into it.
"""

from xindun.record.parties.models.buyers import Buyer, BuyerMatch
from xindun.record.parties.models.merges import PartyMerge
from xindun.record.parties.models.ownership import OwnershipVersion
from xindun.record.parties.models.parties import Party, PartyIdentifier
from xindun.record.parties.models.register import (
    EntityIdentifier,
    EntityLink,
    Gram,
    LegalEntity,
)
from xindun.record.parties.models.suggestions import MatchRejection, MatchSuggestion

__all__ = [
    "Buyer",
    "BuyerMatch",
    "EntityIdentifier",
    "EntityLink",
    "Gram",
    "LegalEntity",
    "MatchRejection",
    "MatchSuggestion",
    "OwnershipVersion",
    "Party",
    "PartyIdentifier",
    "PartyMerge",
]
