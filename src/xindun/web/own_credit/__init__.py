"""The company's own credit page: what others may see, a self-check, and corrections asked for."""
