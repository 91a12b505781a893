-- Pairs of claims of one question with how the later stands to the earlier, and why.  `is_first`: neither
-- claim repeats an earlier one, so that each pair of answers is listed once.
CREATE VIEW related_claims AS
SELECT
    claim_relations.kind,
    claim_relations.why,
    claim_relations.score,
    questions.label AS question,
    earlier.text AS claim,
    earlier.asserted_by,
    earlier_document.outlet,
    earlier_document.published,
    CAST((
        SELECT count(*) FROM claim_relations AS again
        WHERE again.claim_id = earlier.id AND again.kind = 'same'
    ) + 1 AS INTEGER) AS times,
    CAST((
        SELECT count(DISTINCT coalesce(printed_in.outlet, printed_in.id))
        FROM claims AS printed JOIN documents AS printed_in ON printed_in.id = printed.document_id
        WHERE printed.is_current = 1 AND (printed.id = earlier.id OR printed.copy_of = earlier.id)
    ) AS INTEGER) AS outlets,
    later.text AS other_claim,
    later.asserted_by AS other_asserted_by,
    later_document.outlet AS other_outlet,
    later_document.published AS other_published,
    CAST((
        SELECT count(*) FROM claim_relations AS again
        WHERE again.claim_id = later.id AND again.kind = 'same'
    ) + 1 AS INTEGER) AS other_times,
    CAST((
        SELECT count(DISTINCT coalesce(printed_in.outlet, printed_in.id))
        FROM claims AS printed JOIN documents AS printed_in ON printed_in.id = printed.document_id
        WHERE printed.is_current = 1 AND (printed.id = later.id OR printed.copy_of = later.id)
    ) AS INTEGER) AS other_outlets,
    max(earlier.check_worthiness, later.check_worthiness) AS check_worthiness,
    -- The cast gives the column a type, so that the site's filter is_first=1 finds it.
    CAST((
        NOT EXISTS (SELECT 1 FROM claim_relations AS before
            WHERE before.other_id = earlier.id AND before.kind = 'same')
        AND (claim_relations.kind = 'same' OR NOT EXISTS (SELECT 1 FROM claim_relations AS before
            WHERE before.other_id = later.id AND before.kind = 'same'))
    ) AS INTEGER) AS is_first,
    claim_relations.claim_id,
    claim_relations.other_id,
    earlier.document_id,
    later.document_id AS other_document_id,
    earlier.question_id
FROM claim_relations
JOIN claims AS earlier ON earlier.id = claim_relations.claim_id
JOIN claims AS later ON later.id = claim_relations.other_id
JOIN documents AS earlier_document ON earlier_document.id = earlier.document_id
JOIN documents AS later_document ON later_document.id = later.document_id
LEFT JOIN questions ON questions.id = earlier.question_id
WHERE earlier.is_current = 1 AND later.is_current = 1 AND earlier.question_id = later.question_id;
