-- Articles that have the text of an article of $name, where the order is known.
SELECT article_id AS id, article_id, article_id AS news, outlet AS title, title AS words, outlet, published_date
FROM copied_articles
WHERE lower(original_outlet) = lower($name) AND order_basis <> 'unknown' AND relation NOT IN ('common_source', 'revision')
