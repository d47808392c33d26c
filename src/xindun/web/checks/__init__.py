"""What must be on file before a buyer buys on open account, and the company's own checklist."""
