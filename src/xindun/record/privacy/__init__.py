"""Where personal data lie, what is known about one person, and what can be erased.

Whoever builds a table that names a person adds it to ``rules.PLACES``; a test walks the models
for columns that look like it. Erasing never breaks the evidence: its records name people by
random ids and salted hashes, and what was hashed lies apart and goes. May be asked by every edge.
"""
