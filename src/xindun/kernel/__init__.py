"""Pure ground floor: money, day counts, identifiers, errors. Imports nothing of Xindun."""
