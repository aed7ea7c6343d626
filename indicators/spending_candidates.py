"""Candidates: budget lines that may be development cooperation, fair trade or partnership.

Belongs here: word stems, codes, false friends, the score and its reasons. Does not belong here:
deciding anything (a person writes a rule, `sources/spending_rules.py`) or matching rules
(`indicators/tagging.py`). A candidate is a question, never a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

STRONG, LIKELY, WEAK = 3, 2, 1

STEMS: tuple[tuple[str, int, str], ...] = (
    ("Entwicklungszusammenarbeit", STRONG, r"\bentwicklungs ?-?(zusammenarbeit|politi|l[aä]nd|hilfe)|\(EZ\)"),
    ("Eine Welt", STRONG, r"\b(eine|dritte)[ -]?welt(?!kultur)|\bweltladen|\bglobale[rnms]? (süden|lernen)"),
    ("Nord-Süd", STRONG, r"\bnord[-/ ]+süd(?![- ]?(strecke|achse|bahn|tangente|verbindung))"),
    ("Fairer Handel", STRONG, r"\bfair[- ]?trade|\bfair(e[rnms]?|) (handel|gehandelt|beschaff)|\bfairhandel"),
    ("Klimapartnerschaft", STRONG, r"\bklimapartner"),
    (
        "Städtepartnerschaft",
        STRONG,
        r"\b(städte|stadt|kommunal|gemeinde|kreis)[- ]?partner|\bpartner(stadt|städt|gemeinde)"
        r"|\bschwestern?st[aä]dt",
    ),
    ("Städteverbindung", STRONG, r"\bstädte(verbindung|freundschaft|kontakt)"),
    ("Partnerschaftsprojekt", STRONG, r"\bpartnerschaftsprojekt|\bprojektpartnerschaft|\bnakopa\b"),
    ("Internationales", LIKELY, r"\binternational|\bint\. (profil|bezieh|angeleg|zusammen|koop)"),
    ("Ausland", LIKELY, r"\bausl[aä]nd(?!er|isch)|\bauslands(?!amt)"),
    ("Humanitäre Hilfe", LIKELY, r"\bhumanitäre|\bkatastrophenhilfe ausland"),
    (
        "Agenda 2030",
        LIKELY,
        r"\b(lokale )?agenda[- ]?(21|2030)|\blokale agenda\b|\bnachhaltige entwicklung\b|\bsdg\b",
    ),
    ("Partnerschaft", LIKELY, r"\bpartnerschaft|\bpatensch|\bpaten(stadt|gemeinde)"),
    ("Solidarität", WEAK, r"\bsolidarität|\bsolidarisch"),
    ("Betreuung von Gästen", LIKELY, r"\brepräsentation und|\bbetreuung von gästen"),
    ("Europa", WEAK, r"\brepräsentation|\beuropaangeleg|\beuropagedank|\beuropäische akademie"),
)
"""Name, weight and pattern of word stems."""

CODES: tuple[tuple[str, int, str, str], ...] = (
    ("Funktion 023 (wirtschaftliche Zusammenarbeit)", STRONG, "function_code", r"^023$"),
    ("Funktion 029 (auswärtige Angelegenheiten)", LIKELY, "function_code", r"^029$"),
    ("Gruppe 687 (Zuschüsse Ausland)", LIKELY, "account_code", r"^687\d{2}"),
)
"""Name, weight, column and pattern of codes that speak for themselves; 023 and 687 are cameral."""

FALSE_FRIENDS: tuple[tuple[str, str], ...] = (
    (
        "Entwicklung im Inland",
        r"(stadt|personal|wirtschafts|dorf|organisations|sport|software|regional|quartiers|flächen|schul|land)"
        r"-? ?entwicklung\w*",
    ),
    ("Partnerschaft für Demokratie", r"partnerschaft(en)? (f\.|für) ?demokratie"),
    (
        "Partnerschaft im Inland",
        r"(ausbildungs|sicherheits|ordnungs|lebens|sozial|bildungs|lern|energie|tarif|erziehungs|schul|gesundheits)"
        r"-? ?partner\w*|(öffentlich[- ]private|private) partnerschaft\w*|\b(öpp|ppp)\b|partnerschaftsgewalt\w*",
    ),
    ("Vertragspartner", r"(vertrags|geschäfts|koalitions|kooperations|ansprech|projekt)partner(?!schaft)\w*"),
    ("Fahrrad und Fairness", r"fahrrad\w*|fairness\w*|fair play|fairplay|fairway\w*|affair\w*"),
    (
        "Internationales im Inland",
        r"internationale[rnms]? (bund(es)?\b|bauausstellung|buchhandel|schulbuch\w*|gartenausstellung|gartenschau"
        r"|congress|(deutsche[ns]? )?turnfest\w*|straßenzirkus\w*|stadtteil\w*)",
    ),
    (
        "Finanzgeschäft im Ausland",
        r"gläubiger im ausland|(abgeltungs?s?teuer|zinsen)\b.*ausland|spenden aus dem ausland",
    ),
    (
        "Programm im Inland",
        r"programms? für nachhaltige entwicklung|patenschaften für kinder|humanitären? sprechstunde",
    ),
    ("Ausländer im Inland", r"ausländer\w*|ausländisch\w*"),
    ("Dienstreise", r"auslands?(dienst)?reise\w*|auslandskrankenvers\w*"),
    ("Straße nach der Partnerstadt", r"[\w-]+(straße|strasse|str\.|platz|weg|ring|brücke|schule)(?!\w)"),
)
"""Name and pattern of words that look alike and mean something else; they are taken out before stems are sought."""

TEXTS = ("line_text", "function_name", "organisation_name", "account_name")
KEY = ("ags", "direction", "function_code", "organisation_code", "account_code", "line_text", "function_name")
SHORTEST_NAME = 4
"""Letters; shorter names of partners occur inside other words."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What speaks for a text, and what was taken out of it."""

    score: int
    reasons: tuple[str, ...]
    friends: tuple[str, ...]


_STEMS = tuple((name, weight, re.compile(pattern, re.I)) for name, weight, pattern in STEMS)
_FRIENDS = tuple((name, re.compile(rf"\b{pattern}", re.I)) for name, pattern in FALSE_FRIENDS)


def judge(text: str, partners: Iterable[str] = ()) -> Verdict:
    """Score and reasons of one wording. The best reason counts, each further one adds one."""
    friends = []
    for name, pattern in _FRIENDS:
        cleaned = pattern.sub(" ", text)
        if cleaned != text:
            friends.append(name)
            text = cleaned
    found = [(weight, name) for name, weight, pattern in _STEMS if pattern.search(text)]
    found += [
        (STRONG, f"Partner {name}") for name in partners if re.search(rf"\b{re.escape(name)}\b", text, re.I)
    ]
    return Verdict(
        score=max((weight for weight, _ in found), default=0) + max(0, len(found) - 1),
        reasons=tuple(name for _, name in found),
        friends=tuple(friends),
    )


def candidates(
    lines: pl.DataFrame, tags: pl.DataFrame, partners: Sequence[str] = (), *, least: int = LIKELY
) -> pl.DataFrame:
    """Lines that may count, one row per line of the budget over its years, best first.

    Args:
        lines: rows of `budget_line`; internal transfers are no candidates.
        tags: rows of `line_tag`: which rule decides a line already.
        partners: names of partners and their countries.
        least: lowest score shown.
    """
    names = sorted({name for name in partners if len(name) >= SHORTEST_NAME})
    open_lines = lines.filter(pl.col("budget_part") != "internal").with_columns(
        _text=pl.concat_str([pl.col(name).fill_null("") for name in TEXTS], separator=" | ")
    )
    verdicts = {text: judge(text, names) for text in open_lines["_text"].unique().to_list()}
    coded = [pl.when(_has(column, pattern)).then(weight).otherwise(0) for _, weight, column, pattern in CODES]
    scored = open_lines.with_columns(
        _words=pl.col("_text").replace_strict(
            {text: verdict.score for text, verdict in verdicts.items()}, return_dtype=pl.Int64, default=0
        ),
        _codes=pl.max_horizontal(coded),
        _code_names=pl.concat_str(
            [pl.when(_has(column, pattern)).then(pl.lit(f"{name}; ")) for name, _, column, pattern in CODES],
            ignore_nulls=True,
        ),
    ).with_columns(score=_together())
    chosen = scored.filter(pl.col("score") >= least).join(
        tags.select("budget_line_id", "rule_id", "tag"), on="budget_line_id", how="left"
    )
    return _grouped(chosen, verdicts)


def _has(column: str, pattern: str) -> pl.Expr:
    return pl.col(column).str.contains(pattern).fill_null(value=False)


def _together() -> pl.Expr:
    """The better of words and codes, and one more where both speak."""
    both = (pl.col("_words") > 0) & (pl.col("_codes") > 0)
    return pl.max_horizontal("_words", "_codes") + both.cast(pl.Int64)


def _grouped(chosen: pl.DataFrame, verdicts: Mapping[str, Verdict]) -> pl.DataFrame:
    planned = pl.col("phase").is_in(["plan", "supplementary"])
    reasons = {text: "; ".join(verdict.reasons) for text, verdict in verdicts.items()}
    with_reasons = chosen.with_columns(
        reasons=pl.concat_str(
            [
                pl.col("_code_names").fill_null(""),
                pl.col("_text").replace_strict(reasons, return_dtype=pl.String, default=""),
            ]
        ).str.strip_chars("; ")
    )
    return (
        with_reasons.group_by(KEY, maintain_order=True)
        .agg(
            pl.col("score").max(),
            pl.col("reasons").first(),
            years=pl.col("year").unique().sort(),
            lines=pl.len(),
            actual_cents=_sum_where(~planned),
            plan_cents=_sum_where(planned),
            rules=pl.col("rule_id").drop_nulls().unique().sort(),
            tags=pl.col("tag").drop_nulls().unique().sort(),
            uncovered=pl.col("rule_id").is_null().sum(),
            example=pl.col("budget_line_id").first(),
        )
        .sort(
            "score",
            "direction",
            "line_text",
            "function_code",
            "account_code",
            descending=[True, *[False] * 4],
        )
    )


def _sum_where(condition: pl.Expr) -> pl.Expr:
    """The sum of the known amounts; null where there is none, since no line is no zero."""
    known = pl.col("amount_cents").filter(condition & pl.col("amount_cents").is_not_null())
    return pl.when(known.len() > 0).then(known.sum())


def left_aside(lines: pl.DataFrame) -> Mapping[str, int]:
    """False friend to the number of wordings that hold it and nothing else that speaks for them."""
    texts = lines.select(
        pl.concat_str([pl.col(name).fill_null("") for name in TEXTS], separator=" | ")
    ).unique()
    counts: dict[str, int] = {}
    for text in texts.to_series().to_list():
        verdict = judge(text)
        plain = any(pattern.search(text) for _, _, pattern in _STEMS)
        if plain and not verdict.score:
            for name in verdict.friends:
                counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items()))
