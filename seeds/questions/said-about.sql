-- What did a speaker say about somebody or something?
-- $speaker text: part of a name or alias of the speaker
-- $about text: part of a name or alias of who or what the words name
-- $limit integer = 50: statements to show, the most carried first
WITH named AS (
    SELECT entity_id, name AS form FROM entities
    UNION
    SELECT entity_id, alias FROM entity_aliases
), speakers AS (
    SELECT DISTINCT entity_id FROM named WHERE contains(lower(form), lower($speaker))
), subjects AS (
    SELECT DISTINCT entity_id FROM named WHERE contains(lower(form), lower($about))
)
SELECT
    quotations.speaker,
    statements.text AS statement,
    string_agg(DISTINCT entities.name, ', ' ORDER BY entities.name) AS names,
    statements.article_count AS articles,
    statements.independent_count AS independent_articles,
    statements.first_date
FROM quotations
JOIN quotes ON quotes.quote_id = quotations.quote_id
JOIN speakers ON speakers.entity_id = quotations.speaker_entity_id
JOIN mentions
    ON mentions.article_id = quotes.article_id AND mentions.start >= quotes.start AND mentions."end" <= quotes."end"
JOIN subjects ON subjects.entity_id = mentions.entity_id
JOIN entities ON entities.entity_id = mentions.entity_id
JOIN statements ON statements.statement_id = quotations.statement_id
WHERE quotations.is_said AND mentions.entity_id <> quotations.speaker_entity_id
GROUP BY ALL
ORDER BY articles DESC, statements.first_date NULLS LAST, statement
LIMIT $limit
