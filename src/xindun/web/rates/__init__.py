"""Exchange rates: the newest of each currency for a day, and the files that brought them."""
