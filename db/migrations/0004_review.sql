-- What people decide.  Append-only: a decision is changed by another decision, never by an edit.

CREATE TABLE reviews (
    id TEXT PRIMARY KEY,            -- random
    target_type TEXT NOT NULL CHECK (target_type IN ('quotation', 'claim')), -- what was reviewed
    target_id TEXT NOT NULL,        -- id of the quotation or claim; kept when a re-extraction moves it
    document_id TEXT NOT NULL REFERENCES documents (id), -- its document
    action TEXT NOT NULL CHECK (action IN ('flag', 'unflag', 'accept', 'reject', 'fix', 'skip')), -- the decision
    change TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(change)), -- for fix: the fields changed, JSON
    note TEXT NOT NULL DEFAULT '',  -- why, in the reviewer's words
    reviewer TEXT NOT NULL,         -- id of the signed-in person
    reviewed_at TEXT NOT NULL       -- when, UTC
) STRICT;
CREATE INDEX reviews_target ON reviews (target_type, target_id, reviewed_at);
CREATE INDEX reviews_document_id ON reviews (document_id);

CREATE TABLE verdicts (
    id TEXT PRIMARY KEY,            -- random
    claim_id TEXT NOT NULL REFERENCES claims (id), -- the claim that was checked; kept when a re-extraction moves it
    rating TEXT NOT NULL,           -- a word of the scale set in metadata
    explanation TEXT NOT NULL DEFAULT '', -- what was found
    evidence TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(evidence)), -- addresses, JSON
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'corrected')), -- how far it is
    reviewer TEXT NOT NULL,         -- id of the signed-in person
    decided_at TEXT NOT NULL        -- when, UTC
) STRICT;
CREATE INDEX verdicts_claim_id ON verdicts (claim_id, decided_at);

CREATE TABLE judgements (
    id TEXT PRIMARY KEY,            -- random
    subject TEXT NOT NULL CHECK (subject IN ('speaker', 'question')), -- what is compared
    left_id TEXT NOT NULL,          -- one of the two
    right_id TEXT NOT NULL,         -- the other
    decision TEXT NOT NULL CHECK (decision IN ('same', 'different', 'unsure')), -- what was decided
    note TEXT NOT NULL DEFAULT '',  -- why
    reviewer TEXT NOT NULL,         -- id of the signed-in person
    decided_at TEXT NOT NULL,       -- when, UTC
    CHECK (left_id < right_id)
) STRICT;
CREATE INDEX judgements_pair ON judgements (subject, left_id, right_id, decided_at);
CREATE INDEX judgements_right_id ON judgements (right_id);

CREATE TABLE fact_checks (
    id TEXT PRIMARY KEY,            -- hash of its address and claim
    claim_reviewed TEXT NOT NULL,   -- the claim as the publisher words it
    claimant TEXT,                  -- who made it
    claim_date TEXT,                -- when it was made
    rating TEXT,                    -- the publisher's rating, in words
    publisher TEXT,                 -- who checked it
    url TEXT NOT NULL,              -- address of the fact-check
    published TEXT,                 -- ISO date
    imported_at TEXT NOT NULL       -- when it was imported, UTC
) STRICT;

-- What was decided never changes.  Only the link to its row may: a re-extraction that moves a span takes its
-- decisions along.  The insert triggers close the one way round the others: INSERT OR REPLACE deletes the old
-- row without firing delete triggers (unless recursive_triggers is on, which it is not by default).
CREATE TRIGGER reviews_no_update BEFORE UPDATE OF id, target_type, document_id, action, change, note, reviewer, reviewed_at ON reviews
BEGIN SELECT RAISE (ABORT, 'reviews are append-only: add another one'); END;
CREATE TRIGGER reviews_no_delete BEFORE DELETE ON reviews
BEGIN SELECT RAISE (ABORT, 'reviews are append-only: add another one'); END;
CREATE TRIGGER reviews_no_replace BEFORE INSERT ON reviews WHEN EXISTS (SELECT 1 FROM reviews WHERE id = new.id)
BEGIN SELECT RAISE (ABORT, 'reviews are append-only: add another one'); END;
CREATE TRIGGER verdicts_no_update BEFORE UPDATE OF id, rating, explanation, evidence, state, reviewer, decided_at ON verdicts
BEGIN SELECT RAISE (ABORT, 'verdicts are append-only: add another one'); END;
CREATE TRIGGER verdicts_no_delete BEFORE DELETE ON verdicts
BEGIN SELECT RAISE (ABORT, 'verdicts are append-only: add another one'); END;
CREATE TRIGGER verdicts_no_replace BEFORE INSERT ON verdicts WHEN EXISTS (SELECT 1 FROM verdicts WHERE id = new.id)
BEGIN SELECT RAISE (ABORT, 'verdicts are append-only: add another one'); END;
CREATE TRIGGER judgements_no_update BEFORE UPDATE ON judgements
BEGIN SELECT RAISE (ABORT, 'judgements are append-only: add another one'); END;
CREATE TRIGGER judgements_no_delete BEFORE DELETE ON judgements
BEGIN SELECT RAISE (ABORT, 'judgements are append-only: add another one'); END;
CREATE TRIGGER judgements_no_replace BEFORE INSERT ON judgements WHEN EXISTS (SELECT 1 FROM judgements WHERE id = new.id)
BEGIN SELECT RAISE (ABORT, 'judgements are append-only: add another one'); END;
