"""Diagnostics and decisions printed for people and machines."""
