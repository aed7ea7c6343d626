-- What documents prove for 31 December of a year. A document says nothing after its own date; a stated
-- end in the future carries a post on; a title holds two years and, attested later, up to the document;
-- a resolution is signed for good, and its date says no for the years before since 2015.

CREATE TABLE fact AS
SELECT ags, kind, value::DOUBLE AS value, try_cast(left(valid_from, 4) AS INT) AS start,
       try_cast(left(valid_to, 4) AS INT) - CASE WHEN length(valid_to) > 4 AND NOT ends_with(valid_to, '-12')
           AND NOT ends_with(valid_to, '-12-31') THEN 1 ELSE 0 END AS until,
       left(attested_on, 4)::INT - CASE WHEN length(attested_on) > 4 AND NOT ends_with(attested_on, '-12-31')
           THEN 1 ELSE 0 END AS proven
FROM declared_fact WHERE unit = '0/1' AND ags IN (SELECT ags FROM wanted);

CREATE TABLE proven AS
SELECT ags, kind, year, max(value) AS value
FROM fact, generate_series(2011, 2025) AS years(year)
WHERE CASE
    WHEN kind = 'agenda_2030_resolution' THEN year >= 2015
    WHEN kind = 'fairtrade_town' THEN year BETWEEN start AND greatest(proven, start + 1)
    WHEN value = 0 THEN year BETWEEN coalesce(start, proven) AND proven
    ELSE year BETWEEN start AND greatest(proven, coalesce(until, proven))
END
GROUP BY ALL;
UPDATE proven SET value = 0
WHERE kind = 'agenda_2030_resolution' AND year < (
    SELECT min(start) FROM fact WHERE fact.ags = proven.ags AND fact.kind = proven.kind);
