-- Which quotations differ between articles that are no copies of each other?
-- $speaker text = : part of the speaker's name
-- $limit integer = 50: quotations to show
WITH differing AS (
    SELECT statement_id
    FROM statement_variants
    JOIN quotations USING (statement_id, quote_id)
    WHERE contains(lower(coalesce(speaker, '')), lower($speaker))
    GROUP BY statement_id
    HAVING count(DISTINCT copy_group) > 1 AND count(DISTINCT content) > 1
)
SELECT
    coalesce(speaker, speaker_text) AS speaker,
    coalesce(outlet, source) AS outlet,
    published_date,
    kind,
    content,
    difference
FROM statement_variants
JOIN quotations USING (statement_id, quote_id)
JOIN differing USING (statement_id)
ORDER BY statement_id, difference <> '', quote_id
LIMIT $limit
