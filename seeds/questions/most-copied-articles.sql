-- Which articles were copied most, and by whom?
-- Counted where it is known which of the two was first; later texts of the same page are no copies.
-- $limit integer = 20: articles to show
SELECT
    coalesce(original_title, left(body, 80)) AS article,
    coalesce(original_outlet, articles.source) AS outlet,
    original_date,
    count(*) AS copies,
    count(*) FILTER (kind = 'exact') AS exact,
    count(*) FILTER (kind = 'near') AS near,
    count(*) FILTER (kind = 'rewritten') AS rewritten,
    string_agg(DISTINCT copied_articles.outlet, ', ' ORDER BY copied_articles.outlet) AS copied_by
FROM copied_articles
JOIN articles ON articles.article_id = original_id
WHERE order_basis <> 'unknown' AND relation <> 'revision'
GROUP BY original_id, original_title, body, original_outlet, articles.source, original_date
ORDER BY copies DESC, original_date NULLS LAST, original_id
LIMIT $limit
