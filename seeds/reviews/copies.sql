-- Copies that have the least of their text from the article that they are nearest to.
SELECT
    copies.article_id AS item,
    copies.containment AS confidence,
    'copy' AS held,
    ['copy', 'no copy'] AS options,
    copy.title,
    copy.outlet,
    copy.published_date,
    '' AS before,
    substr(copy.body, 1, 3000) AS words,
    '' AS after,
    substr(original.body, 1, 3000) AS beside,
    copies.article_id,
    copies.original_id
FROM copies
JOIN articles AS copy ON copy.article_id = copies.article_id
JOIN articles AS original ON original.article_id = copies.original_id
WHERE copies.relation <> 'revision'
ORDER BY copies.containment, copies.article_id
LIMIT $limit
