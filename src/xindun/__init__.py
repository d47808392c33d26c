"""Xindun (信盾): protects a company that sells on open account."""

__version__ = "0.1.0"
