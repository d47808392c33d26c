"""The verbs: record and withdraw facts, store documents, erase a person's name."""

from xindun.record.company_file.actions.documents import store_document
from xindun.record.company_file.actions.facts import record_events, record_facts, withdraw_fact
from xindun.record.company_file.actions.people import erase_name

__all__ = ["erase_name", "record_events", "record_facts", "store_document", "withdraw_fact"]
