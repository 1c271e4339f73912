-- Addresses that others call, signed, to have a source looked at or a monitor run: one of the two. hash is the SHA-256 of what the address holds.
CREATE TABLE incoming_hooks (
    team           BLOB    NOT NULL,
    id             BLOB    NOT NULL,
    name           TEXT    NOT NULL,
    kind           TEXT    NOT NULL,
    source         BLOB,
    monitor        BLOB,
    hash           BLOB    NOT NULL UNIQUE,
    sealed_secrets BLOB    NOT NULL,
    branches       TEXT    NOT NULL,
    events         TEXT    NOT NULL,
    last_called_at INTEGER,
    last_outcome   TEXT,
    last_reason    TEXT,
    created_by     INTEGER NOT NULL,
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, source) REFERENCES sources (team, id) ON DELETE CASCADE,
    FOREIGN KEY (team, monitor) REFERENCES monitors (team, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX incoming_hooks_by_source ON incoming_hooks (team, source) WHERE source IS NOT NULL;
CREATE INDEX incoming_hooks_by_monitor ON incoming_hooks (team, monitor) WHERE monitor IS NOT NULL;

-- Calls that something was done for. mark is the SHA-256 of what the sender calls the call: one that comes again is known by it for a day.
CREATE TABLE incoming_calls (
    team      BLOB    NOT NULL,
    hook      BLOB    NOT NULL,
    mark      BLOB    NOT NULL,
    called_at INTEGER NOT NULL,
    PRIMARY KEY (team, hook, mark),
    FOREIGN KEY (team, hook) REFERENCES incoming_hooks (team, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX incoming_calls_by_time ON incoming_calls (called_at);
