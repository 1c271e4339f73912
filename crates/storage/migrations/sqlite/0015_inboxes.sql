-- Receivers of the house's own. hash is the SHA-256 of what the address holds.
CREATE TABLE inboxes (
    team         BLOB    NOT NULL,
    id           BLOB    NOT NULL,
    name         TEXT    NOT NULL,
    hash         BLOB    NOT NULL UNIQUE,
    sealed_token BLOB    NOT NULL,
    status       INTEGER NOT NULL,
    delay_ms     INTEGER NOT NULL,
    body         TEXT    NOT NULL,
    content_type TEXT    NOT NULL,
    created_by   INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (team, id)
) STRICT, WITHOUT ROWID;

-- What has come to them. The body stands last, so that lists don't read it.
CREATE TABLE inbox_requests (
    team           BLOB    NOT NULL,
    inbox          BLOB    NOT NULL,
    id             BLOB    NOT NULL,
    received_at    INTEGER NOT NULL,
    method         TEXT    NOT NULL,
    path           TEXT    NOT NULL,
    query          TEXT    NOT NULL,
    bytes          INTEGER NOT NULL,
    content_type   TEXT,
    event          TEXT,
    webhook_id     TEXT,
    attempt        INTEGER,
    verdict        TEXT    NOT NULL,
    integration    BLOB,
    answered       INTEGER NOT NULL,
    sealed_headers BLOB    NOT NULL,
    body           BLOB    NOT NULL,
    PRIMARY KEY (team, inbox, id),
    FOREIGN KEY (team, inbox) REFERENCES inboxes (team, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX inbox_requests_by_time ON inbox_requests (received_at);
