"""How the installation is: health and readiness, metrics, and what the system screen shows.

Counts over all companies come from narrow functions of the database; no company is named.
"""
