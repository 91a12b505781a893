-- Pairs of claims that answer the same question and cannot both be right, with why.
CREATE VIEW claims_in_conflict AS
SELECT
    questions.label AS question,
    earlier.text AS claim,
    earlier.asserted_by,
    earlier_document.outlet,
    earlier_document.published,
    later.text AS other_claim,
    later.asserted_by AS other_asserted_by,
    later_document.outlet AS other_outlet,
    later_document.published AS other_published,
    claim_relations.why,
    claim_relations.score,
    claim_relations.claim_id,
    claim_relations.other_id,
    earlier.document_id,
    later.document_id AS other_document_id,
    earlier.speaker_id,
    later.speaker_id AS other_speaker_id,
    earlier.question_id
FROM claim_relations
JOIN claims AS earlier ON earlier.id = claim_relations.claim_id
JOIN claims AS later ON later.id = claim_relations.other_id
JOIN documents AS earlier_document ON earlier_document.id = earlier.document_id
JOIN documents AS later_document ON later_document.id = later.document_id
LEFT JOIN questions ON questions.id = earlier.question_id
WHERE claim_relations.kind = 'conflicts' AND earlier.is_current = 1 AND later.is_current = 1;
