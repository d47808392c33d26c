"""What is known: facts, sources and evidence. The earliest phase; a folder of contexts."""
