-- What waits for one integration, newest first: a list of it read all that its team has. Keys that take another's place are few.
DROP INDEX deliveries_by_integration;
CREATE INDEX deliveries_by_integration ON deliveries (team, integration, id);
CREATE INDEX deliveries_by_key ON deliveries (team, integration, coalesce_key) WHERE coalesce_key IS NOT NULL;

-- What did not succeed is little among what did, and what people look for.
CREATE INDEX deliveries_done_unlucky ON deliveries_done (team, state, id) WHERE state <> 'succeeded';
