"""Measured speed and memory, as ratios against peers in one run: `make bench`."""

import pipelines  # noqa: F401 - memory as the program keeps it, settled before Polars is imported
