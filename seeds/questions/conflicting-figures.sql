-- Of what do independent outlets say what cannot both be so: another figure, or one says it and the other denies it?
-- $about text = : part of what is counted, or of either quotation
-- $kind text = : figure, negated or denied
-- $limit integer = 50: conflicts to show, those whose words agree most first
SELECT
    conflicts.kind,
    conflicts.counted,
    conflicts.unit,
    one.outlet,
    conflicts.published_date,
    coalesce(one.speaker, one.speaker_text) AS speaker,
    conflicts.value,
    conflicts.exactness,
    one.content,
    other.outlet AS other_outlet,
    conflicts.other_published_date,
    coalesce(other.speaker, other.speaker_text) AS other_speaker,
    conflicts.other_value,
    conflicts.other_exactness,
    other.content AS other_content,
    conflicts.score
FROM conflicts
JOIN quotations AS one ON one.quote_id = conflicts.quote_id
JOIN quotations AS other ON other.quote_id = conflicts.other_quote_id
WHERE ($kind = '' OR conflicts.kind = $kind)
    AND contains(lower(concat_ws(' ', conflicts.counted, one.content, other.content)), lower($about))
ORDER BY conflicts.score DESC, conflicts.conflict_id
LIMIT $limit
