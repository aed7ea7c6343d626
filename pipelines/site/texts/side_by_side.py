"""Texts of the prepared comparisons of a district or Land."""

from __future__ import annotations

from collections.abc import Mapping

from quality.status import Text

TEXTS: Mapping[str, Text] = {
    "side_title": Text(de="Nebeneinander: {name}", en="Side by side: {name}"),
    "side_lead": Text(
        de="Kommunen, zu denen etwas bekannt ist, in der Reihenfolge ihrer Namen; keine Rangliste. Gezeigt wird je "
        "Indikator der neueste Wert mit Jahr und Vorbehalt, wo mindestens zwei einen haben.",
        en="Municipalities of which something is known, in the order of their names; not a ranking. For each "
        "indicator you see the newest value with year and reservation, where at least two have one.",
    ),
    "side_scale": Text(de="Alle Felder haben denselben Maßstab.", en="All fields have the same scale."),
    "side_caption": Text(
        de="Neuester Wert, in der Reihenfolge der Namen", en="Newest value, in the order of names"
    ),
    "side_nothing": Text(
        de="Zu keinem Indikator haben mindestens zwei von ihnen einen Wert.",
        en="There is no indicator for which at least two of them have a value.",
    ),
    "side_by_district": Text(
        de="Gemeinden je Kreis nebeneinander", en="Municipalities side by side, by district"
    ),
    "side_by_side": Text(de="Nebeneinander", en="Side by side"),
    "side_own_choice": Text(
        de="Selbst bis zu fünf Kommunen wählen", en="Choose up to five municipalities yourself"
    ),
    "set_neighbours": Text(de="Gemeinden im Kreis", en="Municipalities of the district"),
    "set_municipality": Text(de="Kreisfreie Städte", en="Independent cities"),
    "set_district": Text(de="Kreise", en="Districts"),
    "set_silent_one": Text(
        de="Eine weitere hier genannte Kommune hat dazu keinen Wert; warum, steht auf ihrer Seite.",
        en="One more of those named here has no value for this; its page says why.",
    ),
    "set_silent_many": Text(
        de="{count} weitere hier genannte Kommunen haben dazu keinen Wert; warum, steht auf ihren Seiten.",
        en="{count} more of those named here have no value for this; their pages say why.",
    ),
    "compare_prepared": Text(
        de="Vorbereitete Vergleiche, auch ohne JavaScript: auf den Seiten der Länder",
        en="Prepared comparisons, without JavaScript too: on the pages of the states",
    ),
    "compare_unit": Text(de="Vergleichen", en="Compare"),
    "compare_with_set": Text(de="Neben anderen Kommunen ({name})", en="Beside other municipalities ({name})"),
    "compare_this": Text(de="Mit selbst gewählten Kommunen", en="With municipalities of your choice"),
    "compare_needs": Text(de="(braucht JavaScript)", en="(needs JavaScript)"),
}
