"""Decisions of the screening: how alike two names are, what a list changed, where one stands."""
