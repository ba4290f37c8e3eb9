-- One row for each copy beside the article that it is nearest to; which of the two is the earlier, only order_basis tells.
SELECT
    copies.article_id,
    copy.published_date,
    copy.outlet,
    copy.title,
    copy.url,
    copies.kind,
    copies.relation,
    copies.order_basis,
    copies.containment,
    copies.original_id,
    original.published_date AS original_date,
    original.outlet AS original_outlet,
    original.title AS original_title,
    original.url AS original_url
FROM copies
JOIN articles AS copy ON copy.article_id = copies.article_id
JOIN articles AS original ON original.article_id = copies.original_id
