-- Lines that were taken away because of their looks and words alone, each once; a pattern names all other junk.
WITH cut AS (
    SELECT *, string_split(raw_text, chr(10)) AS pieces FROM edits WHERE score IS NOT NULL AND kind = 'junk'
),
lines AS (
    SELECT
        article_id,
        edit_index,
        score,
        body_start,
        body_end,
        trim(unnest(pieces), E' \t\r') AS line,
        generate_subscripts(pieces, 1) AS number
    FROM cut
),
unsure AS (
    SELECT *
    FROM lines
    WHERE line <> ''
    QUALIFY row_number() OVER (PARTITION BY line ORDER BY score, article_id, edit_index, number) = 1
    ORDER BY score, article_id, edit_index, number
    LIMIT $limit
)
SELECT
    unsure.article_id || ':' || unsure.edit_index || ':' || unsure.number AS item,
    unsure.score AS confidence,
    'junk' AS held,
    ['junk', 'part of the story'] AS options,
    articles.title,
    articles.outlet,
    articles.published_date,
    substr(articles.body, greatest(unsure.body_start - 400, 0) + 1, least(unsure.body_start, 400)) AS before,
    unsure.line AS words,
    substr(articles.body, unsure.body_end + 1, 400) AS after,
    unsure.line
FROM unsure
JOIN articles ON articles.article_id = unsure.article_id
ORDER BY unsure.score, unsure.article_id, unsure.edit_index, unsure.number
