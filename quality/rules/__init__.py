"""Cross-table rules by subject, as SQL text. `quality/plausibility.py` gathers and asks them."""
