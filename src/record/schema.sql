-- The record file, schema version 1 (docs/record-file.md, dragoman-record(5)).
--
-- All that belongs to a document is clustered by it, so that replacing a document touches one place
-- and the same input gives the same rows. Offsets count Unicode code points of the document's text,
-- from 0, end exclusive. No times of writing are kept: the same input gives the same bytes.

CREATE TABLE coding (           -- the versions that coded a document
    key INTEGER PRIMARY KEY,
    engine TEXT NOT NULL,
    ontology TEXT NOT NULL,
    rules TEXT NOT NULL,
    model TEXT NOT NULL,
    UNIQUE (engine, ontology, rules, model)
);

CREATE TABLE actor (            -- names of codes, for people
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE document (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT,
    date TEXT,                  -- YYYY-MM-DD
    source TEXT,
    url TEXT,
    lang TEXT,
    file TEXT,
    hash TEXT NOT NULL,         -- of the text, 16 hex digits
    records_hash TEXT NOT NULL, -- of what was coded: equal means that nothing has changed
    has_text INTEGER NOT NULL,  -- 0 where the sentences' text was left out
    coding INTEGER NOT NULL REFERENCES coding (key)
);

CREATE TABLE sentence (         -- those that hold a record
    document INTEGER NOT NULL REFERENCES document (key),
    begin INTEGER NOT NULL,
    end INTEGER NOT NULL,
    line INTEGER NOT NULL,      -- of the document's text, from 1
    text TEXT,
    PRIMARY KEY (document, begin, end)
) WITHOUT ROWID;

CREATE TABLE record (
    document INTEGER NOT NULL REFERENCES document (key),
    ordinal INTEGER NOT NULL,   -- from 0, in the document's order
    id TEXT NOT NULL,           -- 16 hex digits
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    quad TEXT,
    score REAL,
    modality TEXT NOT NULL,
    confidence REAL,
    edtf TEXT,
    earliest TEXT,
    latest TEXT,
    earliest_day INTEGER,       -- days since 1970-01-01, for sorting and reckoning
    latest_day INTEGER,
    basis TEXT,
    when_begin INTEGER,
    when_end INTEGER,
    attribution TEXT,
    attribution_begin INTEGER,
    attribution_end INTEGER,
    trigger TEXT NOT NULL,
    trigger_begin INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    sentence_begin INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL,
    rule TEXT,                  -- ids, joined by '+'
    PRIMARY KEY (document, ordinal),
    FOREIGN KEY (document, sentence_begin, sentence_end) REFERENCES sentence (document, begin, end)
) WITHOUT ROWID;
CREATE INDEX record_by_id ON record (id);
CREATE INDEX record_by_day ON record (earliest_day, latest_day);

CREATE TABLE record_actor (     -- every mention of an actor in a record
    document INTEGER NOT NULL,
    record INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('actor', 'recipient', 'about', 'attribution')),
    ordinal INTEGER NOT NULL,
    code TEXT,
    sectors TEXT NOT NULL,      -- parted by a space, in order of weight
    text TEXT NOT NULL,
    begin INTEGER NOT NULL,
    end INTEGER NOT NULL,
    PRIMARY KEY (document, record, role, ordinal),
    FOREIGN KEY (document, record) REFERENCES record (document, ordinal)
) WITHOUT ROWID;
CREATE INDEX record_actor_by_code ON record_actor (code, role);

CREATE TABLE record_context (
    document INTEGER NOT NULL,
    record INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    context TEXT NOT NULL,
    PRIMARY KEY (document, record, ordinal),
    FOREIGN KEY (document, record) REFERENCES record (document, ordinal)
) WITHOUT ROWID;

CREATE TABLE record_place (
    document INTEGER NOT NULL,
    record INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    name TEXT,
    country TEXT,
    lat REAL,
    lon REAL,
    geonames INTEGER,
    text TEXT NOT NULL,
    begin INTEGER NOT NULL,
    end INTEGER NOT NULL,
    PRIMARY KEY (document, record, ordinal),
    FOREIGN KEY (document, record) REFERENCES record (document, ordinal)
) WITHOUT ROWID;

CREATE TABLE citation (         -- the reference marks of the source text
    document INTEGER NOT NULL,
    record INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    text TEXT NOT NULL,
    begin INTEGER NOT NULL,
    end INTEGER NOT NULL,
    PRIMARY KEY (document, record, ordinal),
    FOREIGN KEY (document, record) REFERENCES record (document, ordinal)
) WITHOUT ROWID;

-- The words that each part of a record rests on.
CREATE VIEW evidence (document, record, slot, ordinal, begin, end, text) AS
SELECT document, ordinal, 'trigger', 0, trigger_begin, trigger_end, trigger FROM record
UNION ALL
SELECT document, ordinal, 'when', 0, when_begin, when_end, NULL FROM record
WHERE when_begin IS NOT NULL
UNION ALL
SELECT document, ordinal, 'attribution', 0, attribution_begin, attribution_end, attribution
FROM record WHERE attribution IS NOT NULL
UNION ALL
SELECT document, record, role, ordinal, begin, end, text FROM record_actor
WHERE role <> 'attribution'
UNION ALL
SELECT document, record, 'where', ordinal, begin, end, text FROM record_place
UNION ALL
SELECT document, record, 'citation', ordinal, begin, end, text FROM citation;

-- Actors with their names, one row each.
CREATE VIEW actor_line (document, record, role, ordinal, code, name, json) AS
SELECT a.document, a.record, a.role, a.ordinal, coalesce(a.code, '?'),
    coalesce(n.name, a.code, a.text)
        || CASE WHEN a.sectors IN ('', 'GOV') OR a.code IS NULL THEN ''
                ELSE ' (' || replace(a.sectors, ' ', ', ') || ')' END,
    json_object('code', a.code,
        'sectors', json(CASE a.sectors WHEN '' THEN '[]'
                        ELSE '["' || replace(a.sectors, ' ', '","') || '"]' END),
        'text', a.text, 'begin', a.begin, 'end', a.end)
FROM record_actor AS a LEFT JOIN actor AS n ON n.code = a.code;

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
    'confidence', r.confidence)
FROM record AS r JOIN document AS d ON d.key = r.document;

-- One flat row a record: what tables, CSV and the questions of src/ask read.
CREATE VIEW record_line (document_key, ordinal, id, kind, type, mode, class, score, modality,
    confidence, edtf, earliest, latest, earliest_day, latest_day, basis, actors, recipients, about,
    actor_names, recipient_names, about_names, contexts, places, attribution, trigger,
    trigger_begin, trigger_end, sentence, sentence_begin, sentence_end, line, citations, document,
    title, date, source, url, file, rule) AS
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
    d.id, d.title, d.date, d.source, d.url, d.file, r.rule
FROM record AS r
JOIN document AS d ON d.key = r.document
JOIN sentence AS s ON s.document = r.document AND s.begin = r.sentence_begin
    AND s.end = r.sentence_end;
