-- Bare names that several people may bear, in the first article that has each; the likeliest reading is the measure.
WITH unsure AS (
    SELECT entity_id, max(probability) AS confidence
    FROM entity_candidates
    GROUP BY ALL
    ORDER BY confidence, entity_id
    LIMIT $limit
),
forms AS (
    SELECT entity_id, max_by(alias, (mention_count, alias)) AS form
    FROM entity_aliases
    WHERE alias LIKE '% %' AND entity_id IN (SELECT candidate_id FROM entity_candidates)
    GROUP BY ALL
),
offered AS (
    SELECT
        entity_candidates.entity_id,
        list(coalesce(forms.form, entities.name) ORDER BY probability DESC, candidate_id)[:8] AS options
    FROM entity_candidates
    JOIN entities ON entities.entity_id = entity_candidates.candidate_id
    LEFT JOIN forms ON forms.entity_id = entity_candidates.candidate_id
    GROUP BY ALL
),
placed AS (
    SELECT mentions.entity_id, mentions.article_id, mentions.start, mentions."end", mentions.text
    FROM mentions
    JOIN articles ON articles.article_id = mentions.article_id
    WHERE mentions.mention_kind = 'name' AND mentions.entity_id IN (SELECT entity_id FROM unsure)
    QUALIFY row_number() OVER (
        PARTITION BY mentions.entity_id ORDER BY articles.published_date, mentions.article_id, mentions.start
    ) = 1
)
SELECT
    unsure.entity_id AS item,
    unsure.confidence,
    'left open' AS held,
    offered.options,
    articles.title,
    articles.outlet,
    articles.published_date,
    substr(articles.body, greatest(placed.start - 400, 0) + 1, least(placed.start, 400)) AS before,
    placed.text AS words,
    substr(articles.body, placed."end" + 1, 400) AS after,
    regexp_replace(placed.text, '\s+', ' ', 'g') AS name,
    placed.article_id
FROM unsure
JOIN offered ON offered.entity_id = unsure.entity_id
JOIN placed ON placed.entity_id = unsure.entity_id
JOIN articles ON articles.article_id = placed.article_id
ORDER BY unsure.confidence, unsure.entity_id
