-- The page of who asserts most stays quick: their claims most worth checking are read from an index.

CREATE INDEX claims_of_speaker ON claims (speaker_id, check_worthiness DESC) WHERE is_current = 1;
