-- Which units existed on a day, and whole series on the newest territory.
CREATE MACRO municipality_at(on_day) AS TABLE
WITH ended AS (
    SELECT key_from AS ags, min(effective_on) AS ends_on, bool_and(is_exact_day) AS is_exact
    FROM territory_step WHERE kind IN ('dissolution', 'key_change') GROUP BY key_from
),
begun AS (
    SELECT key_to AS ags, min(effective_on) AS begins_on
    FROM territory_step WHERE key_from <> key_to GROUP BY key_to
),
first_edition AS (SELECT min(valid_from) AS listed_from FROM municipality),
lifetime AS (
    SELECT m.*,
           CASE WHEN m.valid_from > f.listed_from THEN least(b.begins_on, m.valid_from)
                ELSE m.valid_from END AS begins_on,
           CASE WHEN m.valid_to IS NOT NULL THEN least(e.ends_on, m.valid_to) END AS ends_on,
           coalesce(e.is_exact, false) AS is_exact_end
    FROM municipality AS m CROSS JOIN first_edition AS f
    LEFT JOIN ended AS e ON e.ags = m.ags
    LEFT JOIN begun AS b ON b.ags = m.ags
)
SELECT ags, level, name, type_code, is_unincorporated, land, district, begins_on, ends_on, is_exact_end
FROM lifetime
WHERE begins_on <= on_day::DATE AND (ends_on IS NULL OR ends_on > on_day::DATE)
UNION ALL
SELECT DISTINCT w.key_from, w.level, m.name, m.type_code, m.is_unincorporated, left(w.key_from, 2),
       left(w.key_from, 5), NULL::DATE, NULL::DATE, false
FROM territory_weight AS w CROSS JOIN first_edition AS f
LEFT JOIN municipality AS m ON m.ags = w.key_from
WHERE on_day::DATE < f.listed_from AND w.year_from = year(on_day::DATE + INTERVAL 1 DAY) - 1;

COMMENT ON MACRO TABLE municipality_at IS 'municipality_at(day): units that existed on a day. ends_on is exact where is_exact_end, otherwise the first day the successor is known; before the first register edition the keys of the BBSR of the last year-end (municipalities and districts, names only where the key still exists)';

CREATE MACRO observation_on_current_territory() AS TABLE
SELECT o.indicator_id, o.ags, o.year, o.value, o.obs_status, o.conf_status, o.reason, o.further_reasons,
       o.note, o.definition_version, o.denominator_id,
       (SELECT max(territory_date) FROM municipality) AS territory_date,
       o.snapshot_ids, 0.0::DOUBLE AS estimated_share, NULL::VARCHAR AS path, false AS is_carried
FROM observation AS o
JOIN municipality AS live ON live.ags = o.ags AND live.valid_to IS NULL
LEFT JOIN observation_current_territory AS c
    ON c.indicator_id = o.indicator_id AND c.ags = o.ags AND c.year = o.year
WHERE c.ags IS NULL
UNION ALL
SELECT c.indicator_id, c.ags, c.year, c.value, c.obs_status, c.conf_status, c.reason, c.further_reasons,
       c.note, c.definition_version, c.denominator_id, c.territory_date,
       c.snapshot_ids, c.estimated_share, c.path, true
FROM observation_current_territory AS c;

COMMENT ON MACRO TABLE observation_on_current_territory IS 'observation_on_current_territory(): every series on the newest territory, one row per indicator, live unit and year; as reported stands in observation. is_carried: brought from parts of an earlier territory';
