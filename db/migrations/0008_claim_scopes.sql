-- What a claim is measured against, when and where it holds; forecasts told apart; three more kinds of claims.

ALTER TABLE claims ADD COLUMN is_forecast INTEGER NOT NULL DEFAULT 0 CHECK (is_forecast IN (0, 1)); -- 1: of what has not happened yet; such a claim is hedged as well
ALTER TABLE claims ADD COLUMN base TEXT; -- against what, since when, of what, as printed
ALTER TABLE claims ADD COLUMN base_start INTEGER CHECK (base_start >= 0 AND (base_start IS NULL) = (base IS NULL)); -- offsets of base
ALTER TABLE claims ADD COLUMN base_end INTEGER CHECK (base_end > base_start AND (base_end IS NULL) = (base IS NULL)); -- offset behind base
ALTER TABLE claims ADD COLUMN time_scope TEXT; -- when it holds, as printed
ALTER TABLE claims ADD COLUMN time_scope_start INTEGER CHECK (time_scope_start >= 0 AND (time_scope_start IS NULL) = (time_scope IS NULL)); -- offsets of time_scope
ALTER TABLE claims ADD COLUMN time_scope_end INTEGER CHECK (time_scope_end > time_scope_start AND (time_scope_end IS NULL) = (time_scope IS NULL)); -- offset behind time_scope
ALTER TABLE claims ADD COLUMN place TEXT; -- where it holds, as printed
ALTER TABLE claims ADD COLUMN place_start INTEGER CHECK (place_start >= 0 AND (place_start IS NULL) = (place IS NULL)); -- offsets of place
ALTER TABLE claims ADD COLUMN place_end INTEGER CHECK (place_end > place_start AND (place_end IS NULL) = (place IS NULL)); -- offset behind place

-- A check cannot be changed, so the column is made anew.  Under the old rules of ALTER TABLE a researcher's own
-- view over claims.kind does not stand in the way.
PRAGMA legacy_alter_table = ON;
ALTER TABLE claims ADD COLUMN kind_now TEXT NOT NULL DEFAULT 'quantity' CHECK (kind_now IN ('quantity', 'change', 'comparison', 'rank', 'causal', 'status', 'rule', 'vote')); -- what sort of claim
UPDATE claims SET kind_now = kind;
DROP INDEX claims_kind;
ALTER TABLE claims DROP COLUMN kind;
ALTER TABLE claims RENAME COLUMN kind_now TO kind;
CREATE INDEX claims_kind ON claims (kind);
PRAGMA legacy_alter_table = OFF;
