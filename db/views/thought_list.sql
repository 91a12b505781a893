-- What somebody is reported to think, want or plan: not said, so kept apart from quotations.
CREATE VIEW thought_list AS
SELECT
    speakers.name AS speaker,
    quotations.content AS thought,
    quotations.cue,
    quotations.source,
    documents.outlet,
    documents.published,
    coalesce(documents.title, documents.input) AS document,
    quotations.id AS quotation_id,
    quotations.document_id,
    quotations.speaker_id,
    quotations.rowid AS search_key
FROM quotations
JOIN documents ON documents.id = quotations.document_id
LEFT JOIN speakers ON speakers.id = quotations.speaker_id
WHERE quotations.is_current = 1 AND quotations.act = 'thought';
