"""A language pages are written in: its texts, number and date forms, and its columns of tables.

Belongs here: everything that differs between the German and the English page. Does not belong here:
the texts themselves (`texts/`), which number is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipelines.site import numbers
from pipelines.site.texts import DE, EN
from quality.status import Text


@dataclass(frozen=True, kw_only=True, eq=False)
class Language:
    """One language; compared by identity, there is one object per language."""

    code: str
    """As in `lang` and `hreflang`, and the ending of a table's columns: `name_de`."""
    locale: str
    """Locale of the Unicode repository: number signs, month names."""
    prefix: str
    """Folder of its pages below the site; the first language has none."""
    texts: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        """The text of a key."""
        return self.texts[key]

    def say(self, key: str, **values: object) -> str:
        """The text of a key with values filled in."""
        return self.texts[key].format(**values)

    def counted(self, key: str, count: int, **values: object) -> str:
        """The text `key_one` or `key_many` with the number written out as `count`."""
        chosen = f"{key}_one" if count == 1 else f"{key}_many"
        return self.texts[chosen].format(count=self.number(count), **values)

    def word(self, kind: str, code: object) -> str:
        """The word for a code of a table; the code itself where nobody has named it."""
        return self.texts.get(f"{kind}_{code}", str(code))

    def of(self, row: Mapping[str, object], column: str) -> str:
        """The column of a table that is in this language; an unknown one is empty."""
        value = row[f"{column}_{self.code}"]
        return "" if value is None else str(value)

    def text(self, text: Text) -> str:
        """A statement that exists in both languages."""
        return text.de if self.code == "de" else text.en

    def number(self, value: float, decimals: int = 0) -> str:
        """A number as `numbers.number` writes it here."""
        return numbers.number(value, decimals, self.locale)

    def euro(self, cents: int) -> str:
        """Whole cents as an amount in euro."""
        return numbers.euro(cents, self.locale)

    def day(self, value: date) -> str:
        """A date, short."""
        return numbers.day(value, self.locale)

    def long_day(self, value: date) -> str:
        """A date with the name of its month."""
        return numbers.long_day(value, self.locale)

    def note(self, text: str | None) -> str:
        """A note of a table with its dates and census base in the form of this language."""
        return _note(text, self) if text else ""


@cache
def _note(text: str, language: Language) -> str:
    return numbers.note(text, language.texts["population_note"], language.locale)


GERMAN = Language(code="de", locale="de_DE", prefix="", texts=DE)
ENGLISH = Language(code="en", locale="en_GB", prefix="en/", texts=EN)
LANGUAGES = (GERMAN, ENGLISH)
"""In the order of the product: German first."""
