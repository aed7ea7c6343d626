"""Own-tax share of revenue (context)."""

from indicators.indicator import Example, Indicator
from indicators.metadata_texts import PERCENT
from indicators.standard import ANALOGUE, Standard
from quality.status import Text

INDICATOR = Indicator(
    id="steuerquote",
    number=23,
    family="context",
    name=Text(de="Steuerquote", en="Own-tax share of revenue"),
    description=Text(
        de="Anteil der Steuern und ähnlichen Abgaben an den Einzahlungen aus laufender Verwaltungstätigkeit.",
        en="Taxes and similar levies as a share of receipts of current operations.",
    ),
    formula="cast(100 * tax_revenue as double) / nullif(current_revenue, 0)",
    denominator="current_revenue",
    unit=Text(de="%", en="%"),
    kind="share",
    decimals=1,
    direction="none",
    definition_version="1.0",
    levels=("municipality",),
    context=True,
    standards=(
        Standard(
            framework="un",
            code="17.1.2",
            goal=17,
            title="Proportion of domestic budget funded by domestic taxes",
            note=ANALOGUE,
        ),
    ),
    metadata={
        "STAT_CONC_DEF": Text(
            de="Kontengruppe 60 (Steuern und ähnliche Abgaben) geteilt durch die Kontengruppen 60 bis 66 der Finanzrechnung",
            en="Account group 60 (taxes and similar levies) divided by account groups 60 to 66 of the cash accounts",
        ),
        "UNIT_MEASURE": PERCENT,
        "SOURCE_TYPE": Text(
            de="Amtliche Finanzrechnungsstatistik (Landesdatenbank NRW)",
            en="Official statistics of cash accounts (Landesdatenbank NRW)",
        ),
        "DATA_COMP": Text(
            de="Summe der Einzelkonten über alle Produktgruppen; Summenkonten bleiben außer Betracht. Geheim gehaltene Konten machen den Wert unbekannt.",
            en="Sum of single accounts over all product groups; total accounts are left out. Suppressed accounts make the value unknown.",
        ),
        "REC_USE_LIM": Text(
            de="Nur zur Einordnung; nach 2014 gibt es bundesweit keinen Nenner.",
            en="For orientation only; there is no nationwide denominator after 2014.",
        ),
        "COMPARABILITY": Text(
            de="Nur Nordrhein-Westfalen 2009 bis 2011, Gemeinden mit doppischer Finanzrechnung.",
            en="North Rhine-Westphalia 2009 to 2011 only, municipalities with accrual cash accounts.",
        ),
    },
    pitfalls=Text(
        de="Gewerbesteuer vor Abzug der Gewerbesteuerumlage; Ausgleichsleistungen der Kontengruppe 605 zählen mit.",
        en="Trade tax before deducting the levy on it; compensation payments of account group 605 are included.",
    ),
    examples=(
        Example(measures={"tax_revenue": 40, "current_revenue": 100}, value=40.0),
        Example(measures={"tax_revenue": None, "current_revenue": 100}, value=None, obs_status="O"),
        Example(measures={"tax_revenue": 0, "current_revenue": 0}, value=None, obs_status="M"),
    ),
)
