"""Texts on where a value stands: peers, trend, revisions, territory, totals of a Land."""

from __future__ import annotations

from collections.abc import Mapping

from quality.status import Text

TEXTS: Mapping[str, Text] = {
    "peers_of_year": Text(de="Vergleich {year}", en="Comparison {year}"),
    "peers_refused": Text(de="Nicht vergleichbar in:", en="Not comparable in:"),
    "peers_nowhere": Text(
        de="In keiner Vergleichsgruppe vergleichbar.", en="Not comparable in any peer group."
    ),
    "lies_below": Text(de="Unter der mittleren Hälfte", en="Below the middle half"),
    "lies_within": Text(de="In der mittleren Hälfte", en="Within the middle half"),
    "lies_above": Text(de="Über der mittleren Hälfte", en="Above the middle half"),
    "everywhere_below": Text(
        de="In allen Vergleichsgruppen unter der mittleren Hälfte",
        en="Below the middle half in all peer groups",
    ),
    "everywhere_within": Text(
        de="In allen Vergleichsgruppen in der mittleren Hälfte",
        en="Within the middle half in all peer groups",
    ),
    "everywhere_above": Text(
        de="In allen Vergleichsgruppen über der mittleren Hälfte",
        en="Above the middle half in all peer groups",
    ),
    "peer_groups": Text(de="Vergleichsgruppen", en="Peer groups"),
    "band_below": Text(de="unter der mittleren Hälfte", en="below the middle half"),
    "band_within": Text(de="in der mittleren Hälfte", en="within the middle half"),
    "band_above": Text(de="über der mittleren Hälfte", en="above the middle half"),
    "middle_half": Text(
        de="Mittlere Hälfte: Ein Viertel der gemeldeten Werte liegt darunter, ein Viertel darüber.",
        en="Middle half: a quarter of the reported values lie below it, a quarter above.",
    ),
    "peers_how": Text(
        de="Regel, Zahl der Meldungen, Abdeckung, Viertelwerte, Prozentränge und Mitglieder stehen auf der "
        "Seite jeder Vergleichsgruppe.",
        en="Rule, number reporting, coverage, quartiles, percentile ranks and members stand on the page of "
        "each peer group.",
    ),
    "peer_refused": Text(de="Für den Vergleich zu wenig bekannt", en="Too little known for a comparison"),
    "trend": Text(de="Trend", en="Trend"),
    "trend_none": Text(de="keine Aussage. {reason}", en="no statement. {reason}"),
    "trend_stated": Text(
        de="{symbol} ({first} bis {last}, {values} vergleichbare Werte)",
        en="{symbol} ({first} to {last}, {values} comparable values)",
    ),
    "trend_symbol_sun": Text(de="Sonne, die beste von vier Stufen", en="sun, the best of four steps"),
    "trend_symbol_sun_cloud": Text(
        de="Sonne mit Wolke, die zweite von vier Stufen", en="sun and cloud, the second of four steps"
    ),
    "trend_symbol_cloud": Text(de="Wolke, die dritte von vier Stufen", en="cloud, the third of four steps"),
    "trend_symbol_storm": Text(
        de="Gewitter, die letzte von vier Stufen", en="thunderstorm, the last of four steps"
    ),
    "changed_with": Text(
        de="Geändert mit der Veröffentlichung vom {day}", en="Changed with the release of {day}"
    ),
    "changed": Text(
        de="{year}: bisher {old}, jetzt {new}. Ursache: {causes}.",
        en="{year}: {old} before, {new} now. Cause: {causes}.",
    ),
    "carried": Text(de="Auf heutigem Gebietsstand", en="On today's territory"),
    "carried_value": Text(de="{year}: {value}. {reason}", en="{year}: {value}. {reason}"),
    "peer_group": Text(de="Vergleichsgruppe", en="Peer group"),
    "peer_members": Text(de="Mitglieder", en="Members"),
    "peer_members_list": Text(de="Alle Mitglieder", en="All members"),
    "peer_indicators": Text(de="Was die Mitglieder berichten", en="What the members report"),
    "peer_values_caption": Text(
        de="{name} ({year}): verglichene Werte in der Reihenfolge der Namen; keine Rangliste",
        en="{name} ({year}): values compared, in the order of names; not a ranking",
    ),
    "n_of": Text(de="{n} von {all}", en="{n} of {all}"),
    "with_value": Text(de="mit Wert", en="with a value"),
    "coverage_inhabitants": Text(de="Einwohner abgedeckt", en="inhabitants covered"),
    "lower_quartile": Text(de="unteres Viertel bis", en="lower quarter up to"),
    "median": Text(de="Median", en="Median"),
    "upper_quartile": Text(de="oberes Viertel ab", en="upper quarter from"),
    "range": Text(de="kleinster bis größter Wert", en="smallest to largest value"),
    "share_yes": Text(de="Anteil ja", en="share of yes"),
    "position": Text(de="Lage", en="Position"),
    "percentile": Text(de="Prozentrang", en="Percentile rank"),
    "totals": Text(de="Alle zusammen", en="All together"),
    "totals_note": Text(
        de="Summe durch Summe der Gebietseinheiten mit Wert, nie der Mittelwert von Quoten. Gemeinden und "
        "Kreise werden nicht vermischt.",
        en="Ratio of sums over the units with a value, never the mean of rates. Municipalities and "
        "districts are not mixed.",
    ),
    "totals_caption": Text(
        de="Neuestes Jahr je Indikator und Ebene, mit Abdeckung",
        en="Newest year by indicator and level, with coverage",
    ),
    "totals_unknown": Text(de="Ohne Gesamtwert", en="Without a total"),
    "method_ratio_of_sums": Text(de="Summe durch Summe", en="ratio of sums"),
    "method_share_of_yes": Text(de="Anteil ja", en="share of yes"),
    "method_sum": Text(de="Summe", en="sum"),
    "method_none": Text(de="nicht summierbar", en="cannot be added"),
    "distinct_partners": Text(de="verschiedene Partnerorte: {count}", en="different partner places: {count}"),
}
