-- The articles, and how much was found in each.
CREATE VIEW document_list AS
SELECT
    coalesce(documents.title, documents.input) AS document,
    documents.outlet,
    documents.published,
    documents.dateline,
    documents.author,
    documents.words,
    CAST((
        SELECT count(*) FROM quotations
        WHERE quotations.document_id = documents.id AND quotations.act IN ('speech', 'writing')
            AND quotations.is_current = 1
    ) AS INTEGER) AS quotations,
    CAST((
        SELECT count(*) FROM claims WHERE claims.document_id = documents.id AND claims.is_current = 1
    ) AS INTEGER) AS claims,
    documents.url,
    documents.id AS document_id,
    documents.rowid AS search_key
FROM documents;
