-- Every number, down to the bytes: formula, measures, rows, files. Filled in once for published
-- numbers and once for plan figures (pipelines/database.py).
CREATE MACRO {macro}(unit_key, indicator_key, reference_year) AS TABLE
WITH wanted AS (
    SELECT o.*, i.formula, i.name_de
    FROM {table} AS o
    JOIN indicator AS i USING (indicator_id)
    WHERE o.ags = unit_key AND o.indicator_id = indicator_key AND o.year = reference_year
),
parts AS (
    SELECT p.position, m.*
    FROM wanted AS w
    JOIN indicator_measure AS p USING (indicator_id)
    JOIN measure AS m ON m.measure_id = p.measure_id AND m.ags = w.ags AND m.year = w.year
    WHERE m.phase <> '{other_phase}'
),
steps AS (
    SELECT 1 AS step, 'observation' AS kind, 0 AS position, indicator_id AS name,
           value, obs_status, coalesce(reason, '') || coalesce(' ' || note, '') AS detail,
           formula AS text, NULL AS file, NULL AS locator, NULL AS snapshot_id
    FROM wanted
    UNION ALL
    SELECT 2, 'measure', position, measure_id, value, obs_status,
           unit || coalesce(', ' || reason, '') || coalesce(', ' || note, ''),
           inputs || ' inputs', NULL, NULL, NULL
    FROM parts
    UNION ALL
    SELECT 3, 'input', p.position, n.measure_id, n.contribution, n.obs_status,
           coalesce(n.input_table || ' ' || n.input_id, n.reason) || coalesce(', rule ' || n.rule_id, ''),
           n.raw_text,
           (SELECT min(s.name) FROM snapshot AS s WHERE s.snapshot_id = n.snapshot_id),
           n.locator, n.snapshot_id
    FROM parts AS p
    JOIN measure_input AS n
      ON n.measure_id = p.measure_id AND n.ags = p.ags AND n.year = p.year AND n.phase = p.phase
)
SELECT kind, name, value, obs_status, detail, text, file, locator, snapshot_id
FROM steps
ORDER BY step, position, abs(value) DESC NULLS LAST, locator;

COMMENT ON MACRO TABLE {macro} IS '{macro}(ags, indicator_id, year): formula, numbers, rows, files and hashes of one row of {table}';
