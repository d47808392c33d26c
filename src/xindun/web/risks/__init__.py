"""Country and sector risk: what public sources say, and the company's own labels."""
