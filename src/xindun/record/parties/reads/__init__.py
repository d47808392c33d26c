"""Questions about buyers, parties and the global register.

Buyers and parties are read inside the caller's tenant scope; the register belongs to everybody.
"""

from xindun.record.parties.reads.buyers import (
    UnknownBuyer,
    buyer,
    buyers_after,
    buyers_by_id,
    buyers_of,
    matching_ids,
    search_buyers,
)
from xindun.record.parties.reads.parties import (
    UnknownParty,
    identifiers_of,
    parties,
    parties_of,
    party,
    party_of,
    party_with,
)
from xindun.record.parties.reads.register import (
    UnknownEntity,
    entities_by_id,
    entity,
    entity_identifiers,
    search_entities,
)

__all__ = [
    "UnknownBuyer",
    "UnknownEntity",
    "UnknownParty",
    "buyer",
    "buyers_after",
    "buyers_by_id",
    "buyers_of",
    "entities_by_id",
    "entity",
    "entity_identifiers",
    "identifiers_of",
    "matching_ids",
    "parties",
    "parties_of",
    "party",
    "party_of",
    "party_with",
    "search_buyers",
    "search_entities",
]
