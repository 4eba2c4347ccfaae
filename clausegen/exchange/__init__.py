"""Notices and open data, read into a description and written from a decision."""
