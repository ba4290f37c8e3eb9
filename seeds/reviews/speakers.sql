-- Quotations whose words or speaker are least sure; what is answered for one holds for the copies of its article.
WITH unsure AS (
    SELECT quotes.quote_id, quotes.article_id, quotes.speaker_entity_id, quotes.confidence, quotes.start, quotes."end"
    FROM quotes
    JOIN articles ON articles.article_id = quotes.article_id
    WHERE articles.copy_group = quotes.article_id AND articles.is_latest
    ORDER BY quotes.confidence, quotes.quote_id
    LIMIT $limit
),
named AS (
    SELECT
        article_id,
        entity_id,
        max_by(regexp_replace(text, '\s+', ' ', 'g'), (length(text), text)) AS form,
        count(*) AS times,
        bool_or(type = 'PERSON') AS is_person
    FROM mentions
    WHERE mention_kind = 'name' AND type IN ('PERSON', 'ORG', 'GPE', 'NORP') AND entity_id IS NOT NULL
        AND article_id IN (SELECT article_id FROM unsure)
    GROUP BY ALL
),
offered AS (
    SELECT article_id, list(form ORDER BY is_person DESC, times DESC, form)[:8] AS options FROM named GROUP BY ALL
)
SELECT
    unsure.quote_id AS item,
    unsure.confidence,
    CASE
        WHEN unsure.speaker_entity_id IS NULL THEN '(nobody that is named)'
        ELSE coalesce(own.form, entities.name)
    END AS held,
    list_prepend(held, coalesce(offered.options, [])) AS options,
    articles.title,
    articles.outlet,
    articles.published_date,
    substr(articles.body, greatest(unsure.start - 400, 0) + 1, least(unsure.start, 400)) AS before,
    substr(articles.body, unsure.start + 1, unsure."end" - unsure.start) AS words,
    substr(articles.body, unsure."end" + 1, 400) AS after,
    unsure.quote_id
FROM unsure
JOIN articles ON articles.article_id = unsure.article_id
LEFT JOIN entities ON entities.entity_id = unsure.speaker_entity_id
LEFT JOIN named AS own ON own.article_id = unsure.article_id AND own.entity_id = unsure.speaker_entity_id
LEFT JOIN offered ON offered.article_id = unsure.article_id
ORDER BY unsure.confidence, unsure.quote_id
