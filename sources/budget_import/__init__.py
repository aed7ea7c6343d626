"""The one importer of municipal budgets: a description per city in, budget lines out.

Belongs here: reading the forms budgets come in (delimited text, XLSX, JSON), exact amounts,
wording, and the harmonisation of form. Does not belong here: anything that names a city (that is
data, in `sources/budget_descriptions/`) or says what a line is spent on (`spending_rule`).
"""
