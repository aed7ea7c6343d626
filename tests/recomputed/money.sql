-- Budgets of five municipalities from their original cells: amounts in whole cents, one row per line.
-- Which account is current, capital, financing or an internal transfer follows each budget's own plan
-- of accounts; which line counts as what follows the declared rules (declared_rule), matched here anew.

CREATE MACRO whole(text) AS regexp_replace(replace(text, chr(173), ''), '([[:alpha:]])- ([a-zäöüß])', '\1\2', 'g');
CREATE MACRO cents_of(text) AS CAST(round(CAST(text AS DECIMAL(30, 10)) * 100) AS BIGINT);
CREATE MACRO cents_of_german(text) AS cents_of(replace(replace(text, '.', ''), ',', '.'));

CREATE TABLE line AS
SELECT row_number() OVER () AS id, * FROM (
    SELECT '09188121' AS ags, Jahr::INT AS year,
           CASE "Ansatz/Rechnung" WHEN 'Rechnung' THEN 'actual' ELSE 'plan' END AS phase,
           CASE "Budget Richtung" WHEN 'Einnahmen' THEN 'revenue' ELSE 'expenditure' END AS direction,
           CASE WHEN "Gruppennr." IN ('9161', '9151') OR regexp_matches(Bezeichnung, '(?i)^\s*(innere|interne) ver+ech')
                     OR contains(Bezeichnung, 'HHST 9151.27') OR starts_with(Bezeichnung, 'Personalkosten Bauhof (7711.1691)')
                THEN 'internal' WHEN "Haushalt Art" = 'Verwaltungshaushalt' THEN 'current' ELSE 'other' END AS part,
           "Gruppennr." AS function_code, "Titelnr." AS organisation_code, CAST(NULL AS VARCHAR) AS account_code,
           whole(Bezeichnung) AS wording, cents_of(Betrag) AS cents
    FROM raw_gilching
    UNION ALL
    SELECT '09178143', year::INT, phase, CASE ea WHEN 'E' THEN 'revenue' ELSE 'expenditure' END,
           CASE WHEN haushalt = 'verwaltung' AND regexp_matches(grz, '^(169|679|27|28|68|86)') THEN 'internal'
                WHEN haushalt = 'vermoegen' AND regexp_matches(grz, '^(30|90)') THEN 'internal'
                WHEN haushalt = 'verwaltung' THEN 'current' ELSE 'other' END,
           glz, einzelplan, grz, whole(concat_ws(' ', kontotext, grz_text)), cents_of(amount)
    FROM (
        SELECT hhst_id, year, 'plan' AS phase, ansatz AS amount FROM raw_moosburg_fact
        UNION ALL
        SELECT hhst_id, year, CASE provisional WHEN 'True' THEN 'preliminary' ELSE 'actual' END, ergebnis FROM raw_moosburg_fact
    ) JOIN raw_moosburg_post USING (hhst_id)
    WHERE amount IS NOT NULL
    UNION ALL
    SELECT '04011000', year, 'plan', CASE WHEN starts_with(Aggregat, 'EINN') THEN 'revenue' ELSE 'expenditure' END,
           CASE WHEN Aggregat IN ('AUSG.VKONS', 'AUSG.VINVE', 'EINN.EKONS', 'EINN.EINVE') THEN 'internal'
                WHEN Aggregat IN ('AUSG.KONSU', 'AUSG.PERS', 'AUSG.ZINSE', 'AUSG.GLOMA') OR Aggregat IN (
                    'EINN.KONSU', 'EINN.STEUE', 'EINN.LFA', 'EINN.BEZ', 'EINN.FDE', 'EINN.GLOME') THEN 'current'
                ELSE 'other' END,
           lpad(FKZ, 3, '0'), left("Hst.", 4), substr("Hst.", 6), whole(Zweckbestimmung), cents_of(amount)
    FROM (
        SELECT *, 2016 AS year, "Anschlag 2016" AS amount FROM raw_bremen
        UNION ALL SELECT *, 2017, "Anschlag 2017" FROM raw_bremen
    ) WHERE amount IS NOT NULL
    UNION ALL
    SELECT '11000000', 2015, phase, CASE Titelart WHEN 'Einnahmetitel' THEN 'revenue' ELSE 'expenditure' END,
           CASE WHEN Obergruppe IN ('38', '98') THEN 'internal'
                WHEN regexp_matches(Obergruppe, '^(0\d|11|12|14|15|16|2\d|37|4\d|51|52|53|54|55|56|57|6\d|97)$') THEN 'current'
                ELSE 'other' END,
           Funktion, Kapitel, Titel, Titelbezeichnung, CAST(round(CAST(amount AS DOUBLE) * 100) AS BIGINT)
    FROM (
        SELECT *, 'plan' AS phase, Ansatz AS amount FROM raw_berlin
        UNION ALL SELECT *, 'actual', Ist FROM raw_berlin
    ) WHERE amount IS NOT NULL
    UNION ALL
    SELECT '05170048', year, phase,
           CASE WHEN regexp_matches(Kostenart, '^(4|6|97)') THEN 'revenue' ELSE 'expenditure' END,
           CASE WHEN regexp_matches(Kostenart, '^(48|58|72|73|74|79999999|97|98)') THEN 'internal'
                WHEN regexp_matches(Kostenart, '^[45]') THEN 'current' ELSE 'other' END,
           "Objektnr.", Profitcenter, Kostenart, "Kostenart Beschreibung",
           CASE WHEN regexp_matches(Kostenart, '^(4|6|97)') THEN -1 ELSE 1 END * cents_of_german(amount)
    FROM (
        SELECT *, 2015 AS year, 'actual' AS phase, "Ist 2015" AS amount FROM raw_wesel
        UNION ALL SELECT *, 2016, 'actual', "Ist 2016" FROM raw_wesel
        UNION ALL SELECT *, 2016, 'plan', "Plan 2016" FROM raw_wesel
        UNION ALL SELECT *, 2017, 'plan', "Plan 2017" FROM raw_wesel
        UNION ALL SELECT *, 2018, 'plan', "Plan 2018" FROM raw_wesel
        UNION ALL SELECT *, 2019, 'plan', "Plan 2019" FROM raw_wesel
        UNION ALL SELECT *, 2020, 'plan', "Plan 2020" FROM raw_wesel
    ) WHERE Kostenart IS NOT NULL AND amount IS NOT NULL
);

-- A preliminary outcome stands in only where a year has no final line.
DELETE FROM line WHERE phase = 'preliminary' AND EXISTS (
    SELECT 1 FROM line AS final WHERE final.ags = line.ags AND final.year = line.year AND final.phase = 'actual');
UPDATE line SET phase = 'actual' WHERE phase = 'preliminary';

CREATE TABLE rule AS
SELECT rule_id, ags, tag, confirmed_none = 'true' AS confirms_none, year_from::INT AS year_from, year_to::INT AS year_to,
       phase, direction, function_pattern, organisation_pattern, account_pattern, text_pattern, share::DOUBLE AS share,
       10 * (CAST(function_pattern IS NOT NULL AS INT) + CAST(organisation_pattern IS NOT NULL AS INT)
             + CAST(account_pattern IS NOT NULL AS INT) + CAST(text_pattern IS NOT NULL AS INT))
       + CAST(year_from IS NOT NULL AS INT) + CAST(year_to IS NOT NULL AS INT)
       + CAST(phase IS NOT NULL AS INT) + CAST(direction IS NOT NULL AS INT) AS weight
FROM declared_rule;

-- Patterns are matched once for each distinct description of a line.
CREATE TABLE fitting AS
SELECT l.*, r.rule_id
FROM (SELECT DISTINCT ags, function_code, organisation_code, account_code, wording FROM line) AS l
JOIN rule AS r ON r.ags = l.ags AND NOT r.confirms_none
    AND (r.function_pattern IS NULL OR regexp_full_match(l.function_code, r.function_pattern))
    AND (r.organisation_pattern IS NULL OR regexp_full_match(l.organisation_code, r.organisation_pattern))
    AND (r.account_pattern IS NULL OR regexp_full_match(l.account_code, r.account_pattern))
    AND (r.text_pattern IS NULL OR regexp_matches(l.wording, '(?i)' || r.text_pattern));

-- The heaviest rule that fits decides; internal transfers are never tagged.
CREATE TABLE tagged AS
SELECT l.ags, l.year, l.phase, l.direction, r.tag,
       CASE r.share WHEN 1 THEN l.cents ELSE CAST(sign(l.cents) * floor(abs(l.cents) * r.share + 0.5) AS BIGINT) END AS cents
FROM line AS l
JOIN fitting AS f ON f.ags = l.ags AND f.function_code IS NOT DISTINCT FROM l.function_code
    AND f.organisation_code IS NOT DISTINCT FROM l.organisation_code
    AND f.account_code IS NOT DISTINCT FROM l.account_code AND f.wording IS NOT DISTINCT FROM l.wording
JOIN rule AS r USING (rule_id)
WHERE l.part <> 'internal' AND l.year BETWEEN coalesce(r.year_from, 0) AND coalesce(r.year_to, 9999)
    AND (r.phase IS NULL OR r.phase = l.phase) AND (r.direction IS NULL OR r.direction = l.direction)
QUALIFY rank() OVER (PARTITION BY l.id ORDER BY r.weight DESC) = 1;

-- Sums of the lines of a kind; a zero only where a line or a confirmation says zero, else nothing.
CREATE TABLE kind AS
WITH kinds(kind, tag, direction) AS (VALUES
    ('development_abroad', 'development_abroad', 'expenditure'),
    ('development_domestic', 'development_domestic', 'expenditure'),
    ('development_grants', 'grant_received', 'revenue'),
    ('fair_trade_spending', 'fair_trade', 'expenditure'),
    ('partnership_spending', 'international_partnership', 'expenditure')),
asked AS (SELECT DISTINCT ags, year, phase, kinds.* FROM line, kinds)
SELECT a.ags, a.year, a.phase, a.kind, count(t.cents) AS lines, sum(t.cents) AS cents,
       EXISTS (SELECT 1 FROM rule AS r WHERE r.ags = a.ags AND r.confirms_none AND r.tag = a.tag
               AND a.year BETWEEN r.year_from AND r.year_to AND coalesce(r.phase, a.phase) = a.phase) AS confirmed
FROM asked AS a LEFT JOIN tagged AS t USING (ags, year, phase, tag, direction)
GROUP BY ALL;

CREATE TABLE money AS
SELECT ags, year, phase, kind AS measure, CASE WHEN lines > 0 OR confirmed THEN coalesce(cents, 0) END AS cents FROM kind
UNION ALL
SELECT ags, year, phase, 'development_spending',
       CASE WHEN sum(lines) > 0 OR bool_and(confirmed) THEN coalesce(sum(cents), 0) END
FROM kind WHERE kind IN ('development_abroad', 'development_domestic') GROUP BY ALL
UNION ALL
SELECT ags, year, phase, 'total_payments', sum(cents)
FROM line WHERE direction = 'expenditure' AND part = 'current' GROUP BY ALL;
