"""Questions about buyers, parties and the global register.

Buyers and parties are read inside the caller's tenant scope; the register belongs to everybody.
"""

from xindun.record.parties.reads.buyers import (
    UnknownBuyer,
    buyer,
    buyer_ids,
    buyers_after,
    buyers_by_id,
    buyers_of,
    buyers_of_each,
    matching_ids,
    search_buyers,
    unmatched_after,
)
from xindun.record.parties.reads.groups import group_of, groups_of_buyers
from xindun.record.parties.reads.matching import candidates, candidates_for
from xindun.record.parties.reads.merges import (
    ids_behind,
    ids_behind_each,
    last_merge_at,
    merges_into,
    standing_parties,
)
from xindun.record.parties.reads.ownership import (
    UnknownOwnership,
    ownership,
    ownership_history,
    ownerships_of,
    shares_in,
)
from xindun.record.parties.reads.parties import (
    UnknownParty,
    identifiers_of,
    names_behind,
    numbers_of,
    parties,
    parties_by_id,
    parties_of,
    party,
    party_adopted_from,
    party_itself,
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
from xindun.record.parties.reads.unmatched import (
    iter_unmatched,
    preparation,
    suggestion_of,
    unmatched_page,
)
from xindun.record.parties.rules.matching import same_name

__all__ = [
    "UnknownBuyer",
    "UnknownEntity",
    "UnknownOwnership",
    "UnknownParty",
    "buyer",
    "buyer_ids",
    "buyers_after",
    "buyers_by_id",
    "buyers_of",
    "buyers_of_each",
    "candidates",
    "candidates_for",
    "entities_by_id",
    "entity",
    "entity_identifiers",
    "group_of",
    "groups_of_buyers",
    "identifiers_of",
    "ids_behind",
    "ids_behind_each",
    "iter_unmatched",
    "last_merge_at",
    "matching_ids",
    "merges_into",
    "names_behind",
    "numbers_of",
    "ownership",
    "ownership_history",
    "ownerships_of",
    "parties",
    "parties_by_id",
    "parties_of",
    "party",
    "party_adopted_from",
    "party_itself",
    "party_of",
    "party_with",
    "preparation",
    "same_name",
    "search_buyers",
    "search_entities",
    "shares_in",
    "standing_parties",
    "suggestion_of",
    "unmatched_after",
    "unmatched_page",
]
