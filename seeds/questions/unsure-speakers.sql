-- Who may have said what nobody is surely known to have said?
-- $name text = : part of a candidate's name
-- $limit integer = 50: quotations to show, the newest first
WITH open AS (
    SELECT quotes.quote_id
    FROM quotes
    JOIN speaker_candidates ON speaker_candidates.quote_id = quotes.quote_id
    JOIN entities ON entities.entity_id = speaker_candidates.entity_id
    JOIN articles ON articles.article_id = quotes.article_id
    WHERE quotes.speaker_entity_id IS NULL AND quotes.is_said AND articles.is_latest
    GROUP BY quotes.quote_id, articles.published_date
    HAVING bool_or(contains(lower(entities.name), lower($name)))
    ORDER BY articles.published_date DESC, quotes.quote_id
    LIMIT $limit
)
SELECT
    quotes.speaker_text,
    entities.name AS candidate,
    speaker_candidates.probability,
    quotes.content,
    articles.published_date,
    articles.outlet,
    quotes.quote_id
FROM open
JOIN quotes ON quotes.quote_id = open.quote_id
JOIN articles ON articles.article_id = quotes.article_id
JOIN speaker_candidates ON speaker_candidates.quote_id = quotes.quote_id
JOIN entities ON entities.entity_id = speaker_candidates.entity_id
ORDER BY articles.published_date DESC, quotes.quote_id, speaker_candidates.rank
