"""Documents in the file of the company behind a buyer."""
