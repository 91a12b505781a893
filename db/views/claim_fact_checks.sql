-- Known fact-checks beside the claims they may be about, with what a person decided last.
CREATE VIEW claim_fact_checks AS
SELECT
    pair.claim_id,
    pair.fact_check_id,
    claims.text AS claim,
    claims.asserted_by,
    fact_checks.claim_reviewed,
    fact_checks.claimant,
    fact_checks.claim_date,
    fact_checks.rating,
    fact_checks.publisher,
    fact_checks.published,
    fact_checks.title,
    fact_checks.url,
    coalesce((
        SELECT decision FROM fact_check_decisions AS made
        WHERE made.claim_id = pair.claim_id AND made.fact_check_id = pair.fact_check_id
        ORDER BY made.decided_at DESC, made.rowid DESC LIMIT 1
    ), 'suggested') AS decided,
    fact_check_matches.score,
    fact_check_matches.why
FROM (
    SELECT claim_id, fact_check_id FROM fact_check_matches
    UNION
    SELECT claim_id, fact_check_id FROM fact_check_decisions
) AS pair
JOIN claims ON claims.id = pair.claim_id
JOIN fact_checks ON fact_checks.id = pair.fact_check_id
LEFT JOIN fact_check_matches
    ON fact_check_matches.claim_id = pair.claim_id AND fact_check_matches.fact_check_id = pair.fact_check_id;
