-- All that passed between two: one acts, and the other acts with it, receives, or is concerned.
-- What others do to both is not between them. Undated records come last.
SELECT l.id, l.kind, l.type, l.mode, l.class, l.score, l.modality, l.confidence, l.edtf,
    l.earliest, l.latest, l.basis, l.actors, l.actor_names, l.recipients, l.recipient_names,
    l.about, l.about_names, l.contexts, l.places, l.attribution, l.trigger, l.trigger_begin,
    l.trigger_end, l.sentence, l.sentence_begin, l.sentence_end, l.line, l.citations,
    l.document, l.title, l.date, l.source, l.url, l.file, l.rule,
    l.cameo, l.goldstein, l.goldstein_scale,
    j.json
FROM record_line AS l
JOIN record_json AS j ON j.document = l.document_key AND j.record = l.ordinal
WHERE (l.document_key, l.ordinal) IN (
    SELECT a.document, a.record
    FROM record_actor AS a
    JOIN record_actor AS b ON b.document = a.document AND b.record = a.record
    WHERE (a.code = ?1 AND b.code = ?2 OR a.code = ?2 AND b.code = ?1)
        AND a.role = 'actor' AND b.role IN ('actor', 'recipient', 'about'))
ORDER BY coalesce(l.earliest_day, l.latest_day) IS NULL, coalesce(l.earliest_day, l.latest_day),
    l.latest_day, l.document, l.trigger_begin, l.ordinal
