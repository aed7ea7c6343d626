-- Partnerships from the two open lists and the written-down documents, counted per 31 December.
-- A list of July 2017 speaks for the end of 2017, one of February 2026 for the end of 2025; a document
-- for the last year end before its date and, where it names a start, for every year end since.

CREATE TABLE town AS
SELECT c2 || c3 || c4 || c6 AS ags, regexp_extract(c7, '^\w+') AS first_word,
       replace(c15, ',', '.')::DOUBLE AS lat, replace(c14, ',', '.')::DOUBLE AS lon
FROM raw_register_2019 WHERE c2 || c3 || c4 || c6 IN (SELECT ags FROM wanted);

CREATE MACRO km(lat_1, lon_1, lat_2, lon_2) AS 2 * 6371 * asin(least(1, sqrt(
    pow(sin(radians(lat_2 - lat_1) / 2), 2)
    + cos(radians(lat_1)) * cos(radians(lat_2)) * pow(sin(radians(lon_2 - lon_1) / 2), 2))));
CREATE MACRO plain(name) AS trim(regexp_replace(lower(strip_accents(name)), '[^a-z0-9]+', ' ', 'g'));

CREATE TABLE country_name AS
SELECT plain(name_en_iso) AS name, iso3 FROM raw_country
UNION VALUES ('united states', 'USA'), ('united states of america', 'USA'), ('united kingdom', 'GBR'),
    ('england', 'GBR'), ('england united kingdom', 'GBR'), ('scotland', 'GBR'), ('wales', 'GBR'),
    ('russia', 'RUS'), ('turkey', 'TUR'), ('venezuela', 'VEN'), ('czech republic', 'CZE'),
    ('people s republic of china', 'CHN'), ('south korea', 'KOR'), ('tanzania', 'TZA'), ('bolivia', 'BOL');

-- Declared as wrong (quality/corrections): Aachen's partner is Halifax in England, not in Canada.
DELETE FROM raw_wikidata
WHERE origincityLabel = 'Aachen' AND sistercityLabel = 'Halifax' AND "destination_countryLabel" = 'Canada';

-- Every record with the place in Germany first, whichever end it stood at.
CREATE TABLE pair AS
SELECT 'wikidata' AS list, 2017 AS year_end, origincityLabel AS place, originlat::DOUBLE AS lat, originlong::DOUBLE AS lon,
       sistercityLabel AS partner, "destination_countryLabel" AS country,
       try_cast(destinationlat AS DOUBLE) AS partner_lat, try_cast(destinationlong AS DOUBLE) AS partner_lon
FROM raw_wikidata
UNION ALL
SELECT 'wikipedia', 2025, city1, lat1::DOUBLE, lng1::DOUBLE, city2, country2, lat2::DOUBLE, lng2::DOUBLE
FROM raw_wikipedia WHERE country1 = 'Germany'
UNION ALL
SELECT 'wikipedia', 2025, city2, lat2::DOUBLE, lng2::DOUBLE, city1, country1, lat1::DOUBLE, lng1::DOUBLE
FROM raw_wikipedia WHERE country2 = 'Germany';

CREATE TABLE stated AS
SELECT t.ags, p.year_end, true AS inventory, p.partner, c.iso3, p.partner_lat, p.partner_lon
FROM pair AS p
JOIN town AS t ON regexp_extract(p.place, '^\w+') = t.first_word AND km(p.lat, p.lon, t.lat, t.lon) <= 10
    AND NOT regexp_matches(p.place, '[(–]|[A-Za-z]-[A-Z]|[Kk]reis')
LEFT JOIN country_name AS c ON c.name = plain(p.country)
WHERE p.country <> 'Germany'
UNION ALL
SELECT ags, year_end, false, partner, partner_country, NULL, NULL
FROM (
    SELECT ags, partner, partner_country, try_cast(left(valid_from, 4) AS INT) AS start,
           CASE WHEN length(attested_on) = 4 THEN attested_on::INT ELSE left(attested_on, 4)::INT - 1 END AS last
    FROM declared_fact WHERE kind = 'partnership' AND ags IN (SELECT ags FROM wanted)
), generate_series(2011, 2025) AS years(year_end)
WHERE year_end BETWEEN coalesce(start, last) AND last;

-- One relationship under several names: the same name, our list of names, or the same spot.
CREATE TABLE relation AS
WITH named AS (
    SELECT s.*, coalesce(plain(n.german), plain(s.partner)) AS name
    FROM stated AS s LEFT JOIN declared_partner_name AS n ON n.country = s.iso3 AND plain(n.name) = plain(s.partner)
)
SELECT ags, year_end, iso3, bool_or(inventory) AS inventory,
       (SELECT min(o.name) FROM named AS o WHERE o.ags = n.ags AND o.iso3 = n.iso3 AND o.year_end = n.year_end
        AND (o.name = n.name OR km(o.partner_lat, o.partner_lon, n.partner_lat, n.partner_lon) <= 2)) AS partner
FROM named AS n GROUP BY ALL;

CREATE TABLE recipient AS
SELECT iso3, dac_group, year_from::INT AS first, coalesce(year_to::INT, 9999) AS last FROM declared_recipient;

CREATE TABLE partnership_count AS
SELECT r.ags, r.year_end AS year, bool_or(r.inventory) AS listed, count(DISTINCT (r.iso3, r.partner)) AS abroad,
       count(DISTINCT (r.iso3, r.partner)) FILTER (d.iso3 IS NOT NULL) AS developing,
       count(DISTINCT (r.iso3, r.partner)) FILTER (d.dac_group = 'LDC') AS least_developed
FROM relation AS r
LEFT JOIN recipient AS d ON d.iso3 = r.iso3 AND r.year_end BETWEEN d.first AND d.last
GROUP BY ALL;
