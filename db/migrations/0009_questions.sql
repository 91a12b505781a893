-- A question is what related claims answer: it is known by its first claim.  Reprints of a sentence count once.

ALTER TABLE questions ADD COLUMN claim_id TEXT REFERENCES claims (id) ON DELETE SET NULL; -- its first claim, whose words it has
CREATE INDEX questions_claim_id ON questions (claim_id);

ALTER TABLE claims ADD COLUMN copy_of TEXT REFERENCES claims (id) ON DELETE SET NULL; -- the earliest claim of the same sentence elsewhere, if this is a reprint
CREATE INDEX claims_copy_of ON claims (copy_of);

-- A judgement names a question or a claim by an id that may go when articles are extracted again.
CREATE TABLE question_names (
    name TEXT PRIMARY KEY,          -- id of a question or claim, as a judgement has it
    claim_id TEXT NOT NULL REFERENCES claims (id) -- the claim that is meant; kept when a re-extraction moves it
) STRICT;
CREATE INDEX question_names_claim_id ON question_names (claim_id);

-- Questions are found anew from all claims, with the terms they have now.
UPDATE claims SET question_id = NULL;
