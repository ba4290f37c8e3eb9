-- What do headlines and captions put into marks that no quotation of the article has?
-- $speaker text = : part of the speaker's name
-- $limit integer = 50: quotations to show
SELECT
    coalesce(speaker, speaker_text) AS speaker,
    text,
    place,
    title,
    coalesce(outlet, source) AS outlet,
    published_date
FROM display_quotations
WHERE kind <> 'indirect'
    AND body_quote_id IS NULL
    AND is_latest
    AND contains(lower(coalesce(speaker, speaker_text, '')), lower($speaker))
ORDER BY published_date DESC NULLS LAST, display_quote_id
LIMIT $limit
