-- What can be checked: claims with their figures, who asserts them, why they are worth checking,
-- and how claims that answer the same question relate.

CREATE TABLE questions (
    id TEXT PRIMARY KEY,            -- hash of what is measured, the event, the unit and the kind; never of value, time or speaker
    label TEXT NOT NULL,            -- the question in words
    unit TEXT,                      -- unit of its answers
    kind TEXT NOT NULL              -- kind of its claims
) STRICT;

CREATE TABLE claims (
    id TEXT PRIMARY KEY,            -- hash of document, span, kind and figures
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, -- where it stands
    kind TEXT NOT NULL CHECK (kind IN ('quantity', 'change', 'comparison', 'rank', 'causal')), -- what sort of claim
    text TEXT NOT NULL,             -- the clause that makes the claim
    sentence TEXT NOT NULL,         -- the sentence it stands in
    measured TEXT,                  -- what is measured, as printed
    asserted_by TEXT NOT NULL,      -- a speaker's name, article or anonymous
    speaker_id TEXT REFERENCES speakers (id), -- the asserting speaker, when there is one
    quotation_id TEXT REFERENCES quotations (id) ON DELETE SET NULL, -- the quotation it stands in, when there is one
    is_denied INTEGER NOT NULL DEFAULT 0 CHECK (is_denied IN (0, 1)), -- 1: the speaker denies it
    is_hedged INTEGER NOT NULL DEFAULT 0 CHECK (is_hedged IN (0, 1)), -- 1: may, expected, reportedly …
    check_worthiness REAL NOT NULL CHECK (check_worthiness BETWEEN 0 AND 1), -- how much it deserves checking; see check_reasons
    question_id TEXT REFERENCES questions (id), -- the question it answers
    terms TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(terms)), -- content words of measured thing, event and entities, JSON: what questions are found by
    method TEXT NOT NULL,           -- which rule found it
    score REAL NOT NULL CHECK (score BETWEEN 0 AND 1), -- how sure that is
    start_char INTEGER NOT NULL CHECK (start_char >= 0), -- offsets of text
    end_char INTEGER NOT NULL CHECK (end_char > start_char), -- offset behind text
    sentence_start INTEGER NOT NULL CHECK (sentence_start >= 0), -- offsets of sentence
    sentence_end INTEGER NOT NULL CHECK (sentence_end > sentence_start), -- offset behind sentence
    measured_start INTEGER CHECK (measured_start >= 0), -- offsets of measured
    measured_end INTEGER CHECK (measured_end > measured_start), -- offset behind measured
    is_current INTEGER NOT NULL DEFAULT 1 CHECK (is_current IN (0, 1)), -- 0: no longer found, kept because somebody reviewed it
    CHECK ((measured IS NULL) = (measured_start IS NULL) AND (measured_start IS NULL) = (measured_end IS NULL))
) STRICT;
CREATE INDEX claims_document_id ON claims (document_id, start_char);
CREATE INDEX claims_check_worthiness ON claims (check_worthiness DESC);
CREATE INDEX claims_speaker_id ON claims (speaker_id);
CREATE INDEX claims_quotation_id ON claims (quotation_id);
CREATE INDEX claims_question_id ON claims (question_id);
CREATE INDEX claims_kind ON claims (kind);

CREATE TABLE figures (
    id TEXT PRIMARY KEY,            -- hash of claim, span and role
    claim_id TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE, -- whose figure
    text TEXT NOT NULL,             -- as printed
    value_min REAL,                 -- lower end; empty when open
    value_max REAL,                 -- upper end; empty when open
    comparator TEXT NOT NULL CHECK (comparator IN ('=', '~', '>', '>=', '<', '<=', 'range')), -- exactly, about, more than …
    direction TEXT CHECK (direction IN ('up', 'down')), -- of a change
    unit TEXT,                      -- percent, percentage_point, a currency, a physical unit or the counted noun
    role TEXT NOT NULL CHECK (role IN ('level', 'delta', 'from', 'to', 'share')), -- what it says of the measured thing
    start_char INTEGER NOT NULL CHECK (start_char >= 0), -- offsets into the document
    end_char INTEGER NOT NULL CHECK (end_char > start_char), -- offset behind the figure
    CHECK (value_min IS NOT NULL OR value_max IS NOT NULL),
    CHECK (value_min <= value_max)
) STRICT;
CREATE INDEX figures_claim_id ON figures (claim_id);
CREATE INDEX figures_unit ON figures (unit);

CREATE TABLE assertions (
    claim_id TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE, -- the claim
    depth INTEGER NOT NULL CHECK (depth >= 0), -- 0 is the outermost voice, the last one asserts the claim
    speaker TEXT NOT NULL,          -- a speaker's name, article or anonymous
    speaker_id TEXT REFERENCES speakers (id), -- who that is
    stance TEXT NOT NULL CHECK (stance IN ('asserts', 'credits', 'denies', 'doubts', 'estimates', 'promises')), -- how
    cue TEXT,                       -- the words that say so, as printed
    quotation_id TEXT REFERENCES quotations (id) ON DELETE SET NULL, -- the quotation that carries it
    PRIMARY KEY (claim_id, depth)
) STRICT;
CREATE INDEX assertions_speaker_id ON assertions (speaker_id);
CREATE INDEX assertions_quotation_id ON assertions (quotation_id);

CREATE TABLE check_reasons (
    claim_id TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE, -- the claim
    position INTEGER NOT NULL CHECK (position >= 0), -- order, weightiest first
    code TEXT NOT NULL,             -- HAS_QUANTITY, NAMED_SPEAKER, FORECAST, NO_BASE …
    weight REAL NOT NULL,           -- what it adds to check-worthiness; 0 for a flag
    text TEXT,                      -- the words that give the reason
    start_char INTEGER CHECK (start_char >= 0), -- their offsets
    end_char INTEGER CHECK (end_char > start_char), -- offset behind them
    PRIMARY KEY (claim_id, position),
    CHECK ((text IS NULL) = (start_char IS NULL) AND (start_char IS NULL) = (end_char IS NULL))
) STRICT;
CREATE INDEX check_reasons_code ON check_reasons (code);

CREATE TABLE claim_relations (
    claim_id TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE, -- the earlier claim
    other_id TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE, -- the later claim
    kind TEXT NOT NULL CHECK (kind IN ('same', 'compatible', 'refines', 'updates', 'conflicts', 'incomparable')), -- what the later is to the earlier
    score REAL NOT NULL CHECK (score BETWEEN 0 AND 1), -- how sure that is
    why TEXT NOT NULL,              -- in words
    PRIMARY KEY (claim_id, other_id),
    CHECK (claim_id <> other_id)
) STRICT;
CREATE INDEX claim_relations_other_id ON claim_relations (other_id);
CREATE INDEX claim_relations_kind ON claim_relations (kind);

CREATE VIRTUAL TABLE claims_fts USING fts5 (text, sentence, measured, content = 'claims', tokenize = 'porter unicode61');
CREATE TRIGGER claims_fts_insert AFTER INSERT ON claims BEGIN
    INSERT INTO claims_fts (rowid, text, sentence, measured) VALUES (new.rowid, new.text, new.sentence, new.measured);
END;
CREATE TRIGGER claims_fts_delete AFTER DELETE ON claims BEGIN
    INSERT INTO claims_fts (claims_fts, rowid, text, sentence, measured) VALUES ('delete', old.rowid, old.text, old.sentence, old.measured);
END;
CREATE TRIGGER claims_fts_update AFTER UPDATE OF text, sentence, measured ON claims BEGIN
    INSERT INTO claims_fts (claims_fts, rowid, text, sentence, measured) VALUES ('delete', old.rowid, old.text, old.sentence, old.measured);
    INSERT INTO claims_fts (rowid, text, sentence, measured) VALUES (new.rowid, new.text, new.sentence, new.measured);
END;
