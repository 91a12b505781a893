-- Pairs of claims that answer the same question and cannot both be right, with why.
-- Columns of documents and questions are asked for row by row, so that counting all rows does not read any.
CREATE VIEW claims_in_conflict AS
SELECT
    (SELECT label FROM questions WHERE questions.id = claim_relations.question_id) AS question,
    earlier.text AS claim,
    earlier.asserted_by,
    (SELECT outlet FROM documents WHERE documents.id = earlier.document_id) AS outlet,
    (SELECT published FROM documents WHERE documents.id = earlier.document_id) AS published,
    later.text AS other_claim,
    later.asserted_by AS other_asserted_by,
    (SELECT outlet FROM documents WHERE documents.id = later.document_id) AS other_outlet,
    (SELECT published FROM documents WHERE documents.id = later.document_id) AS other_published,
    claim_relations.why,
    claim_relations.score,
    claim_relations.claim_id,
    claim_relations.other_id,
    earlier.document_id,
    later.document_id AS other_document_id,
    earlier.speaker_id,
    later.speaker_id AS other_speaker_id,
    claim_relations.question_id
FROM claim_relations
JOIN claims AS earlier ON earlier.id = claim_relations.claim_id
JOIN claims AS later ON later.id = claim_relations.other_id
-- With a question, both claims are current.
WHERE claim_relations.kind = 'conflicts' AND claim_relations.question_id IS NOT NULL;
