-- Claims of speakers who stay anonymous.
SELECT
    quote_id AS id, article_id, statement_id AS news, coalesce(speaker_text, 'Anonymous') AS title, content AS words,
    outlet, published_date, confidence
FROM quotations
WHERE speaker_kind = 'anonymous' AND is_said
