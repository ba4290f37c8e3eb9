-- Which quotations did outlets change after publication: added, removed, reworded, with another figure or speaker?
-- $outlet text = : part of the outlet's name
-- $kind text = : added, removed, reworded, figure or attributed
-- $limit integer = 50: changes to show, the newest first
SELECT
    later.outlet,
    later.url,
    earlier.published_date,
    later.published_date AS later_published_date,
    later.revision,
    quote_changes.kind,
    coalesce(quote_changes.difference, before.content, after.content) AS words,
    coalesce(before.speaker, before.speaker_text) AS speaker,
    coalesce(after.speaker, after.speaker_text) AS later_speaker,
    quote_changes.value,
    quote_changes.later_value,
    quote_changes.counted,
    quote_changes.unit
FROM quote_changes
JOIN articles AS earlier ON earlier.article_id = quote_changes.earlier_article_id
JOIN articles AS later ON later.article_id = quote_changes.article_id
LEFT JOIN quotations AS before ON before.quote_id = quote_changes.quote_id
LEFT JOIN quotations AS after ON after.quote_id = quote_changes.later_quote_id
WHERE contains(lower(coalesce(later.outlet, '')), lower($outlet)) AND ($kind = '' OR quote_changes.kind = $kind)
ORDER BY later.published_date DESC NULLS LAST, later.url, later.revision, quote_changes.quote_change_id
LIMIT $limit
