-- Questions with how often, by how many and where they are answered, and how many pairs of answers conflict.
CREATE VIEW question_list AS
SELECT
    questions.label AS question,
    questions.answers,
    questions.voices,
    questions.outlets,
    CAST((
        SELECT count(*) FROM claim_relations
        WHERE claim_relations.question_id = questions.id AND claim_relations.kind = 'conflicts'
    ) AS INTEGER) AS conflicts,
    questions.first_published,
    questions.last_published,
    questions.unit,
    questions.kind,
    questions.id AS question_id
FROM questions
-- Somebody asserts an answer.
WHERE questions.voices > 0;
