-- On which days is there no article, of an outlet or at all?
-- $days integer = 1: days that a gap must have at least
WITH days AS (
    SELECT DISTINCT '(all outlets)' AS outlet, published_date FROM articles WHERE published_date IS NOT NULL
    UNION
    SELECT DISTINCT outlet, published_date FROM articles WHERE published_date IS NOT NULL AND outlet IS NOT NULL
), steps AS (
    SELECT
        outlet,
        published_date AS day_before,
        lead(published_date) OVER (PARTITION BY outlet ORDER BY published_date) AS day_after
    FROM days
)
SELECT outlet, day_before, day_after, day_after - day_before - 1 AS days_without
FROM steps
WHERE days_without >= $days
ORDER BY outlet <> '(all outlets)', days_without DESC, outlet, day_before
