-- Who said what: speakers, their names and mentions, and quotations.

CREATE TABLE speakers (
    id TEXT PRIMARY KEY,            -- slug of the canonical name
    name TEXT NOT NULL,             -- canonical name
    type TEXT NOT NULL CHECK (type IN ('person', 'organisation', 'group')), -- what kind of speaker
    merged_into TEXT REFERENCES speakers (id) CHECK (merged_into <> id), -- set when a person judged it the same as another
    added_at TEXT NOT NULL          -- when first stored, UTC
) STRICT;
CREATE INDEX speakers_name ON speakers (name);
CREATE INDEX speakers_merged_into ON speakers (merged_into);

CREATE TABLE speaker_names (
    speaker_id TEXT NOT NULL REFERENCES speakers (id) ON DELETE CASCADE, -- whose name
    name TEXT NOT NULL,             -- a name, as printed
    PRIMARY KEY (speaker_id, name)
) STRICT;
CREATE INDEX speaker_names_name ON speaker_names (name);

CREATE TABLE mentions (
    id TEXT PRIMARY KEY,            -- hash of document and span
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, -- where
    speaker_id TEXT NOT NULL REFERENCES speakers (id), -- whom it refers to
    text TEXT NOT NULL,             -- the words, as printed
    start_char INTEGER NOT NULL CHECK (start_char >= 0), -- offset of the first character
    end_char INTEGER NOT NULL CHECK (end_char > start_char), -- offset behind the last
    method TEXT NOT NULL,           -- how it was resolved: name, surname, pronoun, description …
    score REAL NOT NULL CHECK (score BETWEEN 0 AND 1) -- how sure that is
) STRICT;
CREATE INDEX mentions_document_id ON mentions (document_id, start_char);
CREATE INDEX mentions_speaker_id ON mentions (speaker_id);

CREATE TABLE quotations (
    id TEXT PRIMARY KEY,            -- hash of document, content spans and type
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, -- where it stands
    type TEXT NOT NULL CHECK (type IN ('direct', 'indirect', 'mixed')), -- by the share of content in quotation marks
    act TEXT NOT NULL CHECK (act IN ('speech', 'writing', 'thought')), -- said, written or thought
    content TEXT NOT NULL,          -- what is said; several spans are joined by a blank
    cue TEXT,                       -- the words that report it: said, according to
    source TEXT,                    -- who says it, as printed
    speaker_id TEXT REFERENCES speakers (id), -- who that is; empty when anonymous or unsure
    speaker_method TEXT,            -- how the speaker was resolved: name, surname, pronoun, description …
    speaker_score REAL CHECK (speaker_score BETWEEN 0 AND 1), -- how sure that is
    method TEXT NOT NULL,           -- which rule or model found the quotation
    score REAL NOT NULL CHECK (score BETWEEN 0 AND 1), -- how sure that is
    start_char INTEGER NOT NULL CHECK (start_char >= 0), -- offset of the content's first character
    end_char INTEGER NOT NULL CHECK (end_char > start_char), -- offset behind the content's last
    content_spans TEXT NOT NULL CHECK (json_valid(content_spans)), -- [[start, end], …]
    cue_spans TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(cue_spans)), -- [[start, end], …]
    source_spans TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(source_spans)), -- [[start, end], …]
    is_current INTEGER NOT NULL DEFAULT 1 CHECK (is_current IN (0, 1)), -- 0: no longer found, kept because somebody reviewed it
    CHECK ((speaker_id IS NULL) = (speaker_method IS NULL) AND (speaker_id IS NULL) = (speaker_score IS NULL))
) STRICT;
CREATE INDEX quotations_document_id ON quotations (document_id, start_char);
CREATE INDEX quotations_speaker_id ON quotations (speaker_id, type);
CREATE INDEX quotations_cue ON quotations (cue);
CREATE INDEX quotations_type ON quotations (type);

CREATE VIRTUAL TABLE quotations_fts USING fts5 (content, source, content = 'quotations', tokenize = 'porter unicode61');
CREATE TRIGGER quotations_fts_insert AFTER INSERT ON quotations BEGIN
    INSERT INTO quotations_fts (rowid, content, source) VALUES (new.rowid, new.content, new.source);
END;
CREATE TRIGGER quotations_fts_delete AFTER DELETE ON quotations BEGIN
    INSERT INTO quotations_fts (quotations_fts, rowid, content, source) VALUES ('delete', old.rowid, old.content, old.source);
END;
CREATE TRIGGER quotations_fts_update AFTER UPDATE OF content, source ON quotations BEGIN
    INSERT INTO quotations_fts (quotations_fts, rowid, content, source) VALUES ('delete', old.rowid, old.content, old.source);
    INSERT INTO quotations_fts (rowid, content, source) VALUES (new.rowid, new.content, new.source);
END;
