-- Addresses that others call, signed, to have a source looked at or a monitor run: one of the two. hash is the SHA-256 of what the address holds.
CREATE TABLE incoming_hooks (
    team           UUID    NOT NULL,
    id             UUID    NOT NULL,
    name           TEXT    NOT NULL,
    kind           TEXT    NOT NULL,
    source         UUID,
    monitor        UUID,
    hash           BYTEA   NOT NULL UNIQUE,
    sealed_secrets BYTEA   NOT NULL,
    branches       TEXT    NOT NULL,
    events         TEXT    NOT NULL,
    last_called_at BIGINT,
    last_outcome   TEXT,
    last_reason    TEXT,
    created_by     BIGINT  NOT NULL,
    created_at     BIGINT  NOT NULL,
    updated_at     BIGINT  NOT NULL,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, source) REFERENCES sources (team, id) ON DELETE CASCADE,
    FOREIGN KEY (team, monitor) REFERENCES monitors (team, id) ON DELETE CASCADE
);
CREATE INDEX incoming_hooks_by_source ON incoming_hooks (team, source) WHERE source IS NOT NULL;
CREATE INDEX incoming_hooks_by_monitor ON incoming_hooks (team, monitor) WHERE monitor IS NOT NULL;

-- Calls that something was done for. mark is the SHA-256 of what the sender calls the call: one that comes again is known by it for a day.
CREATE TABLE incoming_calls (
    team      UUID    NOT NULL,
    hook      UUID    NOT NULL,
    mark      BYTEA   NOT NULL,
    called_at BIGINT  NOT NULL,
    PRIMARY KEY (team, hook, mark),
    FOREIGN KEY (team, hook) REFERENCES incoming_hooks (team, id) ON DELETE CASCADE
);
CREATE INDEX incoming_calls_by_time ON incoming_calls (called_at);
