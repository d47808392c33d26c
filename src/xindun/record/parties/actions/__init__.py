"""The verbs: take in a ledger's buyers, open parties' files, match buyers to them, merge two."""

from xindun.record.parties.actions.buyers import (
    BUYERS_TABLE,
    BuyersRecorded,
    record_staged_buyers,
)
from xindun.record.parties.actions.identifiers import (
    IdentifierTaken,
    state_identifier,
    withdraw_identifier,
)
from xindun.record.parties.actions.matching import (
    adopt_entity,
    match_by_hand,
    match_to_entity,
    match_to_party,
    open_prospect,
)
from xindun.record.parties.actions.merges import merge_approved, propose_merge, undo_merge
from xindun.record.parties.actions.ownership import (
    correct_ownership,
    end_ownership,
    state_ownership,
    state_share_with,
    withdraw_ownership,
)
from xindun.record.parties.actions.parties import match_buyer, open_party, unmatch_buyer
from xindun.record.parties.actions.register import load_register
from xindun.record.parties.actions.unmatched import (
    NoSuggestion,
    accept_suggestion,
    preparation_place,
    prepare_matches,
    reject_suggestion,
    request_preparation,
)

__all__ = [
    "BUYERS_TABLE",
    "BuyersRecorded",
    "IdentifierTaken",
    "NoSuggestion",
    "accept_suggestion",
    "adopt_entity",
    "correct_ownership",
    "end_ownership",
    "load_register",
    "match_buyer",
    "match_by_hand",
    "match_to_entity",
    "match_to_party",
    "merge_approved",
    "open_party",
    "open_prospect",
    "preparation_place",
    "prepare_matches",
    "propose_merge",
    "record_staged_buyers",
    "reject_suggestion",
    "request_preparation",
    "state_identifier",
    "state_ownership",
    "state_share_with",
    "undo_merge",
    "unmatch_buyer",
    "withdraw_identifier",
    "withdraw_ownership",
]
