-- Claims made again: the first time a claim is found, and how often, by whom and where it is repeated with the same figures.
CREATE VIEW repeated_claims AS
SELECT
    claims.text AS claim,
    count(DISTINCT repeats.id) + 1 AS times,
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
    count(DISTINCT repeats.document_id) AS further_documents,
    documents.published AS first_published,
    max(repeat_documents.published) AS last_published,
    documents.outlet AS first_outlet,
    coalesce(documents.title, documents.input) AS document,
    claims.id AS claim_id,
    claims.document_id,
    claims.question_id
FROM claim_relations
JOIN claims ON claims.id = claim_relations.claim_id
JOIN claims AS repeats ON repeats.id = claim_relations.other_id
JOIN documents ON documents.id = claims.document_id
JOIN documents AS repeat_documents ON repeat_documents.id = repeats.document_id
WHERE claim_relations.kind = 'same' AND claims.is_current = 1 AND repeats.is_current = 1
    -- Each group is listed once, at the claim that repeats no other.
    AND NOT EXISTS (
        SELECT 1 FROM claim_relations AS before
        WHERE before.other_id = claim_relations.claim_id AND before.kind = 'same'
    )
GROUP BY claim_relations.claim_id;
