"""The language switch."""
