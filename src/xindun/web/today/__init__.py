"""The list for today, whole."""
