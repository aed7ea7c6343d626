"""Measure groups, one file each; see `indicators/measure.py`."""
