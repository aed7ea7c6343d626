-- Inhabitants from three editions of the register, the list beside the accounts of NRW and a table of districts; for a date the nearest count within five years,
-- of two equally far the earlier, of several editions of one count the newest.

CREATE TABLE counted AS
SELECT c2 || c3 || c4 || c6 AS ags, DATE '2019-12-31' AS day, DATE '2019-12-31' AS territory,
       c9::DOUBLE::BIGINT AS inhabitants FROM raw_register_2019
UNION ALL
SELECT c2 || c3 || c4 || c6, DATE '2022-12-31', DATE '2024-06-30', c9::DOUBLE::BIGINT FROM raw_register_2024
UNION ALL
SELECT substr(line, 11, 8), DATE '2022-12-31', DATE '2023-11-30', substr(line, 140, 11)::BIGINT
FROM raw_register_2023 WHERE starts_with(line, '60')
UNION ALL
SELECT DISTINCT ags, DATE '2011-12-31', DATE '2011-12-31', population::BIGINT FROM raw_nrw_area WHERE level = 'gemeinden'
UNION ALL  -- a city that is its own district: the figure of the district is that of the city
SELECT "1_variable_attribute_code" || '000', time::DATE, time::DATE, value::BIGINT
FROM raw_districts_2024
WHERE "2_variable_attribute_code" IS NULL AND length("1_variable_attribute_code") = 5 AND value <> '-'
    AND contains("1_variable_attribute_label", 'kreisfreie Stadt');

CREATE MACRO inhabitants_near(key, wanted) AS (
    SELECT inhabitants FROM counted
    WHERE ags = key AND day BETWEEN wanted - INTERVAL 5 YEAR AND wanted + INTERVAL 5 YEAR
    ORDER BY abs(date_diff('day', wanted, day)), day, territory DESC LIMIT 1);
