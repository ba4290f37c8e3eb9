-- How many quotations are by women, how many by men?
-- From what articles call people (he, she, they, Mr., Mrs., wife, son), never from their names; a person of whom no article tells stands as (not told).
-- $outlet text = : only articles of outlets whose name holds this
WITH said AS (
    SELECT
        CASE
            WHEN entities.type = 'PERSON' THEN coalesce(entities.sex_stated, '(not told)')
            WHEN quote_speakers.entity_id IS NULL THEN '(no name)'
            ELSE '(no person)'
        END AS sex_stated,
        quote_speakers.entity_id,
        quotes.kind,
        quotes.article_id
    FROM quote_speakers
    JOIN quotes ON quotes.quote_id = quote_speakers.quote_id
    JOIN articles ON articles.article_id = quotes.article_id
    LEFT JOIN entities ON entities.entity_id = quote_speakers.entity_id
    WHERE quotes.is_said AND articles.is_latest AND quote_speakers.how <> 'represented'
        AND contains(lower(coalesce(articles.outlet, '')), lower($outlet))
)
SELECT
    sex_stated,
    count(*) AS quotations,
    round(count(*) / sum(count(*)) OVER (), 3) AS share,
    CASE WHEN sex_stated NOT LIKE '(%' THEN
        round(count(*) / sum(count(*)) FILTER (WHERE sex_stated NOT LIKE '(%') OVER (), 3)
    END AS share_of_told,
    count(*) FILTER (kind <> 'indirect') AS with_own_words,
    count(DISTINCT entity_id) AS speakers,
    count(DISTINCT article_id) AS articles
FROM said
GROUP BY sex_stated
ORDER BY sex_stated LIKE '(%', quotations DESC, sex_stated
