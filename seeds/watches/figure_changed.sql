-- Figures that a speaker gives otherwise than on an earlier day.
SELECT
    changes.change_id AS id, later.article_id, changes.change_id AS news, coalesce(later.speaker, later.speaker_text, 'Somebody') AS title,
    later.content || ' (before, ' || coalesce(CAST(earlier.published_date AS VARCHAR), 'no date') || ': ' || earlier.content || ')' AS words,
    later.outlet, later.published_date, later.confidence
FROM changes
JOIN quotations AS later ON later.quote_id = changes.later_quote_id
JOIN quotations AS earlier ON earlier.quote_id = changes.quote_id
WHERE changes.kind = 'figure'
