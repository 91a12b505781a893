-- Claims made again: the first time a claim is found, and how often, by whom and where it is repeated.
-- Columns of documents are asked for row by row, so that counting all rows does not read any.
CREATE VIEW repeated_claims AS
SELECT
    claims.text AS claim,
    claims.times,
    (
        SELECT group_concat(name, ', ')
        FROM (
            SELECT claims.asserted_by AS name
            UNION
            SELECT said.asserted_by
            FROM claim_relations AS again
            JOIN claims AS said ON said.id = again.other_id AND said.is_current = 1
            WHERE again.claim_id = claims.id AND again.kind = 'same'
        )
    ) AS asserted_by_all,
    CAST((
        SELECT count(DISTINCT said.document_id)
        FROM claim_relations AS again
        JOIN claims AS said ON said.id = again.other_id AND said.is_current = 1
        WHERE again.claim_id = claims.id AND again.kind = 'same' AND said.document_id <> claims.document_id
    ) AS INTEGER) AS further_documents,
    (SELECT published FROM documents WHERE documents.id = claims.document_id) AS first_published,
    (
        SELECT max(said_in.published)
        FROM claim_relations AS again
        JOIN claims AS said ON said.id = again.other_id AND said.is_current = 1
        JOIN documents AS said_in ON said_in.id = said.document_id
        WHERE again.claim_id = claims.id AND again.kind = 'same'
    ) AS last_published,
    (SELECT outlet FROM documents WHERE documents.id = claims.document_id) AS first_outlet,
    (SELECT coalesce(title, input) FROM documents WHERE documents.id = claims.document_id) AS document,
    claims.id AS claim_id,
    claims.document_id,
    claims.question_id
FROM claims
-- Each group is listed once, at the claim that repeats no other.
WHERE claims.times > 1 AND claims.is_repeat = 0 AND claims.is_current = 1;
