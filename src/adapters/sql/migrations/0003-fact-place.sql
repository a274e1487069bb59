-- Facts by the act that established them: what another process committed is told to the screens by its keys.
CREATE INDEX fact_place ON fact (party, idx);
