-- Answers to questions: each claim once, however many outlets print its sentence.
CREATE VIEW question_answers AS
SELECT
    documents.published,
    documents.outlet,
    -- Outlets by name; documents without one count as one each.
    CAST((
        SELECT count(DISTINCT coalesce(printed_in.outlet, printed_in.id))
        FROM claims AS printed
        JOIN documents AS printed_in ON printed_in.id = printed.document_id
        WHERE printed.is_current = 1 AND (printed.id = claims.id OR printed.copy_of = claims.id)
    ) AS INTEGER) AS outlets,
    claims.asserted_by,
    (
        SELECT group_concat(figure, '; ')
        FROM (SELECT figure FROM figure_list WHERE figure_list.claim_id = claims.id ORDER BY start_char)
    ) AS figures,
    claims.text AS claim,
    claims.is_denied,
    claims.id AS claim_id,
    claims.document_id,
    claims.speaker_id,
    claims.question_id
FROM claims
JOIN documents ON documents.id = claims.document_id
-- Most claims copy no other: the plus keeps SQLite from starting with an index of those.
WHERE claims.is_current = 1 AND +claims.copy_of IS NULL;
