-- Known fact-checks: more of what their publishers say, full-text search, which claims they may be about, and
-- what people decided about that.

ALTER TABLE fact_checks ADD COLUMN title TEXT; -- headline of the fact-check
ALTER TABLE fact_checks ADD COLUMN input TEXT; -- file or address it was imported from last

CREATE VIRTUAL TABLE fact_checks_fts USING fts5 (claim_reviewed, title, claimant, content = 'fact_checks', tokenize = 'porter unicode61');
INSERT INTO fact_checks_fts (fact_checks_fts) VALUES ('rebuild');
CREATE TRIGGER fact_checks_fts_insert AFTER INSERT ON fact_checks BEGIN
    INSERT INTO fact_checks_fts (rowid, claim_reviewed, title, claimant) VALUES (new.rowid, new.claim_reviewed, new.title, new.claimant);
END;
CREATE TRIGGER fact_checks_fts_delete AFTER DELETE ON fact_checks BEGIN
    INSERT INTO fact_checks_fts (fact_checks_fts, rowid, claim_reviewed, title, claimant) VALUES ('delete', old.rowid, old.claim_reviewed, old.title, old.claimant);
END;
CREATE TRIGGER fact_checks_fts_update AFTER UPDATE OF claim_reviewed, title, claimant ON fact_checks BEGIN
    INSERT INTO fact_checks_fts (fact_checks_fts, rowid, claim_reviewed, title, claimant) VALUES ('delete', old.rowid, old.claim_reviewed, old.title, old.claimant);
    INSERT INTO fact_checks_fts (rowid, claim_reviewed, title, claimant) VALUES (new.rowid, new.claim_reviewed, new.title, new.claimant);
END;

CREATE TABLE fact_check_matches (
    claim_id TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE, -- the claim
    fact_check_id TEXT NOT NULL REFERENCES fact_checks (id) ON DELETE CASCADE, -- the fact-check that may be about it
    score REAL NOT NULL CHECK (score BETWEEN 0 AND 1), -- how much the two say the same, see quotes/factchecks/matching.py
    why TEXT NOT NULL,              -- the evidence in words
    parts TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(parts)), -- what the score is the sum of, JSON
    PRIMARY KEY (claim_id, fact_check_id)
) STRICT;
CREATE INDEX fact_check_matches_fact_check_id ON fact_check_matches (fact_check_id);

CREATE TABLE fact_check_decisions (
    id TEXT PRIMARY KEY,            -- random
    claim_id TEXT NOT NULL REFERENCES claims (id), -- the claim; kept when a re-extraction moves it
    fact_check_id TEXT NOT NULL REFERENCES fact_checks (id), -- the fact-check
    decision TEXT NOT NULL CHECK (decision IN ('accept', 'reject', 'unsure')), -- whether it is about this claim
    note TEXT NOT NULL DEFAULT '',  -- why
    reviewer TEXT NOT NULL,         -- id of the signed-in person
    decided_at TEXT NOT NULL        -- when, UTC
) STRICT;
CREATE INDEX fact_check_decisions_claim_id ON fact_check_decisions (claim_id, fact_check_id, decided_at);
CREATE INDEX fact_check_decisions_fact_check_id ON fact_check_decisions (fact_check_id);

CREATE TRIGGER fact_check_decisions_no_update BEFORE UPDATE OF id, fact_check_id, decision, note, reviewer, decided_at ON fact_check_decisions
BEGIN SELECT RAISE (ABORT, 'fact-check decisions are append-only: add another one'); END;
CREATE TRIGGER fact_check_decisions_no_delete BEFORE DELETE ON fact_check_decisions
BEGIN SELECT RAISE (ABORT, 'fact-check decisions are append-only: add another one'); END;
CREATE TRIGGER fact_check_decisions_no_replace BEFORE INSERT ON fact_check_decisions WHEN EXISTS (SELECT 1 FROM fact_check_decisions WHERE id = new.id)
BEGIN SELECT RAISE (ABORT, 'fact-check decisions are append-only: add another one'); END;
