"""The inbox of proposals that need a second person, and the company's rule for them."""
