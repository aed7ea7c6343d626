"""Rows that wait: how each is named, what is said of it in both languages, and what became of it.

Belongs here: what is true of rows in quarantine whatever their source. Does not belong here: putting rows
there (contracts and readers) or taking them out (`quality/decisions/`).
"""
