-- Questions with how often, by how many and where they are answered, and how many pairs of answers conflict.
CREATE VIEW question_list AS
SELECT
    questions.label AS question,
    CAST(counted.answers AS INTEGER) AS answers,
    CAST(counted.voices AS INTEGER) AS voices,
    CAST(counted.outlets AS INTEGER) AS outlets,
    CAST((
        SELECT count(*)
        FROM claim_relations
        JOIN claims AS earlier ON earlier.id = claim_relations.claim_id AND earlier.is_current = 1
        JOIN claims AS later ON later.id = claim_relations.other_id AND later.is_current = 1
        WHERE claim_relations.kind = 'conflicts' AND earlier.question_id = questions.id
    ) AS INTEGER) AS conflicts,
    counted.first_published,
    counted.last_published,
    questions.unit,
    questions.kind,
    questions.id AS question_id
FROM questions
JOIN (
    SELECT
        claims.question_id,
        count(*) FILTER (WHERE claims.copy_of IS NULL) AS answers,
        count(DISTINCT claims.asserted_by) AS voices,
        count(DISTINCT coalesce(documents.outlet, documents.id)) AS outlets,
        min(documents.published) AS first_published,
        max(documents.published) AS last_published
    FROM claims
    JOIN documents ON documents.id = claims.document_id
    WHERE claims.is_current = 1
    GROUP BY claims.question_id
) AS counted ON counted.question_id = questions.id;
