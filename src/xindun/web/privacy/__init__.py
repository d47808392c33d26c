"""Personal data: one's own for everybody; the register and everybody's for who is in charge."""
