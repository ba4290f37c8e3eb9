-- One row for each quotation with what is needed to read it: who, what, where, when.
SELECT
    quotes.quote_id,
    articles.published_date,
    articles.published_at,
    articles.outlet,
    entities.name AS speaker,
    entities.type AS speaker_type,
    quotes.speaker_kind,
    quotes.speaker_text,
    quotes.speaker_role,
    quotes.content,
    quotes.kind,
    quotes.cue_lemma,
    quotes.stance,
    quotes.is_said,
    quotes.is_marked,
    quotes.start AS quote_start,
    quotes."end" AS quote_end,
    quotes.confidence,
    articles.title,
    articles.url,
    articles.source,
    articles.copy_kind,
    articles.is_latest,
    quotes.article_id,
    articles.copy_group,
    articles.story_id,
    quotes.statement_id,
    quotes.speaker_entity_id
FROM quotes
JOIN articles ON articles.article_id = quotes.article_id
LEFT JOIN entities ON entities.entity_id = quotes.speaker_entity_id
