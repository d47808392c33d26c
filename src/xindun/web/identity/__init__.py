"""Who a buyer is: its company, the candidates with their reasons, its numbers; and prospects."""
