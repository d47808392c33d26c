"""One buyer's credit file."""
