"""Screening hits and their decisions, the lists, and how alike is a hit."""
