-- All records in the order in which they were coded, of one document or of all.
SELECT l.id, l.kind, l.type, l.mode, l.class, l.score, l.modality, l.confidence, l.edtf,
    l.earliest, l.latest, l.basis, l.actors, l.actor_names, l.recipients, l.recipient_names,
    l.about, l.about_names, l.contexts, l.places, l.attribution, l.trigger, l.trigger_begin,
    l.trigger_end, l.sentence, l.sentence_begin, l.sentence_end, l.line, l.citations,
    l.document, l.title, l.date, l.source, l.url, l.file, l.rule,
    l.cameo, l.goldstein, l.goldstein_scale,
    j.json
FROM record_line AS l
JOIN record_json AS j ON j.document = l.document_key AND j.record = l.ordinal
WHERE ?1 IS NULL OR l.document = ?1
ORDER BY l.document_key, l.ordinal
