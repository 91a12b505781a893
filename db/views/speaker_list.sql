-- Who speaks: how often each speaker is quoted, in how many documents, and which claims they assert.
CREATE VIEW speaker_list AS
SELECT
    speakers.name AS speaker,
    speakers.type,
    CAST((
        SELECT count(*) FROM quotations
        WHERE quotations.speaker_id = speakers.id AND quotations.act IN ('speech', 'writing')
            AND quotations.is_current = 1
    ) AS INTEGER) AS quotations,
    CAST((
        SELECT count(*) FROM claims WHERE claims.speaker_id = speakers.id AND claims.is_current = 1
    ) AS INTEGER) AS claims,
    CAST((
        SELECT count(DISTINCT quotations.document_id) FROM quotations
        WHERE quotations.speaker_id = speakers.id AND quotations.act IN ('speech', 'writing')
            AND quotations.is_current = 1
    ) AS INTEGER) AS documents,
    (
        SELECT group_concat(outlet, ', ')
        FROM (
            SELECT DISTINCT documents.outlet
            FROM quotations JOIN documents ON documents.id = quotations.document_id
            WHERE quotations.speaker_id = speakers.id AND quotations.is_current = 1 AND documents.outlet IS NOT NULL
            ORDER BY documents.outlet
        )
    ) AS outlets,
    (
        SELECT min(documents.published)
        FROM quotations JOIN documents ON documents.id = quotations.document_id
        WHERE quotations.speaker_id = speakers.id AND quotations.is_current = 1
    ) AS first_quoted,
    (
        SELECT max(documents.published)
        FROM quotations JOIN documents ON documents.id = quotations.document_id
        WHERE quotations.speaker_id = speakers.id AND quotations.is_current = 1
    ) AS last_quoted,
    (
        SELECT group_concat(name, ', ')
        FROM (
            SELECT speaker_names.name FROM speaker_names
            WHERE speaker_names.speaker_id = speakers.id AND speaker_names.name <> speakers.name
            ORDER BY speaker_names.name
        )
    ) AS also_known_as,
    CAST((
        SELECT count(*) FROM speaker_pairs
        WHERE speaker_pairs.left_id = speakers.id OR speaker_pairs.right_id = speakers.id
    ) AS INTEGER) AS open_pairs,
    speakers.id AS speaker_id
FROM speakers
WHERE speakers.merged_into IS NULL
    -- Who is only on a roster speaks nowhere yet.
    AND (NOT speakers.is_known OR EXISTS (SELECT 1 FROM document_speakers WHERE speaker_id = speakers.id));
