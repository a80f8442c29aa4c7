-- The catalog of a store: what was fetched, from where, why, and what was made of it. SQLite, STRICT tables.
-- Times are UTC seconds as text, days are YYYY-MM-DD, hashes SHA-256 in lower-case hexadecimal.
-- Nothing here is ever updated away: a visit, a sighting, a version and an event stay for good.

-- The text of a source definition as it was used, once for each content.
CREATE TABLE definition (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  text   TEXT NOT NULL
) STRICT;

CREATE TABLE source (
  id         TEXT PRIMARY KEY CHECK (id <> '' AND id NOT GLOB '*[^a-z0-9-]*'),
  payer      TEXT CHECK (payer <> ''),
  definition TEXT NOT NULL REFERENCES definition (sha256),
  since      TEXT NOT NULL CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]Z')
) STRICT;

-- One pass over one source. A run without an end was broken off, or is at work.
CREATE TABLE run (
  id         INTEGER PRIMARY KEY,
  source     TEXT NOT NULL REFERENCES source (id),
  definition TEXT NOT NULL REFERENCES definition (sha256),
  started    TEXT NOT NULL CHECK (started GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]Z'),
  ended      TEXT CHECK (ended GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]Z'),
  result     TEXT CHECK (result IN ('complete', 'partial', 'declined', 'failed')),
  tool       TEXT NOT NULL,
  config     TEXT NOT NULL CHECK (json_valid(config)),
  message    TEXT,
  CHECK ((ended IS NULL) = (result IS NULL))
) STRICT;

-- Bytes exactly as they were served; the file is blobs/ab/cd/<sha256>.
CREATE TABLE blob (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  bytes  INTEGER NOT NULL CHECK (bytes >= 0)
) STRICT;

-- One request and its answer. A failed one may keep its body as evidence; that never becomes a version.
CREATE TABLE visit (
  id              INTEGER PRIMARY KEY,
  run             INTEGER NOT NULL REFERENCES run (id),
  role            TEXT NOT NULL CHECK (role IN ('index', 'detail', 'document', 'robots', 'api', 'terms')),
  url             TEXT NOT NULL CHECK (url <> ''),
  final_url       TEXT,
  hops            TEXT NOT NULL CHECK (json_valid(hops) AND json_type(hops) = 'array'),
  at              TEXT NOT NULL CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]Z'),
  ip              TEXT,
  status          INTEGER CHECK (status BETWEEN 100 AND 999),
  accept_encoding TEXT NOT NULL,
  etag            BLOB,
  last_modified   BLOB,
  headers         TEXT NOT NULL CHECK (json_valid(headers) AND json_type(headers) = 'array'),
  body            TEXT REFERENCES blob (sha256),
  wire_len        INTEGER CHECK (wire_len >= 0),
  robots          TEXT,
  delay_ms        INTEGER NOT NULL CHECK (delay_ms >= 0),
  attempt         INTEGER NOT NULL CHECK (attempt >= 1),
  failure_class   TEXT CHECK (failure_class <> '' AND failure_class NOT GLOB '*[^a-z0-9-]*'),
  failure_message TEXT,
  CHECK ((failure_class IS NULL) = (failure_message IS NULL))
) STRICT;
CREATE INDEX visit_url ON visit (url, id);
CREATE INDEX visit_run ON visit (run);

-- What a run means to visit, and why we believe that it is what we look for: the page, the link's words and the selector.
CREATE TABLE candidate (
  id         INTEGER PRIMARY KEY,
  run        INTEGER NOT NULL REFERENCES run (id),
  from_visit INTEGER REFERENCES visit (id),
  role       TEXT NOT NULL CHECK (role IN ('index', 'detail', 'document', 'robots', 'api', 'terms')),
  url        TEXT NOT NULL CHECK (url <> ''),
  key        TEXT CHECK (key <> ''),
  title      TEXT,
  number     TEXT,
  effective  TEXT CHECK (effective GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  revision   TEXT,
  anchor     TEXT,
  selector   TEXT,
  data       TEXT NOT NULL,
  done       INTEGER REFERENCES visit (id),
  UNIQUE (run, role, url)
) STRICT;

-- A policy: known by its source's key, never by its address.
CREATE TABLE document (
  id                INTEGER PRIMARY KEY,
  source            TEXT NOT NULL REFERENCES source (id),
  key               TEXT NOT NULL CHECK (key <> ''),
  payer             TEXT,
  title             TEXT,
  number            TEXT,
  url               TEXT NOT NULL,
  lines_of_business TEXT NOT NULL CHECK (json_valid(lines_of_business) AND json_type(lines_of_business) = 'array'),
  states            TEXT NOT NULL CHECK (json_valid(states) AND json_type(states) = 'array'),
  first_seen        TEXT NOT NULL,
  last_seen         TEXT NOT NULL,
  last_run          INTEGER NOT NULL REFERENCES run (id),
  gone_since        TEXT,
  current           INTEGER REFERENCES version (id) DEFERRABLE INITIALLY DEFERRED,
  UNIQUE (source, key)
) STRICT;

-- One wording of a policy, told from others by its canonical text, or by its bytes where it has no text.
CREATE TABLE version (
  id         INTEGER PRIMARY KEY,
  document   INTEGER NOT NULL REFERENCES document (id),
  ordinal    INTEGER NOT NULL CHECK (ordinal >= 1),
  blob       TEXT NOT NULL REFERENCES blob (sha256),
  reading    TEXT REFERENCES blob (sha256),
  media_type TEXT NOT NULL CHECK (media_type LIKE '%_/_%'),
  text_id    TEXT NOT NULL CHECK (length(text_id) = 64 AND text_id NOT GLOB '*[^0-9a-f]*'),
  reader     TEXT NOT NULL,
  effective  TEXT CHECK (effective GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  revision   TEXT,
  label_from TEXT CHECK (label_from IN ('url', 'page', 'document')),
  retrieved  TEXT CHECK (retrieved GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  UNIQUE (document, ordinal)
) STRICT;

-- A version met at a visit, in these bytes, under this address.
CREATE TABLE sighting (
  visit   INTEGER PRIMARY KEY REFERENCES visit (id),
  version INTEGER NOT NULL REFERENCES version (id),
  blob    TEXT NOT NULL REFERENCES blob (sha256),
  url     TEXT NOT NULL,
  day     TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
) STRICT;
CREATE INDEX sighting_version ON sighting (version, visit);

CREATE TABLE event (
  id           INTEGER PRIMARY KEY,
  document     INTEGER NOT NULL REFERENCES document (id),
  kind         TEXT NOT NULL CHECK (kind IN ('new', 'changed', 'reissued', 'moved', 'gone', 'back', 'flapping')),
  at           TEXT NOT NULL,
  run          INTEGER NOT NULL REFERENCES run (id),
  visit        INTEGER REFERENCES visit (id),
  from_version INTEGER REFERENCES version (id),
  to_version   INTEGER REFERENCES version (id),
  detail       TEXT NOT NULL
) STRICT;
CREATE INDEX event_document ON event (document, id);

-- A person's acceptance of a site's terms.
CREATE TABLE acceptance (
  source TEXT NOT NULL REFERENCES source (id),
  gate   TEXT NOT NULL CHECK (gate <> ''),
  terms  TEXT REFERENCES blob (sha256),
  by     TEXT NOT NULL CHECK (by <> ''),
  at     TEXT NOT NULL,
  UNIQUE (source, gate, at)
) STRICT;

-- An analysis (the JSON of one line of `analyze --format jsonl`) with what it was made by. It can be made again.
CREATE TABLE derived (
  version   INTEGER NOT NULL REFERENCES version (id),
  extractor TEXT NOT NULL,
  rules     TEXT NOT NULL,
  settings  TEXT NOT NULL,
  analysis  TEXT NOT NULL CHECK (json_valid(analysis)),
  PRIMARY KEY (version, extractor, rules, settings)
) STRICT;

-- For people with an SQL shell: findings and summaries as rows.
CREATE VIEW finding AS
  SELECT d.version, d.extractor, d.rules, f.value ->> 'category' AS category, f.value ->> 'assertion' AS assertion,
         f.value ->> 'operative' AS operative, f.value ->> 'page' AS page, f.value ->> 'quote' AS quote, f.value ->> 'id' AS id
  FROM derived AS d, json_each(d.analysis, '$.findings') AS f;
CREATE VIEW summary AS
  SELECT d.version, d.extractor, d.rules, d.analysis ->> '$.summary.stance' AS stance,
         d.analysis ->> '$.summary.score.total' AS score, d.analysis -> '$.summary' AS summary
  FROM derived AS d;
