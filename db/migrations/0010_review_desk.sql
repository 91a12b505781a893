-- The review desk: what people decided last stands beside each row, decisions can be taken back, verdicts corrected.

ALTER TABLE quotations ADD COLUMN review TEXT CHECK (review IN ('accepted', 'rejected', 'fixed')); -- what a person decided last; empty: nobody has
ALTER TABLE quotations ADD COLUMN extracted TEXT CHECK (extracted IS NULL OR json_valid(extracted)); -- of a fixed row: what the program found in the fixed columns, JSON
ALTER TABLE claims ADD COLUMN review TEXT CHECK (review IN ('accepted', 'rejected', 'fixed')); -- what a person decided last; empty: nobody has
ALTER TABLE claims ADD COLUMN extracted TEXT CHECK (extracted IS NULL OR json_valid(extracted)); -- of a fixed row: what the program found in the fixed columns, JSON
ALTER TABLE claims ADD COLUMN rating TEXT; -- rating of the last verdict that was published

-- The queues: the most check-worthy claims first, the least sure quotations first.
CREATE INDEX claims_to_review ON claims (check_worthiness DESC, id) WHERE review IS NULL AND is_current = 1;
CREATE INDEX quotations_to_review ON quotations (score, id) WHERE review IS NULL AND is_current = 1;
CREATE INDEX claims_reviewed ON claims (review) WHERE review IS NOT NULL;
CREATE INDEX quotations_reviewed ON quotations (review) WHERE review IS NOT NULL;

-- A decision may now take another one back.
CREATE TABLE reviews_new (
    id TEXT PRIMARY KEY,            -- random
    target_type TEXT NOT NULL CHECK (target_type IN ('quotation', 'claim')), -- what was reviewed
    target_id TEXT NOT NULL,        -- id of the quotation or claim; kept when a re-extraction moves it
    document_id TEXT NOT NULL REFERENCES documents (id), -- its document
    action TEXT NOT NULL CHECK (action IN ('flag', 'unflag', 'accept', 'reject', 'fix', 'skip', 'undo')), -- the decision
    change TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(change)), -- for fix: the fields changed; for undo: the review taken back; JSON
    note TEXT NOT NULL DEFAULT '',  -- why, in the reviewer's words
    reviewer TEXT NOT NULL,         -- id of the signed-in person
    reviewed_at TEXT NOT NULL       -- when, UTC
) STRICT;
INSERT INTO reviews_new SELECT * FROM reviews ORDER BY rowid;
DROP TABLE reviews;
ALTER TABLE reviews_new RENAME TO reviews;
CREATE INDEX reviews_target ON reviews (target_type, target_id, reviewed_at);
CREATE INDEX reviews_document_id ON reviews (document_id);
CREATE INDEX reviews_reviewer ON reviews (reviewer, reviewed_at);
CREATE TRIGGER reviews_no_update BEFORE UPDATE OF id, target_type, document_id, action, change, note, reviewer, reviewed_at ON reviews
BEGIN SELECT RAISE (ABORT, 'reviews are append-only: add another one'); END;
CREATE TRIGGER reviews_no_delete BEFORE DELETE ON reviews
BEGIN SELECT RAISE (ABORT, 'reviews are append-only: add another one'); END;
CREATE TRIGGER reviews_no_replace BEFORE INSERT ON reviews WHEN EXISTS (SELECT 1 FROM reviews WHERE id = new.id)
BEGIN SELECT RAISE (ABORT, 'reviews are append-only: add another one'); END;

-- A published verdict is corrected in the open: the correction says what was wrong.
ALTER TABLE verdicts ADD COLUMN correction TEXT NOT NULL DEFAULT ''; -- for corrected: what was wrong, for readers
DROP TRIGGER verdicts_no_update;
CREATE TRIGGER verdicts_no_update BEFORE UPDATE OF id, rating, explanation, evidence, state, correction, reviewer, decided_at ON verdicts
BEGIN SELECT RAISE (ABORT, 'verdicts are append-only: add another one'); END;
CREATE TRIGGER verdicts_need_evidence BEFORE INSERT ON verdicts
WHEN new.state IN ('published', 'corrected') AND json_array_length(new.evidence) = 0
BEGIN SELECT RAISE (ABORT, 'a verdict is published with at least one link to evidence'); END;
CREATE TRIGGER verdicts_correction_says_why BEFORE INSERT ON verdicts
WHEN (new.state = 'corrected') <> (trim(new.correction) <> '')
BEGIN SELECT RAISE (ABORT, 'a correction, and only a correction, says what was wrong'); END;
