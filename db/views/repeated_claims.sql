-- Claims made again: the first time a claim is found, and how often, by whom and where it is repeated.
CREATE VIEW repeated_claims AS
SELECT
    claims.text AS claim,
    CAST(grouped.repeats + 1 AS INTEGER) AS times,
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
    documents.published AS first_published,
    (
        SELECT max(said_in.published)
        FROM claim_relations AS again
        JOIN claims AS said ON said.id = again.other_id AND said.is_current = 1
        JOIN documents AS said_in ON said_in.id = said.document_id
        WHERE again.claim_id = claims.id AND again.kind = 'same'
    ) AS last_published,
    documents.outlet AS first_outlet,
    coalesce(documents.title, documents.input) AS document,
    claims.id AS claim_id,
    claims.document_id,
    claims.question_id
FROM (
    SELECT claim_relations.claim_id, count(*) AS repeats
    FROM claim_relations
    JOIN claims ON claims.id = claim_relations.other_id AND claims.is_current = 1
    WHERE claim_relations.kind = 'same'
        -- Each group is listed once, at the claim that repeats no other.
        AND NOT EXISTS (
            SELECT 1 FROM claim_relations AS before
            WHERE before.other_id = claim_relations.claim_id AND before.kind = 'same'
        )
    GROUP BY claim_relations.claim_id
) AS grouped
JOIN claims ON claims.id = grouped.claim_id
JOIN documents ON documents.id = claims.document_id
WHERE claims.is_current = 1;
