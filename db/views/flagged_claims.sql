-- Claims that a fact-checker has flagged and not unflagged since; notes and names are not part of it.
CREATE VIEW flagged_claims AS
SELECT
    reviews.reviewed_at AS flagged_at,
    claims.text AS claim,
    claims.asserted_by,
    claims.check_worthiness,
    documents.outlet,
    documents.published,
    coalesce(documents.title, documents.input) AS document,
    claims.id AS claim_id,
    claims.document_id,
    claims.speaker_id
FROM reviews
JOIN claims ON claims.id = reviews.target_id
JOIN documents ON documents.id = claims.document_id
WHERE reviews.target_type = 'claim' AND reviews.action = 'flag'
    AND NOT EXISTS (
        SELECT 1 FROM reviews AS later
        WHERE later.target_type = 'claim' AND later.target_id = reviews.target_id AND later.action IN ('flag', 'unflag')
            AND (later.reviewed_at, later.rowid) > (reviews.reviewed_at, reviews.rowid)
    );
