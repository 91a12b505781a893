-- Documents, and how they were read: runs of the extractor and inputs that failed.

CREATE TABLE runs (
    id TEXT PRIMARY KEY,            -- hash of what a run is made of: version, model and settings
    version TEXT NOT NULL,          -- version of quotes
    model TEXT NOT NULL,            -- language pipeline, by package name
    model_version TEXT NOT NULL,    -- its version
    settings TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings)), -- further settings, JSON
    started_at TEXT NOT NULL        -- when it was first used, UTC
) STRICT;

CREATE TABLE documents (
    id TEXT PRIMARY KEY,            -- hash of the address, or of outlet and text where there is none
    title TEXT,                     -- headline
    outlet TEXT,                    -- who published it
    author TEXT,                    -- byline
    published TEXT,                 -- ISO date or date and time
    dateline TEXT,                  -- place of the dateline, as printed
    agency TEXT,                    -- news agency of the dateline, as printed
    url TEXT,                       -- address of the article
    licence TEXT,                   -- terms of the text
    input TEXT NOT NULL,            -- path or address it was read from, as given
    sha256 TEXT NOT NULL,           -- of the input's bytes
    text TEXT NOT NULL,             -- the whole text, unchanged; all offsets count its code points
    body_start INTEGER NOT NULL DEFAULT 0 CHECK (body_start >= 0), -- where the article proper starts
    words INTEGER NOT NULL DEFAULT 0 CHECK (words >= 0), -- length in words
    run_id TEXT NOT NULL REFERENCES runs (id), -- which run extracted it last
    added_at TEXT NOT NULL,         -- when it was first stored, UTC
    extracted_at TEXT NOT NULL      -- when it was last extracted, UTC
) STRICT;
CREATE INDEX documents_outlet ON documents (outlet, published);
CREATE INDEX documents_published ON documents (published);
CREATE INDEX documents_input ON documents (input);
CREATE INDEX documents_run_id ON documents (run_id);

CREATE TABLE failures (
    input TEXT PRIMARY KEY,         -- path or address that could not be read or extracted
    stage TEXT NOT NULL CHECK (stage IN ('reading', 'extraction', 'storing')), -- where it failed
    message TEXT NOT NULL,          -- what was wrong, one line
    attempts INTEGER NOT NULL DEFAULT 1 CHECK (attempts > 0), -- how often it was tried
    failed_at TEXT NOT NULL         -- when it last failed, UTC
) STRICT;

CREATE VIRTUAL TABLE documents_fts USING fts5 (title, text, content = 'documents', tokenize = 'porter unicode61');
CREATE TRIGGER documents_fts_insert AFTER INSERT ON documents BEGIN
    INSERT INTO documents_fts (rowid, title, text) VALUES (new.rowid, new.title, new.text);
END;
CREATE TRIGGER documents_fts_delete AFTER DELETE ON documents BEGIN
    INSERT INTO documents_fts (documents_fts, rowid, title, text) VALUES ('delete', old.rowid, old.title, old.text);
END;
CREATE TRIGGER documents_fts_update AFTER UPDATE OF title, text ON documents BEGIN
    INSERT INTO documents_fts (documents_fts, rowid, title, text) VALUES ('delete', old.rowid, old.title, old.text);
    INSERT INTO documents_fts (rowid, title, text) VALUES (new.rowid, new.title, new.text);
END;
