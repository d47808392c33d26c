"""The verbs: take in a ledger's buyers, open a party's file, match a buyer to a party."""

from xindun.record.parties.actions.buyers import (
    BUYERS_TABLE,
    BuyersRecorded,
    record_staged_buyers,
)
from xindun.record.parties.actions.parties import match_buyer, open_party, unmatch_buyer

__all__ = [
    "BUYERS_TABLE",
    "BuyersRecorded",
    "match_buyer",
    "open_party",
    "record_staged_buyers",
    "unmatch_buyer",
]
