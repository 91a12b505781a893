-- Who said or wrote what, where and when.
CREATE VIEW quotation_list AS
SELECT
    speakers.name AS speaker,
    quotations.content AS quotation,
    quotations.type,
    quotations.act,
    quotations.cue,
    quotations.source,
    bodies.name AS on_behalf_of,
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
LEFT JOIN speakers AS bodies ON bodies.id = quotations.on_behalf_of_id
WHERE quotations.is_current = 1 AND quotations.act IN ('speech', 'writing');
