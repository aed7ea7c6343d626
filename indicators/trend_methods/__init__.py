"""Trend methods, one published rule per file; each defines `METHOD` and is found by itself."""
