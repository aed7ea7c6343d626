"""Texts on what became of a unit, and on units that went into it."""

from __future__ import annotations

from collections.abc import Mapping

from quality.status import Text

TEXTS: Mapping[str, Text] = {
    "succession": Text(de="Was aus dem Gebiet wurde", en="What became of the territory"),
    "predecessors": Text(
        de="Früher selbständig oder Teil einer anderen Gebietseinheit", en="Formerly separate"
    ),
    "became_dissolution": Text(de="Aufgegangen in", en="Became part of"),
    "became_key_change": Text(de="Unter neuem Schlüssel weitergeführt als", en="Goes on under a new key as"),
    "became_separation": Text(de="Einen Teil abgegeben an", en="Gave a part to"),
    "became_unknown": Text(
        de="Die Verzeichnisse sagen nicht eindeutig, wohin das Gebiet ging. In Frage kommen",
        en="The registers do not say for certain where the territory went. It may be",
    ),
    "received_dissolution": Text(de="Hierin aufgegangen", en="Became part of this unit"),
    "received_key_change": Text(
        de="Früher unter anderem Schlüssel geführt als", en="Formerly kept under another key as"
    ),
    "received_separation": Text(de="Einen Teil erhalten von", en="Received a part from"),
    "received_unknown": Text(
        de="Vielleicht ganz oder teilweise hierin aufgegangen (die Verzeichnisse sagen es nicht eindeutig)",
        en="May have become part of this unit, wholly or in part (the registers do not say for certain)",
    ),
    "step_on": Text(de="am {day}", en="on {day}"),
    "step_between": Text(
        de="zwischen dem {first} (letzter bekannter alter Stand) und dem {last} (erster bekannter neuer Stand)",
        en="between {first} (last known old state) and {last} (first known new state)",
    ),
    "step_share_population": Text(de="{share} % der Einwohner", en="{share}% of the inhabitants"),
    "step_share_area": Text(de="{share} % der Fläche, unbewohnt", en="{share}% of the area, uninhabited"),
}
