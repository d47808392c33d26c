"""After it is due (事后处置): collection, claims, cash. A folder of contexts."""
