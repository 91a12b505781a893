-- Quotations whose speaker is not known: anonymous sources, and sources that could not be resolved.
CREATE VIEW unresolved_quotations AS
SELECT
    quotations.source,
    quotations.content AS quotation,
    quotations.type,
    quotations.act,
    quotations.cue,
    documents.outlet,
    documents.published,
    coalesce(documents.title, documents.input) AS document,
    quotations.id AS quotation_id,
    quotations.document_id,
    quotations.rowid AS search_key
FROM quotations
JOIN documents ON documents.id = quotations.document_id
WHERE quotations.is_current = 1 AND quotations.act IN ('speech', 'writing') AND quotations.speaker_id IS NULL;
