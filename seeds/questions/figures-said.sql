-- Which figures were said of something, by whom?
-- $about text: words of what is counted or of the sentence
-- $speaker text = : part of the speaker's name
-- $limit integer = 50: figures to show, the newest first
SELECT
    quotations.published_date,
    quotations.outlet,
    quotations.speaker,
    quantities.text AS figure,
    quantities.value,
    quantities.value_high,
    quantities.unit,
    quantities.counted,
    quantities.exactness,
    quotations.content
FROM quantities
JOIN quotations ON quotations.quote_id = quantities.quote_id
JOIN sentences ON sentences.sentence_id = quantities.sentence_id
WHERE quotations.is_said
    AND (contains(lower(quantities.counted), lower($about)) OR contains(lower(sentences.text), lower($about)))
    AND ($speaker = '' OR contains(lower(quotations.speaker), lower($speaker)))
ORDER BY quotations.published_date DESC NULLS LAST, quantities.quantity_id
LIMIT $limit
