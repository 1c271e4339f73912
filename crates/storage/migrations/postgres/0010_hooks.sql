-- Addresses that start a monitor's run when something is posted to them. hash is the SHA-256 of what the address holds.
CREATE TABLE hooks (
    team       UUID    NOT NULL,
    monitor    UUID    NOT NULL,
    hash       BYTEA   NOT NULL UNIQUE,
    created_at BIGINT  NOT NULL,
    PRIMARY KEY (team, monitor),
    FOREIGN KEY (team, monitor) REFERENCES monitors (team, id) ON DELETE CASCADE
);

-- What was posted, until the run has ended.
ALTER TABLE runs ADD COLUMN input BYTEA;
