"""What sources say of the company behind a buyer: conflicts, public events, history."""
