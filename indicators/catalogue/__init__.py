"""The catalogue: one indicator per file, found by its name; see `indicators/indicator.py`."""
