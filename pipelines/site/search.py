"""The list the search on the start page reads.

Belongs here: which units can be found, and in which form the browser gets them. Does not belong here:
the searching, which is the browser's (`static/suche.js`).
"""

from __future__ import annotations

import orjson

from pipelines.site.frames import Library
from pipelines.site.model import has_page
from pipelines.site.reading import sort_key

SEARCH_FILE = "suche.json"


def search_index(library: Library) -> bytes:
    """Names and keys of all living units that have a page, as JSON: `within` and `units`.

    `units` holds [name, key] in the order of names, a municipality before the district of its name; the folder of a page follows from the length of the
    key. `within` names districts and Länder by key, so that places of one name can be told apart.
    """
    rows = [row for row in library.units.values() if row["valid_to"] is None and has_page(library, row)]
    rows.sort(key=lambda row: (sort_key(row["name"]), row["level"] != "municipality", row["ags"]))
    within = {row["ags"]: row["name"] for row in rows if row["level"] in ("district", "land")}
    return orjson.dumps(
        {"within": within, "units": [[row["name"], row["ags"]] for row in rows]}, option=orjson.OPT_SORT_KEYS
    )
