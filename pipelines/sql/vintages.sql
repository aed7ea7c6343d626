-- The observations of a day and of a release, and the revisions of one unit (pipelines/database.py).
CREATE MACRO observation_of_release(wanted_release) AS TABLE
SELECT {columns}
FROM observation_history AS h
JOIN release_history AS first_held ON first_held.release_id = h.valid_from_release
LEFT JOIN release_history AS no_longer ON no_longer.release_id = h.valid_to_release
JOIN release_history AS wanted ON wanted.release_id = wanted_release
WHERE first_held.number <= wanted.number AND (no_longer.number IS NULL OR no_longer.number > wanted.number)
ORDER BY {sort};

COMMENT ON MACRO TABLE observation_of_release IS 'observation_of_release(release_id): the table observation exactly as that release held it';

CREATE MACRO observation_asof(day) AS TABLE
SELECT * FROM observation_of_release((
    SELECT max_by(release_id, number) FROM release_history
    WHERE recorded_at[1:10] <= CAST(CAST(day AS DATE) AS VARCHAR)));

COMMENT ON MACRO TABLE observation_asof IS 'observation_asof(day): the table observation exactly as the last release recorded on or before that day (UTC) held it; empty before the first release';

CREATE MACRO revisions(unit_key) AS TABLE
SELECT r.release_id, substr(h.recorded_at, 1, 10) AS published_on, r.indicator_id, r.year,
       r.old_value, r.old_status, r.new_value, r.new_status, r.relative_change,
       r.causes, r.evidence, r.source_ids, r.correction_ids, r.kind,
       r.old_definition_version, r.new_definition_version
FROM revision AS r
JOIN release_history AS h USING (release_id)
WHERE r.ags = unit_key
ORDER BY h.number DESC, r.indicator_id, r.year;

COMMENT ON MACRO TABLE revisions IS 'revisions(ags): what changed in the published numbers of one unit, newest release first, with causes';
