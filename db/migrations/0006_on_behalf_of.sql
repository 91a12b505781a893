-- On whose behalf somebody speaks: "State Department spokesman Mark Toner" is a person, and speaks for a body.

ALTER TABLE quotations ADD COLUMN on_behalf_of_id TEXT REFERENCES speakers (id); -- whom the source, named or not, speaks for
CREATE INDEX quotations_on_behalf_of_id ON quotations (on_behalf_of_id) WHERE on_behalf_of_id IS NOT NULL;
