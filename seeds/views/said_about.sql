-- One row for each quotation, each of those who say it and each entity that its words name: who said what about whom.
SELECT
    quotes.quote_id,
    speakers.name AS speaker,
    subjects.name AS about,
    subjects.type AS about_type,
    quotes.content,
    articles.published_date,
    articles.outlet,
    quotes.is_said,
    quotes.confidence,
    quotes.article_id,
    quotes.statement_id,
    saying.entity_id AS speaker_entity_id,
    named.entity_id AS about_entity_id
FROM (SELECT DISTINCT quote_id, entity_id FROM quote_entities) AS named
JOIN quotes ON quotes.quote_id = named.quote_id
JOIN articles ON articles.article_id = quotes.article_id
JOIN entities AS subjects ON subjects.entity_id = named.entity_id
LEFT JOIN (
    SELECT DISTINCT quote_id, entity_id FROM quote_speakers WHERE how <> 'represented' AND entity_id IS NOT NULL
) AS saying ON saying.quote_id = named.quote_id
LEFT JOIN entities AS speakers ON speakers.entity_id = saying.entity_id
WHERE saying.entity_id IS NULL OR saying.entity_id <> named.entity_id
