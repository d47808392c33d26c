"""The outside world, by kind of counterparty."""
