-- Who quoted it first, and who after?
-- $words text: words that stand in the quotation
-- $speaker text = : part of the speaker's name
-- $limit integer = 50: quotations to show
WITH asked AS (
    SELECT DISTINCT statement_id FROM quotations
    WHERE contains(lower(content), lower($words)) AND contains(lower(coalesce(speaker, '')), lower($speaker))
)
SELECT
    dense_rank() OVER (PARTITION BY statement_id ORDER BY published_date NULLS LAST, published_at NULLS LAST) AS place,
    published_date,
    published_at,
    coalesce(outlet, source) AS outlet,
    speaker,
    content,
    copy_kind,
    url
FROM quotations
JOIN asked USING (statement_id)
ORDER BY statement_id, place, copy_kind <> 'original', outlet, quote_id
LIMIT $limit
