-- Whose words do the articles carry most?
-- Who speaks together with others counts as well.
-- $limit integer = 20: speakers to show
-- $outlet text = : only articles of outlets whose name holds this
SELECT
    speaker,
    any_value(speaker_type) AS type,
    count(*) AS quotations,
    count(*) FILTER (kind <> 'indirect') AS with_own_words,
    count(DISTINCT statement_id) AS statements,
    count(DISTINCT article_id) AS articles,
    count(DISTINCT copy_group) AS independent_articles,
    count(DISTINCT outlet) AS outlets
FROM quoted_speakers
WHERE is_said AND is_latest AND contains(lower(coalesce(outlet, '')), lower($outlet))
GROUP BY speaker_entity_id, speaker
ORDER BY quotations DESC, speaker
LIMIT $limit
