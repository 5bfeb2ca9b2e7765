-- How many records of each class, and the years that they span, of one actor or between two.
SELECT class, count(*), min(first_year), max(last_year)
FROM (
    SELECT coalesce(r.quad, r.kind) AS class,
        -- "0600-01-01" and "-0043-03-15": the number before the month is the year
        cast(substr(coalesce(r.earliest, r.latest), 1,
            length(coalesce(r.earliest, r.latest)) - 6) AS INTEGER) AS first_year,
        cast(substr(coalesce(r.latest, r.earliest), 1,
            length(coalesce(r.latest, r.earliest)) - 6) AS INTEGER) AS last_year
    FROM record AS r
    WHERE CASE WHEN ?2 IS NULL THEN (r.document, r.ordinal) IN (
        SELECT a.document, a.record FROM record_actor AS a
        WHERE a.code = ?1 AND a.role IN ('actor', 'recipient', 'about'))
    ELSE (r.document, r.ordinal) IN (
        SELECT a.document, a.record
        FROM record_actor AS a
        JOIN record_actor AS b ON b.document = a.document AND b.record = a.record
        WHERE (a.code = ?1 AND b.code = ?2 OR a.code = ?2 AND b.code = ?1)
            AND a.role = 'actor' AND b.role IN ('actor', 'recipient', 'about')) END
)
GROUP BY class
ORDER BY CASE class WHEN 'verbal cooperation' THEN 1 WHEN 'material cooperation' THEN 2
    WHEN 'verbal conflict' THEN 3 WHEN 'material conflict' THEN 4 WHEN 'stance' THEN 5 ELSE 6 END
