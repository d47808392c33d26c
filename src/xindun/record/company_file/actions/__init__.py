"""The verbs: record and withdraw facts, erase a person's name."""

from xindun.record.company_file.actions.facts import record_facts, withdraw_fact
from xindun.record.company_file.actions.people import erase_name

__all__ = ["erase_name", "record_facts", "withdraw_fact"]
