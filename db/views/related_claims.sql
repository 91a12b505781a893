-- Pairs of claims of one question with how the later stands to the earlier, and why.  `is_first`: neither
-- claim repeats an earlier one, so that each pair of answers is listed once.
-- Columns of claims and documents are asked for row by row, so that counting all rows does not read any.
CREATE VIEW related_claims AS
SELECT
    claim_relations.kind,
    claim_relations.why,
    claim_relations.score,
    (SELECT label FROM questions WHERE questions.id = claim_relations.question_id) AS question,
    (SELECT text FROM claims WHERE claims.id = claim_relations.claim_id) AS claim,
    (SELECT asserted_by FROM claims WHERE claims.id = claim_relations.claim_id) AS asserted_by,
    (
        SELECT documents.outlet FROM claims JOIN documents ON documents.id = claims.document_id
        WHERE claims.id = claim_relations.claim_id
    ) AS outlet,
    (
        SELECT documents.published FROM claims JOIN documents ON documents.id = claims.document_id
        WHERE claims.id = claim_relations.claim_id
    ) AS published,
    CAST((
        SELECT count(*) FROM claim_relations AS again
        WHERE again.claim_id = claim_relations.claim_id AND again.kind = 'same'
    ) + 1 AS INTEGER) AS times,
    CAST((
        SELECT count(DISTINCT coalesce(printed_in.outlet, printed_in.id))
        FROM claims AS printed JOIN documents AS printed_in ON printed_in.id = printed.document_id
        WHERE printed.is_current = 1
            AND (printed.id = claim_relations.claim_id OR printed.copy_of = claim_relations.claim_id)
    ) AS INTEGER) AS outlets,
    (SELECT text FROM claims WHERE claims.id = claim_relations.other_id) AS other_claim,
    (SELECT asserted_by FROM claims WHERE claims.id = claim_relations.other_id) AS other_asserted_by,
    (
        SELECT documents.outlet FROM claims JOIN documents ON documents.id = claims.document_id
        WHERE claims.id = claim_relations.other_id
    ) AS other_outlet,
    (
        SELECT documents.published FROM claims JOIN documents ON documents.id = claims.document_id
        WHERE claims.id = claim_relations.other_id
    ) AS other_published,
    CAST((
        SELECT count(*) FROM claim_relations AS again
        WHERE again.claim_id = claim_relations.other_id AND again.kind = 'same'
    ) + 1 AS INTEGER) AS other_times,
    CAST((
        SELECT count(DISTINCT coalesce(printed_in.outlet, printed_in.id))
        FROM claims AS printed JOIN documents AS printed_in ON printed_in.id = printed.document_id
        WHERE printed.is_current = 1
            AND (printed.id = claim_relations.other_id OR printed.copy_of = claim_relations.other_id)
    ) AS INTEGER) AS other_outlets,
    claim_relations.check_worthiness,
    -- The cast gives the column a type, so that the site's filter is_first=1 finds it.
    CAST((
        (SELECT is_repeat FROM claims WHERE claims.id = claim_relations.claim_id) = 0
        AND (
            claim_relations.kind = 'same'
            OR (SELECT is_repeat FROM claims WHERE claims.id = claim_relations.other_id) = 0
        )
    ) AS INTEGER) AS is_first,
    claim_relations.claim_id,
    claim_relations.other_id,
    (SELECT document_id FROM claims WHERE claims.id = claim_relations.claim_id) AS document_id,
    (SELECT document_id FROM claims WHERE claims.id = claim_relations.other_id) AS other_document_id,
    claim_relations.question_id
FROM claim_relations
-- With a question, both claims are current.
WHERE claim_relations.question_id IS NOT NULL;
