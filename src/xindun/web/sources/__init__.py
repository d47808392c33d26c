"""The sources of reports: their order, prices, keys and the month's budget."""
