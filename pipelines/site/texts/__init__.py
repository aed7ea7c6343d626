"""Every word the pages print that does not come from a table, in German and English.

Belongs here: collecting the texts. Does not belong here: rules about when a text is shown.

Each module of this package holds one `TEXTS`: key to `Text(de=…, en=…)`. A module is found by being
here; nobody registers it. Values go in by name, `{count}`; a text that depends on a number has two
keys, `…_one` and `…_many`. A word that stands for a code of a table is named kind and code, as in
`category_friendship`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping

from quality.status import Text


def _collected() -> Mapping[str, Text]:
    texts: dict[str, Text] = {}
    for module in sorted(each.name for each in pkgutil.iter_modules(__path__)):
        own: Mapping[str, Text] = importlib.import_module(f"{__name__}.{module}").TEXTS
        if twice := texts.keys() & own.keys():
            raise ValueError(f"Texts with the same key: {', '.join(sorted(twice))} (again in {module}.py)")
        texts |= own
    return texts


TEXTS: Mapping[str, Text] = _collected()
DE: Mapping[str, str] = {key: text.de for key, text in TEXTS.items()}
EN: Mapping[str, str] = {key: text.en for key, text in TEXTS.items()}
