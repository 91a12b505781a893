-- Drafts wait for an editor, who publishes them or sends them back; and what was decided can be listed by time.

CREATE TABLE draft_returns (
    id TEXT PRIMARY KEY,            -- random
    verdict_id TEXT NOT NULL REFERENCES verdicts (id), -- the draft
    decision TEXT NOT NULL CHECK (decision IN ('return', 'undo')), -- sent back to be worked over, or that taken back
    note TEXT NOT NULL DEFAULT '',  -- what is to be done, in the editor's words
    reviewer TEXT NOT NULL,         -- id of the signed-in person
    decided_at TEXT NOT NULL,       -- when, UTC
    CHECK (decision = 'undo' OR trim(note) <> '')
) STRICT;
CREATE INDEX draft_returns_verdict_id ON draft_returns (verdict_id);
CREATE INDEX draft_returns_reviewer ON draft_returns (reviewer, decided_at);
CREATE INDEX draft_returns_decided_at ON draft_returns (decided_at);
CREATE TRIGGER draft_returns_no_update BEFORE UPDATE ON draft_returns
BEGIN SELECT RAISE (ABORT, 'draft returns are append-only: add another one'); END;
CREATE TRIGGER draft_returns_no_delete BEFORE DELETE ON draft_returns
BEGIN SELECT RAISE (ABORT, 'draft returns are append-only: add another one'); END;
CREATE TRIGGER draft_returns_no_replace BEFORE INSERT ON draft_returns WHEN EXISTS (SELECT 1 FROM draft_returns WHERE id = new.id)
BEGIN SELECT RAISE (ABORT, 'draft returns are append-only: add another one'); END;

-- The queue of drafts: what is beside the claim is made from verdicts and draft_returns, as `rating` is.
ALTER TABLE claims ADD COLUMN draft TEXT CHECK (draft IN ('waiting', 'returned')); -- the last verdict is a draft that waits for an editor or was sent back; empty: it is none
ALTER TABLE claims ADD COLUMN draft_at TEXT; -- since when it waits or was sent back, UTC
UPDATE claims SET draft = 'waiting', draft_at = (
    SELECT decided_at FROM verdicts WHERE claim_id = claims.id ORDER BY rowid DESC LIMIT 1
) WHERE id IN (
    SELECT claim_id FROM verdicts WHERE state = 'draft' AND NOT EXISTS (
        SELECT 1 FROM verdicts AS later WHERE later.claim_id = verdicts.claim_id AND later.rowid > verdicts.rowid
    )
);
CREATE INDEX claims_drafts ON claims (draft, draft_at, id) WHERE draft IS NOT NULL;

-- The draft of a correction says what was wrong, too.
DROP TRIGGER verdicts_correction_says_why;
CREATE TRIGGER verdicts_correction_says_why BEFORE INSERT ON verdicts
WHEN new.state <> 'draft' AND (new.state = 'corrected') <> (trim(new.correction) <> '')
BEGIN SELECT RAISE (ABORT, 'a correction, and only a correction, says what was wrong'); END;

-- What was decided, newest first, by anybody or by one.
CREATE INDEX reviews_reviewed_at ON reviews (reviewed_at);
CREATE INDEX reviews_action ON reviews (action, reviewed_at);
CREATE INDEX verdicts_decided_at ON verdicts (decided_at);
CREATE INDEX verdicts_reviewer ON verdicts (reviewer, decided_at);
CREATE INDEX judgements_decided_at ON judgements (decided_at);
CREATE INDEX judgements_reviewer ON judgements (reviewer, decided_at);
CREATE INDEX fact_check_decisions_decided_at ON fact_check_decisions (decided_at);
CREATE INDEX fact_check_decisions_reviewer ON fact_check_decisions (reviewer, decided_at);
