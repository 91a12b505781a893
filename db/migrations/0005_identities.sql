-- Speakers across documents: what each document's speaker was taken for, roles, pairs for a person to judge.

ALTER TABLE speakers ADD COLUMN wikidata TEXT; -- id of its Wikidata item, from a roster
ALTER TABLE speakers ADD COLUMN is_known INTEGER NOT NULL DEFAULT 0 CHECK (is_known IN (0, 1)); -- 1: on a roster
ALTER TABLE speakers ADD COLUMN gender TEXT CHECK (gender IN ('female', 'male')); -- from a roster
ALTER TABLE speaker_names ADD COLUMN is_known INTEGER NOT NULL DEFAULT 0 CHECK (is_known IN (0, 1)); -- 1: from a roster

CREATE TABLE speaker_keys (
    key TEXT NOT NULL,              -- what a name is found by: surname, spelling or initials, folded
    speaker_id TEXT NOT NULL REFERENCES speakers (id) ON DELETE CASCADE, -- whose name it is of
    PRIMARY KEY (key, speaker_id)
) STRICT;
CREATE INDEX speaker_keys_speaker_id ON speaker_keys (speaker_id);

CREATE TABLE speaker_roles (
    speaker_id TEXT NOT NULL REFERENCES speakers (id) ON DELETE CASCADE, -- who holds it
    role TEXT NOT NULL,             -- the role in words: former mayor (port alba)
    head TEXT NOT NULL,             -- the role alone: mayor
    modifiers TEXT NOT NULL DEFAULT '', -- words that tell one holder from another: port alba
    is_past INTEGER NOT NULL DEFAULT 0 CHECK (is_past IN (0, 1)), -- 1: printed as former
    is_known INTEGER NOT NULL DEFAULT 0 CHECK (is_known IN (0, 1)), -- 1: from a roster, with the dates of the office
    from_date TEXT,                 -- first day of the office, or of an article that says so
    to_date TEXT,                   -- last day of the office, or of an article that says so
    PRIMARY KEY (speaker_id, role, is_known)
) STRICT;

CREATE TABLE document_speakers (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, -- where
    local_id TEXT NOT NULL,         -- the speaker as the document alone tells it: slug of the fullest name there
    own_id TEXT NOT NULL REFERENCES speakers (id), -- whom the program took it for
    speaker_id TEXT NOT NULL REFERENCES speakers (id), -- who that is after merges and people's judgements
    method TEXT NOT NULL,           -- how that was decided: exact, nickname, bare, new, judged …
    score REAL NOT NULL CHECK (score BETWEEN 0 AND 1), -- how sure that is
    why TEXT NOT NULL,              -- why, in words
    name TEXT NOT NULL,             -- the fullest name in the document
    names TEXT NOT NULL CHECK (json_valid(names)), -- all names in the document, JSON
    roles TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(roles)), -- roles in the document: [head, modifiers, is past], JSON
    PRIMARY KEY (document_id, local_id)
) STRICT;
CREATE INDEX document_speakers_own_id ON document_speakers (own_id);
-- Within a speaker this index is in order of rowid: the latest articles are read without sorting.
CREATE INDEX document_speakers_speaker_id ON document_speakers (speaker_id);

CREATE TABLE speaker_pairs (
    left_id TEXT NOT NULL REFERENCES speakers (id) ON DELETE CASCADE, -- one of two that may be one
    right_id TEXT NOT NULL REFERENCES speakers (id) ON DELETE CASCADE, -- the other
    score REAL NOT NULL CHECK (score BETWEEN 0 AND 1), -- how likely they are one
    why TEXT NOT NULL,              -- what speaks for and against it
    method TEXT NOT NULL,           -- what raised the question
    PRIMARY KEY (left_id, right_id),
    CHECK (left_id < right_id)
) STRICT;
CREATE INDEX speaker_pairs_right_id ON speaker_pairs (right_id);
CREATE INDEX speaker_pairs_score ON speaker_pairs (score);

-- Judgements may now be on a mention too: whether what a document calls so is a speaker.
CREATE TABLE judgements_new (
    id TEXT PRIMARY KEY,            -- random
    subject TEXT NOT NULL CHECK (subject IN ('speaker', 'question', 'mention')), -- what is compared
    left_id TEXT NOT NULL,          -- one of the two; for a mention document id/local id
    right_id TEXT NOT NULL,         -- the other; for a mention the speaker
    decision TEXT NOT NULL CHECK (decision IN ('same', 'different', 'unsure')), -- what was decided
    note TEXT NOT NULL DEFAULT '',  -- why
    reviewer TEXT NOT NULL,         -- id of the signed-in person
    decided_at TEXT NOT NULL,       -- when, UTC
    CHECK (left_id < right_id OR subject = 'mention')
) STRICT;
INSERT INTO judgements_new SELECT * FROM judgements ORDER BY rowid;
DROP TABLE judgements;
ALTER TABLE judgements_new RENAME TO judgements;
CREATE INDEX judgements_pair ON judgements (subject, left_id, right_id, decided_at);
CREATE INDEX judgements_right_id ON judgements (right_id);
CREATE TRIGGER judgements_no_update BEFORE UPDATE ON judgements
BEGIN SELECT RAISE (ABORT, 'judgements are append-only: add another one'); END;
CREATE TRIGGER judgements_no_delete BEFORE DELETE ON judgements
BEGIN SELECT RAISE (ABORT, 'judgements are append-only: add another one'); END;
CREATE TRIGGER judgements_no_replace BEFORE INSERT ON judgements WHEN EXISTS (SELECT 1 FROM judgements WHERE id = new.id)
BEGIN SELECT RAISE (ABORT, 'judgements are append-only: add another one'); END;

-- Counting a speaker's quotations reads the index alone.
CREATE INDEX quotations_speaker_act ON quotations (speaker_id, act, is_current, document_id, type);
DROP INDEX quotations_speaker_id;

-- What was stored before: every speaker of a document is the row it had.
INSERT INTO document_speakers (document_id, local_id, own_id, speaker_id, method, score, why, name, names)
SELECT mentions.document_id, mentions.speaker_id, mentions.speaker_id,
    coalesce(speakers.merged_into, speakers.id), 'name', 0.5, 'stored before identities were decided',
    speakers.name, json_array(speakers.name)
FROM mentions JOIN speakers ON speakers.id = mentions.speaker_id
GROUP BY mentions.document_id, mentions.speaker_id;
