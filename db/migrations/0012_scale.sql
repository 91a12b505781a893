-- Pages that stay fast with a million quotations: what they sort and count by stands in an index.

-- When and where a document was published, without reading its row, which holds the whole text.
CREATE INDEX documents_when ON documents (id, published, outlet);
-- What a speaker asserts, the most check-worthy first; how many questions that answers.
CREATE INDEX claims_of_speaker ON claims (speaker_id, check_worthiness DESC, id, question_id, document_id, is_current)
WHERE is_current = 1;
-- How many answers a question has; how many claims there are.
CREATE INDEX claims_answers ON claims (question_id, document_id, is_current) WHERE is_current = 1;
-- What is said again, what conflicts: pairs of a kind in order of the earlier claim, without reading the rows.
CREATE INDEX claim_relations_of_kind ON claim_relations (kind, claim_id, other_id);
DROP INDEX claim_relations_kind;
