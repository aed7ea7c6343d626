"""The steps from budget lines to indicators that both sides can tell apart.

Belongs here: their names. Does not belong here: the work itself (`lines_in_polars.py`, `lines_in_pandas.py`).
"""

from __future__ import annotations

READ = "lines read, each amount once"
FORMULAS = "tags, rules, reasons: the rows that show each number"
ORDER = "those rows in published order"
TOTALS = "totals"
INDICATORS = "indicators"
WRITE = "written, compressed"
