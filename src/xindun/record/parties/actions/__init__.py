"""The verbs: take in a ledger's buyers, open a party's file, match a buyer to a party."""

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
from xindun.record.parties.actions.ownership import (
    correct_ownership,
    end_ownership,
    state_ownership,
    withdraw_ownership,
)
from xindun.record.parties.actions.parties import match_buyer, open_party, unmatch_buyer
from xindun.record.parties.actions.register import load_register

__all__ = [
    "BUYERS_TABLE",
    "BuyersRecorded",
    "IdentifierTaken",
    "adopt_entity",
    "correct_ownership",
    "end_ownership",
    "load_register",
    "match_buyer",
    "match_by_hand",
    "match_to_entity",
    "match_to_party",
    "open_party",
    "open_prospect",
    "record_staged_buyers",
    "state_identifier",
    "state_ownership",
    "unmatch_buyer",
    "withdraw_identifier",
    "withdraw_ownership",
]
