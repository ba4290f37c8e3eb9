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
    said_about.speaker,
    statements.text AS statement,
    string_agg(DISTINCT said_about.about, ', ' ORDER BY said_about.about) AS names,
    statements.article_count AS articles,
    statements.independent_count AS independent_articles,
    statements.first_date
FROM said_about
JOIN speakers ON speakers.entity_id = said_about.speaker_entity_id
JOIN subjects ON subjects.entity_id = said_about.about_entity_id
JOIN statements ON statements.statement_id = said_about.statement_id
WHERE said_about.is_said
GROUP BY ALL
ORDER BY articles DESC, statements.first_date NULLS LAST, statement
LIMIT $limit
