-- What a connector asked, one request after the other, as JSON (model/attempt.rs); NULL for a webhook, which is one request.
ALTER TABLE attempts ADD COLUMN steps TEXT;
