"""How each file format becomes batches of text cells with their physical line numbers."""
