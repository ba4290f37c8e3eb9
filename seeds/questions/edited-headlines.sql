-- Which quotations of headlines did outlets change after publication?
-- $outlet text = : part of the outlet's name
-- $limit integer = 50: headlines to show, the newest first
WITH said AS (
    SELECT
        article_id,
        string_agg(coalesce(speaker, speaker_text, 'nobody named') || ': ' || text, '; ' ORDER BY display_quote_id) AS words
    FROM display_quotations
    WHERE place = 'title'
    GROUP BY article_id
)
SELECT
    coalesce(later.outlet, later.source) AS outlet,
    later.published_date,
    earlier.title AS earlier_title,
    later.title AS later_title,
    before.words AS earlier_said,
    now.words AS later_said
FROM articles AS later
JOIN articles AS earlier ON earlier.url = later.url AND earlier.revision = later.revision - 1
LEFT JOIN said AS before ON before.article_id = earlier.article_id
LEFT JOIN said AS now ON now.article_id = later.article_id
WHERE coalesce(before.words, '') <> coalesce(now.words, '')
    AND contains(lower(coalesce(later.outlet, later.source)), lower($outlet))
ORDER BY later.published_at DESC NULLS LAST, later.published_date DESC NULLS LAST, later.article_id
LIMIT $limit
