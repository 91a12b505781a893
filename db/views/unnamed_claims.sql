-- Claims that somebody asserts, but nobody is named for.
CREATE VIEW unnamed_claims AS
SELECT
    claims.check_worthiness,
    claims.text AS claim,
    -- Asked for row by row, so that counting all rows does not read quotations.
    (SELECT quotations.source FROM quotations WHERE quotations.id = claims.quotation_id) AS source,
    claims.kind,
    documents.outlet,
    documents.published,
    coalesce(documents.title, documents.input) AS document,
    claims.id AS claim_id,
    claims.document_id,
    claims.quotation_id,
    claims.rowid AS search_key
FROM claims
JOIN documents ON documents.id = claims.document_id
-- The plus keeps SQLite from starting with all claims that have no speaker, of which it would read the rows.
WHERE claims.is_current = 1 AND +claims.speaker_id IS NULL AND claims.asserted_by = 'anonymous';
