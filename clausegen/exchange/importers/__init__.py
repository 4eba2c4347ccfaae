"""Notices, open data and purchase plans, each format read into the same facts, then into a description."""
