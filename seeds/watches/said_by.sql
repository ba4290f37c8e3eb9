-- What $name said; name is that of the entity as tables list it.
SELECT quote_id AS id, article_id, statement_id AS news, speaker AS title, content AS words, outlet, published_date, confidence
FROM quoted_speakers
WHERE lower(speaker) = lower($name) AND is_said
