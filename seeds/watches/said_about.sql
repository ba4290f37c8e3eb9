-- What others said about $name.
SELECT
    quote_id AS id, article_id, statement_id AS news, coalesce(speaker, 'Somebody who is not named') AS title, content AS words,
    outlet, published_date, confidence
FROM said_about
WHERE lower(about) = lower($name) AND is_said
