-- One row for each quotation and each of those who say it, also of several together: whom the articles quote.
SELECT
    saying.quote_id,
    saying.entity_id AS speaker_entity_id,
    entities.name AS speaker,
    entities.type AS speaker_type,
    quotes.content,
    quotes.kind,
    quotes.stance,
    quotes.is_said,
    quotes.confidence,
    articles.published_date,
    articles.outlet,
    articles.is_latest,
    quotes.article_id,
    articles.copy_group,
    articles.story_id,
    quotes.statement_id
FROM (SELECT DISTINCT quote_id, entity_id FROM quote_speakers WHERE how <> 'represented' AND entity_id IS NOT NULL) AS saying
JOIN quotes ON quotes.quote_id = saying.quote_id
JOIN articles ON articles.article_id = quotes.article_id
JOIN entities ON entities.entity_id = saying.entity_id
