-- Who says later what they said before, with another figure, or the opposite of it?
-- $speaker text = : part of the speaker's name
-- $kind text = : repeated, figure, reversed or denied; without it all but repeated
-- $limit integer = 50: changes to show, the newest first
SELECT
    earlier.speaker,
    changes.kind,
    changes.published_date,
    earlier.outlet,
    changes.value,
    earlier.content,
    changes.later_published_date,
    later.outlet AS later_outlet,
    changes.later_value,
    later.content AS later_content,
    changes.counted,
    changes.unit,
    changes.score
FROM changes
JOIN quotations AS earlier ON earlier.quote_id = changes.quote_id
JOIN quotations AS later ON later.quote_id = changes.later_quote_id
WHERE contains(lower(earlier.speaker), lower($speaker))
    AND (changes.kind = $kind OR ($kind = '' AND changes.kind <> 'repeated'))
ORDER BY changes.later_published_date DESC, changes.change_id
LIMIT $limit
