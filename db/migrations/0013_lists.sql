-- Lists that stay fast with a million quotations: what they are sorted by stands in an index, what would take a
-- grouping of all rows is kept beside them.  Triggers keep it, so that it is true whoever writes.  A plus before a
-- column keeps SQLite from an index of it: until it has counted rows, it takes those of a kind for few.

-- Claims: how often the same is claimed.
ALTER TABLE claims ADD COLUMN times INTEGER NOT NULL DEFAULT 1 CHECK (times > 0); -- how often it is claimed: once here, and by current claims that are later and the same
ALTER TABLE claims ADD COLUMN is_repeat INTEGER NOT NULL DEFAULT 0 CHECK (is_repeat IN (0, 1)); -- 1: an earlier claim is the same

-- Relations: the question both claims answer, and what they are sorted by.
ALTER TABLE claim_relations ADD COLUMN question_id TEXT REFERENCES questions (id) ON DELETE SET NULL; -- the question that both claims answer; empty when they do not, or one is not current
ALTER TABLE claim_relations ADD COLUMN check_worthiness REAL NOT NULL DEFAULT 0 CHECK (check_worthiness BETWEEN 0 AND 1); -- of the more check-worthy of the two

-- Questions: their answers, counted.
ALTER TABLE questions ADD COLUMN answers INTEGER NOT NULL DEFAULT 0 CHECK (answers >= 0); -- claims that answer it; reprints of a sentence count once
ALTER TABLE questions ADD COLUMN voices INTEGER NOT NULL DEFAULT 0 CHECK (voices >= 0); -- those who assert an answer
ALTER TABLE questions ADD COLUMN outlets INTEGER NOT NULL DEFAULT 0 CHECK (outlets >= 0); -- outlets that print an answer; documents without one count as one each
ALTER TABLE questions ADD COLUMN first_published TEXT; -- when it was answered first
ALTER TABLE questions ADD COLUMN last_published TEXT; -- when it was answered last
ALTER TABLE questions ADD COLUMN is_counted INTEGER NOT NULL DEFAULT 0 CHECK (is_counted IN (0, 1)); -- 0: its answers changed since; who writes counts them before the transaction ends

UPDATE claims SET
    times = 1 + (
        SELECT count(*) FROM claim_relations JOIN claims AS later ON later.id = claim_relations.other_id
        WHERE claim_relations.claim_id = claims.id AND claim_relations.kind = 'same' AND later.is_current = 1
    ),
    is_repeat = EXISTS (SELECT 1 FROM claim_relations WHERE other_id = claims.id AND +kind = 'same')
WHERE id IN (SELECT claim_id FROM claim_relations WHERE kind = 'same' UNION SELECT other_id FROM claim_relations WHERE kind = 'same');
UPDATE claim_relations SET
    question_id = (
        SELECT earlier.question_id FROM claims AS earlier JOIN claims AS later ON later.question_id = earlier.question_id
        WHERE earlier.id = claim_relations.claim_id AND later.id = claim_relations.other_id
            AND earlier.is_current = 1 AND later.is_current = 1
    ),
    check_worthiness = (SELECT max(check_worthiness) FROM claims WHERE id IN (claim_relations.claim_id, claim_relations.other_id));
UPDATE questions SET (answers, voices, outlets, first_published, last_published, is_counted) = (
    SELECT count(*) FILTER (WHERE claims.copy_of IS NULL), count(DISTINCT claims.asserted_by),
        count(DISTINCT coalesce(documents.outlet, documents.id)), min(documents.published), max(documents.published), 1
    FROM claims JOIN documents ON documents.id = claims.document_id
    WHERE claims.question_id = questions.id AND claims.is_current = 1
);

-- A pair is new, is of another kind, or goes.
CREATE TRIGGER claim_relations_insert AFTER INSERT ON claim_relations BEGIN
    UPDATE claim_relations SET
        question_id = (
            SELECT earlier.question_id FROM claims AS earlier JOIN claims AS later ON later.question_id = earlier.question_id
            WHERE earlier.id = new.claim_id AND later.id = new.other_id AND earlier.is_current = 1 AND later.is_current = 1
        ),
        check_worthiness = (SELECT max(check_worthiness) FROM claims WHERE id IN (new.claim_id, new.other_id))
    WHERE claim_id = new.claim_id AND other_id = new.other_id;
    UPDATE claims SET times = times + 1
    WHERE id = new.claim_id AND new.kind = 'same' AND (SELECT is_current FROM claims WHERE id = new.other_id) = 1;
    UPDATE claims SET is_repeat = 1 WHERE id = new.other_id AND new.kind = 'same';
END;
CREATE TRIGGER claim_relations_kind AFTER UPDATE OF kind ON claim_relations WHEN (old.kind = 'same') <> (new.kind = 'same') BEGIN
    UPDATE claims SET times = 1 + (
        SELECT count(*) FROM claim_relations JOIN claims AS later ON later.id = claim_relations.other_id
        WHERE claim_relations.claim_id = new.claim_id AND claim_relations.kind = 'same' AND later.is_current = 1
    ) WHERE id = new.claim_id;
    UPDATE claims SET is_repeat = EXISTS (SELECT 1 FROM claim_relations WHERE other_id = new.other_id AND +kind = 'same')
    WHERE id = new.other_id;
END;
CREATE TRIGGER claim_relations_delete AFTER DELETE ON claim_relations WHEN old.kind = 'same' BEGIN
    UPDATE claims SET times = 1 + (
        SELECT count(*) FROM claim_relations JOIN claims AS later ON later.id = claim_relations.other_id
        WHERE claim_relations.claim_id = old.claim_id AND claim_relations.kind = 'same' AND later.is_current = 1
    ) WHERE id = old.claim_id;
    UPDATE claims SET is_repeat = EXISTS (SELECT 1 FROM claim_relations WHERE other_id = old.other_id AND +kind = 'same')
    WHERE id = old.other_id;
END;

-- A claim answers another question, is rejected or found again, or is worth more or less checking.
CREATE TRIGGER claims_related AFTER UPDATE OF question_id, is_current, check_worthiness ON claims
WHEN new.question_id IS NOT old.question_id OR new.is_current <> old.is_current OR new.check_worthiness <> old.check_worthiness
BEGIN
    UPDATE claim_relations SET
        question_id = (
            SELECT earlier.question_id FROM claims AS earlier JOIN claims AS later ON later.question_id = earlier.question_id
            WHERE earlier.id = claim_relations.claim_id AND later.id = claim_relations.other_id
                AND earlier.is_current = 1 AND later.is_current = 1
        ),
        check_worthiness = (
            SELECT max(check_worthiness) FROM claims WHERE id IN (claim_relations.claim_id, claim_relations.other_id)
        )
    WHERE claim_id = new.id OR other_id = new.id;
END;
CREATE TRIGGER claims_repeated AFTER UPDATE OF is_current ON claims WHEN new.is_current <> old.is_current BEGIN
    UPDATE claims SET times = 1 + (
        SELECT count(*) FROM claim_relations JOIN claims AS later ON later.id = claim_relations.other_id
        WHERE claim_relations.claim_id = claims.id AND claim_relations.kind = 'same' AND later.is_current = 1
    ) WHERE id IN (SELECT claim_id FROM claim_relations WHERE other_id = new.id AND +kind = 'same');
END;

-- What changes the answers of a question: they are counted again.
CREATE TRIGGER claims_asked_insert AFTER INSERT ON claims WHEN new.question_id IS NOT NULL BEGIN
    UPDATE questions SET is_counted = 0 WHERE id = new.question_id AND is_counted = 1;
END;
CREATE TRIGGER claims_asked_update AFTER UPDATE OF question_id, copy_of, asserted_by, is_current ON claims
WHEN new.question_id IS NOT old.question_id OR new.copy_of IS NOT old.copy_of OR new.asserted_by <> old.asserted_by
    OR new.is_current <> old.is_current
BEGIN
    UPDATE questions SET is_counted = 0 WHERE id IN (old.question_id, new.question_id) AND is_counted = 1;
END;
CREATE TRIGGER claims_asked_delete AFTER DELETE ON claims WHEN old.question_id IS NOT NULL BEGIN
    UPDATE questions SET is_counted = 0 WHERE id = old.question_id AND is_counted = 1;
END;
CREATE TRIGGER documents_asked AFTER UPDATE OF outlet, published ON documents
WHEN new.outlet IS NOT old.outlet OR new.published IS NOT old.published BEGIN
    UPDATE questions SET is_counted = 0
    WHERE is_counted = 1 AND id IN (SELECT question_id FROM claims WHERE document_id = new.id);
END;

-- What lists are sorted by.
CREATE INDEX claims_times ON claims (times DESC) WHERE times > 1 AND is_repeat = 0 AND is_current = 1;
CREATE INDEX claim_relations_worth ON claim_relations (check_worthiness DESC, kind) WHERE question_id IS NOT NULL;
CREATE INDEX claim_relations_score ON claim_relations (kind, score DESC, claim_id, other_id, question_id) WHERE question_id IS NOT NULL;
CREATE INDEX claim_relations_question_id ON claim_relations (question_id, kind) WHERE question_id IS NOT NULL;
CREATE INDEX questions_answers ON questions (answers DESC) WHERE voices > 0;
CREATE INDEX questions_uncounted ON questions (id) WHERE is_counted = 0;
-- What lists are counted by, document after document, without reading the rows.
DROP INDEX quotations_document_id;
CREATE INDEX quotations_document_id ON quotations (document_id, start_char, is_current, act, type, speaker_id, on_behalf_of_id);
DROP INDEX claims_document_id;
CREATE INDEX claims_document_id ON claims (document_id, start_char, is_current, copy_of, speaker_id, asserted_by, kind);
-- For the lists, the pairs that are there are counted now.
ANALYZE claim_relations;
