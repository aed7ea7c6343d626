"""Measured speed and memory, as ratios against peers in one run: `make bench`."""
