-- Every indicator that has a value for the wanted units, from the tables of the files before this one.

CREATE TABLE recomputed_money AS
SELECT ags, year, phase, max(cents) FILTER (measure = 'development_spending') AS development,
       max(cents) FILTER (measure = 'development_abroad') AS abroad,
       max(cents) FILTER (measure = 'development_grants') AS grants,
       max(cents) FILTER (measure = 'fair_trade_spending') AS fair_trade,
       max(cents) FILTER (measure = 'partnership_spending') AS partnership,
       max(cents) FILTER (measure = 'total_payments') AS total,
       inhabitants_near(ags, make_date(year, 6, 30)) AS people
FROM money GROUP BY ALL;

-- Receipts of current operations are the single accounts 60 to 66 over all product groups, taxes those
-- of 60; an account the office does not disclose makes the sum unknown.
CREATE TABLE official_accounts AS
SELECT ags, year, sum(amount_eur) FILTER (account LIKE '60%') AS taxes, sum(amount_eur) AS receipts
FROM raw_nrw
WHERE product_group = '999' AND length(account) = 4 AND left(account, 2) BETWEEN '60' AND '66'
GROUP BY ALL HAVING count(*) = count(amount_eur);

-- Taxes are the account kinds 601 to 603 less the levy on trade tax (7341, 7342); the balance is receipts less payments of
-- current operations (60 to 66, 70 to 75) and investment (68, 78). Payments are written with three or four digits.
CREATE TABLE official_balances AS
SELECT ags, year,
       CASE WHEN bool_and(amount_eur IS NOT NULL) FILTER (account SIMILAR TO '60[123].' OR account IN ('7341', '7342'))
            THEN sum(CASE WHEN account LIKE '7%' THEN -amount_eur ELSE amount_eur END)
                 FILTER (account SIMILAR TO '60[123].' OR account IN ('7341', '7342')) END AS net_taxes,
       CASE WHEN bool_and(amount_eur IS NOT NULL) FILTER (account SIMILAR TO '(6[0-68]|7[0-58]).*')
            THEN sum(CASE WHEN account LIKE '7%' THEN -amount_eur ELSE amount_eur END)
                 FILTER (account SIMILAR TO '(6[0-68]|7[0-58]).*') END AS balance,
       inhabitants_near(ags, make_date(year, 6, 30)) AS people
FROM raw_nrw WHERE product_group = '999' AND length(account) >= 3 GROUP BY ALL;

CREATE TABLE awarded AS
SELECT t.ags, a.year::INT AS year, count(*) AS awards
FROM raw_award AS a JOIN town AS t ON a.municipality = t.first_word GROUP BY ALL;

CREATE TABLE recomputed AS
SELECT * FROM (
    SELECT phase, 'ez_ausg_ew' AS indicator_id, ags, year, development::DOUBLE / (100 * people) AS value FROM recomputed_money
    UNION ALL SELECT phase, 'ez_ausg_anteil', ags, year, (100 * development)::DOUBLE / nullif(total, 0) FROM recomputed_money
    UNION ALL SELECT phase, 'ez_ausland', ags, year, (100 * abroad)::DOUBLE / nullif(development, 0) FROM recomputed_money
    UNION ALL SELECT phase, 'ez_eigenmittel', ags, year, (100 * (development - grants))::DOUBLE / nullif(development, 0) FROM recomputed_money
    UNION ALL SELECT phase, 'fair_ausg_ew', ags, year, fair_trade::DOUBLE / (100 * people) FROM recomputed_money
    UNION ALL SELECT phase, 'pt_ausg_ew', ags, year, partnership::DOUBLE / (100 * people) FROM recomputed_money
    UNION ALL SELECT 'actual', 'pt_gs_n', ags, year, developing::DOUBLE FROM partnership_count
    UNION ALL SELECT 'actual', 'pt_int_n', ags, year, abroad::DOUBLE FROM partnership_count
    UNION ALL SELECT 'actual', 'pt_gs_100k', ags, year,
        (100000 * developing)::DOUBLE / inhabitants_near(ags, make_date(year, 12, 31)) FROM partnership_count
    UNION ALL SELECT 'actual', 'pt_gs_anteil', ags, year, (100 * developing)::DOUBLE / nullif(abroad, 0)
        FROM partnership_count WHERE listed
    UNION ALL SELECT 'actual', 'pt_ldc_anteil', ags, year, (100 * least_developed)::DOUBLE / nullif(developing, 0)
        FROM partnership_count WHERE listed
    UNION ALL SELECT 'actual', 'steuerquote', ags, year, (100 * taxes)::DOUBLE / nullif(receipts, 0) FROM official_accounts
    UNION ALL SELECT 'actual', 'steuer_ew', ags, year, (100 * net_taxes)::DOUBLE / (100 * people) FROM official_balances
    UNION ALL SELECT 'actual', 'saldo_ew', ags, year, (100 * balance)::DOUBLE / (100 * people) FROM official_balances
    UNION ALL SELECT 'actual', 'auszeichnung_n', ags, year, awards::DOUBLE FROM awarded
    UNION ALL SELECT 'actual', CASE kind WHEN 'fairtrade_town' THEN 'fairtrade_town' WHEN 'agenda_2030_resolution' THEN 'agenda_res'
        WHEN 'coordination_position' THEN 'kepol_stelle' WHEN 'development_policy_concept' THEN 'ep_konzept' ELSE kind END,
        ags, year, value FROM proven
) WHERE value IS NOT NULL AND ags IN (SELECT ags FROM wanted) AND (phase = 'plan' OR year <= 2025);
