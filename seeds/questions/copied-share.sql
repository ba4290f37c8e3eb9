-- How much of each outlet's text is copied?
-- $articles integer = 1: articles that an outlet must have at least
SELECT
    coalesce(outlet, '(not known)') AS outlet,
    count(*) AS articles,
    count(*) FILTER (copy_kind IN ('exact', 'near', 'rewritten')) AS copies,
    round(coalesce(sum(word_count * copy_score) FILTER (copy_kind IN ('exact', 'near', 'rewritten')), 0) / sum(word_count), 3) AS copied_share_of_words,
    count(*) FILTER (copy_kind = 'exact') AS exact,
    count(*) FILTER (copy_kind = 'near') AS near,
    count(*) FILTER (copy_kind = 'rewritten') AS rewritten,
    count(*) FILTER (agency IS NOT NULL) AS credited_to_agency
FROM articles
WHERE is_latest
GROUP BY outlet
HAVING count(*) >= $articles
ORDER BY copied_share_of_words DESC, articles DESC, outlet
