-- From schema version 1 to 2: the nearest CAMEO code of an event, Goldstein's value for it with the
-- name of the scale, and the quad classes of its root in the mappings that are in use.

ALTER TABLE record ADD COLUMN cameo TEXT; -- a string: '010' is no '10'
ALTER TABLE record ADD COLUMN goldstein REAL;
ALTER TABLE record ADD COLUMN goldstein_scale TEXT;
ALTER TABLE record ADD COLUMN quad_gdelt INTEGER;
ALTER TABLE record ADD COLUMN quad_phoenix INTEGER;
ALTER TABLE record ADD COLUMN quad_text_to_cameo INTEGER;
ALTER TABLE record ADD COLUMN quad_plover INTEGER;

DROP VIEW record_json;
DROP VIEW record_line;

-- Each record as the object that `dragoman code --format jsonl` prints: see src/record/json.c.
-- Lists are read in the order of their primary key, which is the order of the text.
CREATE VIEW record_json (document, record, json) AS
SELECT r.document, r.ordinal, json_object(
    'id', r.id,
    'kind', r.kind,
    'type', r.type,
    'mode', r.mode,
    'actors', json((SELECT json_group_array(json(a.json)) FROM actor_line AS a
        WHERE a.document = r.document AND a.record = r.ordinal AND a.role = 'actor')),
    'recipients', json((SELECT json_group_array(json(a.json)) FROM actor_line AS a
        WHERE a.document = r.document AND a.record = r.ordinal AND a.role = 'recipient')),
    'about', json((SELECT json_group_array(json(a.json)) FROM actor_line AS a
        WHERE a.document = r.document AND a.record = r.ordinal AND a.role = 'about')),
    'contexts', json((SELECT json_group_array(c.context) FROM record_context AS c
        WHERE c.document = r.document AND c.record = r.ordinal)),
    'when', json(CASE WHEN r.edtf IS NULL THEN NULL ELSE json_object('edtf', r.edtf,
        'earliest', r.earliest, 'latest', r.latest, 'basis', r.basis) END),
    'where', json((SELECT json_group_array(json_object('name', p.name, 'country', p.country,
        'lat', p.lat, 'lon', p.lon, 'geonames', p.geonames)) FROM record_place AS p
        WHERE p.document = r.document AND p.record = r.ordinal)),
    'modality', r.modality,
    'attribution', json(CASE WHEN r.attribution IS NULL THEN NULL ELSE json_object(
        'text', r.attribution,
        'codes', json((SELECT json_group_array(code) FROM (SELECT a.code FROM record_actor AS a
            WHERE a.document = r.document AND a.record = r.ordinal AND a.role = 'attribution'
            AND a.code IS NOT NULL GROUP BY a.code ORDER BY min(a.ordinal)))),
        'sectors', json((SELECT json_group_array(value) FROM (SELECT j.value
            FROM record_actor AS a, json_each(CASE a.sectors WHEN '' THEN '[]'
                ELSE '["' || replace(a.sectors, ' ', '","') || '"]' END) AS j
            WHERE a.document = r.document AND a.record = r.ordinal AND a.role = 'attribution'
            GROUP BY j.value ORDER BY min(a.ordinal * 16 + j.key))))) END),
    'quad', r.quad,
    'score', r.score,
    'trigger', json_object('begin', r.trigger_begin, 'end', r.trigger_end, 'text', r.trigger),
    'sentence', json_object('begin', r.sentence_begin, 'end', r.sentence_end),
    'document', d.id,
    'date', d.date,
    'citations', json((SELECT json_group_array(c.text) FROM citation AS c
        WHERE c.document = r.document AND c.record = r.ordinal)),
    'confidence', r.confidence,
    'cameo', json(CASE WHEN r.cameo IS NULL THEN NULL ELSE json_object(
        'code', r.cameo, 'goldstein', r.goldstein, 'scale', r.goldstein_scale,
        'quads', json_object('gdelt', r.quad_gdelt, 'phoenix', r.quad_phoenix,
            'text-to-cameo', r.quad_text_to_cameo, 'plover', r.quad_plover)) END))
FROM record AS r JOIN document AS d ON d.key = r.document;

-- One flat row a record: what tables, CSV and the questions of src/ask read.
CREATE VIEW record_line (document_key, ordinal, id, kind, type, mode, class, score, modality,
    confidence, edtf, earliest, latest, earliest_day, latest_day, basis, actors, recipients, about,
    actor_names, recipient_names, about_names, contexts, places, attribution, trigger,
    trigger_begin, trigger_end, sentence, sentence_begin, sentence_end, line, citations, document,
    title, date, source, url, file, rule, cameo, goldstein, goldstein_scale) AS
SELECT r.document, r.ordinal, r.id, r.kind, r.type, r.mode, coalesce(r.quad, r.kind), r.score,
    r.modality, r.confidence, r.edtf, r.earliest, r.latest, r.earliest_day, r.latest_day, r.basis,
    (SELECT group_concat(code, '; ') FROM (SELECT a.code FROM actor_line AS a
        WHERE a.document = r.document AND a.record = r.ordinal AND a.role = 'actor'
        GROUP BY a.code ORDER BY min(a.ordinal))),
    (SELECT group_concat(code, '; ') FROM (SELECT a.code FROM actor_line AS a
        WHERE a.document = r.document AND a.record = r.ordinal AND a.role = 'recipient'
        GROUP BY a.code ORDER BY min(a.ordinal))),
    (SELECT group_concat(code, '; ') FROM (SELECT a.code FROM actor_line AS a
        WHERE a.document = r.document AND a.record = r.ordinal AND a.role = 'about'
        GROUP BY a.code ORDER BY min(a.ordinal))),
    (SELECT group_concat(name, '; ') FROM (SELECT a.name FROM actor_line AS a
        WHERE a.document = r.document AND a.record = r.ordinal AND a.role = 'actor'
        GROUP BY a.name ORDER BY min(a.ordinal))),
    (SELECT group_concat(name, '; ') FROM (SELECT a.name FROM actor_line AS a
        WHERE a.document = r.document AND a.record = r.ordinal AND a.role = 'recipient'
        GROUP BY a.name ORDER BY min(a.ordinal))),
    (SELECT group_concat(name, '; ') FROM (SELECT a.name FROM actor_line AS a
        WHERE a.document = r.document AND a.record = r.ordinal AND a.role = 'about'
        GROUP BY a.name ORDER BY min(a.ordinal))),
    (SELECT group_concat(c.context, '; ') FROM record_context AS c
        WHERE c.document = r.document AND c.record = r.ordinal),
    (SELECT group_concat(p.name, '; ') FROM record_place AS p
        WHERE p.document = r.document AND p.record = r.ordinal),
    r.attribution, r.trigger, r.trigger_begin, r.trigger_end,
    s.text, r.sentence_begin, r.sentence_end, s.line,
    (SELECT group_concat(c.text, '; ') FROM citation AS c
        WHERE c.document = r.document AND c.record = r.ordinal),
    d.id, d.title, d.date, d.source, d.url, d.file, r.rule, r.cameo,
    r.goldstein, r.goldstein_scale
FROM record AS r
JOIN document AS d ON d.key = r.document
JOIN sentence AS s ON s.document = r.document AND s.begin = r.sentence_begin
    AND s.end = r.sentence_end;
