-- What can be checked: each claim with its figures in words, who asserts it and why it is worth checking.
CREATE VIEW claim_list AS
SELECT
    claims.check_worthiness,
    claims.text AS claim,
    (
        SELECT group_concat(figure, '; ')
        FROM (SELECT figure FROM figure_list WHERE figure_list.claim_id = claims.id ORDER BY start_char)
    ) AS figures,
    claims.asserted_by,
    documents.outlet,
    documents.published,
    coalesce(documents.title, documents.input) AS document,
    (
        SELECT group_concat(reason, ', ')
        FROM (
            SELECT lower(replace(code, '_', ' ')) AS reason
            FROM check_reasons
            WHERE check_reasons.claim_id = claims.id
            ORDER BY position
        )
    ) AS reasons,
    claims.kind,
    claims.measured,
    claims.is_denied,
    claims.is_hedged,
    -- The cast gives the column a type, so that the site's filter is_flagged=1 finds it.
    CAST(coalesce((
        SELECT reviews.action = 'flag'
        FROM reviews
        WHERE reviews.target_type = 'claim' AND reviews.target_id = claims.id AND reviews.action IN ('flag', 'unflag')
        ORDER BY reviews.reviewed_at DESC, reviews.rowid DESC
        LIMIT 1
    ), 0) AS INTEGER) AS is_flagged,
    claims.id AS claim_id,
    claims.document_id,
    claims.speaker_id,
    claims.quotation_id,
    claims.question_id,
    claims.rowid AS search_key
FROM claims
JOIN documents ON documents.id = claims.document_id
WHERE claims.is_current = 1;
