-- Who quoted it first, and who after?
-- The place is empty where nothing tells it: of several articles of one day, one has no time; or one has no day.
-- $words text: words that stand in the quotation
-- $speaker text = : part of the speaker's name
-- $limit integer = 50: quotations to show
WITH asked AS (
    SELECT DISTINCT statement_id FROM quotations
    WHERE contains(lower(content), lower($words)) AND contains(lower(coalesce(speaker, '')), lower($speaker))
), placed AS (
    SELECT
        *,
        count(*) FILTER (published_date IS NULL) OVER (PARTITION BY statement_id) = 0
        AND (
            count(*) FILTER (published_at IS NULL) OVER (PARTITION BY statement_id, published_date) = 0
            OR count(DISTINCT article_id) OVER (PARTITION BY statement_id, published_date) = 1
        ) AS is_told
    FROM quotations
    JOIN asked USING (statement_id)
)
SELECT
    CASE WHEN is_told THEN dense_rank() OVER (PARTITION BY statement_id ORDER BY published_date, published_at) END AS place,
    published_date,
    published_at,
    coalesce(outlet, source) AS outlet,
    speaker,
    content,
    copy_kind,
    url
FROM placed
ORDER BY statement_id, published_date NULLS LAST, published_at NULLS LAST, copy_kind <> 'original', outlet, quote_id
LIMIT $limit
