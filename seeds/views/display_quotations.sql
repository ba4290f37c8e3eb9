-- One row for each quotation of a headline or caption with what is needed to read it: who, what, where, and whether the body has it.
SELECT
    display_quotes.display_quote_id,
    articles.published_date,
    articles.outlet,
    entities.name AS speaker,
    display_quotes.speaker_text,
    display_quotes.speaker_kind,
    display_quotes.speaker_basis,
    display_quotes.text,
    display_quotes.kind,
    display_quotes.cue_lemma,
    display_quotes.stance,
    display_quotes.is_said,
    display_quotes."where" AS place,
    articles.title,
    metadata.value AS caption,
    quotes.content AS body_content,
    display_quotes.body_quote_id,
    articles.url,
    articles.source,
    articles.is_latest,
    display_quotes.article_id,
    articles.story_id,
    display_quotes.statement_id,
    display_quotes.speaker_entity_id
FROM display_quotes
JOIN articles ON articles.article_id = display_quotes.article_id
LEFT JOIN entities ON entities.entity_id = display_quotes.speaker_entity_id
LEFT JOIN quotes ON quotes.quote_id = display_quotes.body_quote_id
LEFT JOIN metadata
    ON metadata.article_id = display_quotes.article_id
    AND metadata.value_index = display_quotes.value_index
