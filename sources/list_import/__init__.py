"""The one importer of lists an operator gets: a description per list in, engagements or claims out.

Belongs here: reading CSV and XLSX lists by column name, dates and keys as people write them, the
step from a German name to a unit without coordinates. Does not belong here: anything that names a
list or its columns (that is data, in `sources/list_descriptions/`), and lists of place pairs with
coordinates (`sources/partnership_records.py`).
"""
