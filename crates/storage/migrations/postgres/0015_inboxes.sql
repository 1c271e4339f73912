-- Receivers of the house's own. hash is the SHA-256 of what the address holds.
CREATE TABLE inboxes (
    team         UUID   NOT NULL,
    id           UUID   NOT NULL,
    name         TEXT   NOT NULL,
    hash         BYTEA  NOT NULL UNIQUE,
    sealed_token BYTEA  NOT NULL,
    status       BIGINT NOT NULL,
    delay_ms     BIGINT NOT NULL,
    body         TEXT   NOT NULL,
    content_type TEXT   NOT NULL,
    created_by   BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (team, id)
);

-- What has come to them. The body stands last, so that lists don't read it.
CREATE TABLE inbox_requests (
    team           UUID   NOT NULL,
    inbox          UUID   NOT NULL,
    id             UUID   NOT NULL,
    received_at    BIGINT NOT NULL,
    method         TEXT   NOT NULL,
    path           TEXT   NOT NULL,
    query          TEXT   NOT NULL,
    bytes          BIGINT NOT NULL,
    content_type   TEXT,
    event          TEXT,
    webhook_id     TEXT,
    attempt        BIGINT,
    verdict        TEXT   NOT NULL,
    integration    UUID,
    answered       BIGINT NOT NULL,
    sealed_headers BYTEA  NOT NULL,
    body           BYTEA  NOT NULL,
    PRIMARY KEY (team, inbox, id),
    FOREIGN KEY (team, inbox) REFERENCES inboxes (team, id) ON DELETE CASCADE
);
CREATE INDEX inbox_requests_by_time ON inbox_requests (received_at);
