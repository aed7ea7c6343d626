"""The report for the council: two A4 pages on one unit, from the published release only."""
