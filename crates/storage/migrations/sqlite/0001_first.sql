-- The first schema, the same tables as on PostgreSQL. Times are milliseconds since 1970 in UTC; ids are UUIDs that sort by time;
-- documents, bodies and run details lie in blobs. What a team owns is keyed by team first. Narrow tables are WITHOUT ROWID: the row
-- lies where its key is.

CREATE TABLE teams (
    id         BLOB    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    domain     TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Numbers, because Postman's API has them; drawn at random by the caller, so that no sequence is needed.
CREATE TABLE users (
    id         INTEGER NOT NULL PRIMARY KEY,
    username   TEXT    NOT NULL,
    email      TEXT    NOT NULL,
    full_name  TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE memberships (
    team       BLOB    NOT NULL REFERENCES teams (id),
    user_id    INTEGER NOT NULL REFERENCES users (id),
    role       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (team, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE api_keys (
    team         BLOB    NOT NULL REFERENCES teams (id),
    id           BLOB    NOT NULL,
    user_id      INTEGER NOT NULL REFERENCES users (id),
    name         TEXT    NOT NULL,
    role         TEXT    NOT NULL,
    hash         BLOB    NOT NULL UNIQUE,
    prefix       TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER,
    PRIMARY KEY (team, id)
) STRICT, WITHOUT ROWID;

-- status is NULL while the request is under way.
CREATE TABLE idempotency_keys (
    team            BLOB    NOT NULL REFERENCES teams (id),
    idempotency_key TEXT    NOT NULL,
    route           TEXT    NOT NULL,
    request_hash    BLOB    NOT NULL,
    status          INTEGER,
    body            BLOB,
    created_at      INTEGER NOT NULL,
    PRIMARY KEY (team, idempotency_key)
) STRICT;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Compressed with zstd; size is that of the open bytes. touched_at is when the blob was last put (to ten minutes): retention
-- leaves alone what was put a moment ago and is not referred to yet.
CREATE TABLE blobs (
    hash       BLOB    NOT NULL PRIMARY KEY,
    bytes      BLOB    NOT NULL,
    size       INTEGER NOT NULL,
    touched_at INTEGER NOT NULL
) STRICT;

CREATE TABLE workspaces (
    team        BLOB    NOT NULL REFERENCES teams (id),
    id          BLOB    NOT NULL,
    name        TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    description TEXT    NOT NULL,
    created_by  INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    PRIMARY KEY (team, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE collections (
    team       BLOB    NOT NULL,
    id         BLOB    NOT NULL,
    workspace  BLOB    NOT NULL,
    owner      INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    hash       BLOB    NOT NULL REFERENCES blobs (hash),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, workspace) REFERENCES workspaces (team, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX collections_by_workspace ON collections (team, workspace);
CREATE INDEX collections_by_hash ON collections (hash);

CREATE TABLE versions (
    team       BLOB    NOT NULL,
    collection BLOB    NOT NULL,
    number     INTEGER NOT NULL,
    id         BLOB    NOT NULL,
    hash       BLOB    NOT NULL REFERENCES blobs (hash),
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (team, collection, number),
    FOREIGN KEY (team, collection) REFERENCES collections (team, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX versions_by_id ON versions (team, id);
CREATE INDEX versions_by_hash ON versions (hash);

CREATE TABLE environments (
    team            BLOB    NOT NULL,
    id              BLOB    NOT NULL,
    workspace       BLOB    NOT NULL,
    owner           INTEGER NOT NULL,
    name            TEXT    NOT NULL,
    sealed_document BLOB    NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, workspace) REFERENCES workspaces (team, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX environments_by_workspace ON environments (team, workspace);

CREATE TABLE monitors (
    team            BLOB    NOT NULL,
    id              BLOB    NOT NULL,
    workspace       BLOB    NOT NULL,
    owner           INTEGER NOT NULL,
    name            TEXT    NOT NULL,
    collection      BLOB    NOT NULL,
    environment     BLOB,
    active          INTEGER NOT NULL,
    cron            TEXT    NOT NULL,
    timezone        TEXT    NOT NULL,
    options         TEXT    NOT NULL,
    shard           INTEGER NOT NULL,
    next_due_at     INTEGER,
    streak_failures INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, workspace) REFERENCES workspaces (team, id) ON DELETE CASCADE,
    FOREIGN KEY (team, collection) REFERENCES collections (team, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX monitors_by_workspace ON monitors (team, workspace);
CREATE INDEX monitors_by_collection ON monitors (team, collection);
CREATE INDEX monitors_due ON monitors (shard, next_due_at) WHERE next_due_at IS NOT NULL;

-- Runs outlive their monitors. epoch is that of the lease under which a run was started.
CREATE TABLE runs (
    team         BLOB    NOT NULL,
    id           BLOB    NOT NULL,
    monitor      BLOB    NOT NULL,
    shard        INTEGER NOT NULL,
    status       TEXT    NOT NULL,
    triggered_by TEXT    NOT NULL,
    requested_by INTEGER,
    due_at       INTEGER NOT NULL,
    started_at   INTEGER,
    finished_at  INTEGER,
    epoch        INTEGER NOT NULL,
    stats        TEXT    NOT NULL,
    detail       BLOB,
    PRIMARY KEY (team, id)
) STRICT;
CREATE INDEX runs_by_monitor ON runs (team, monitor, id);
CREATE INDEX runs_open ON runs (shard, id) WHERE finished_at IS NULL;
CREATE UNIQUE INDEX runs_one_at_a_time ON runs (team, monitor) WHERE status = 'running';
CREATE INDEX runs_by_end ON runs (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX runs_by_detail ON runs (detail) WHERE detail IS NOT NULL;

CREATE TABLE activities (
    team            BLOB    NOT NULL,
    id              BLOB    NOT NULL,
    workspace       BLOB,
    collection      BLOB,
    collection_uid  TEXT    NOT NULL,
    collection_name TEXT    NOT NULL,
    user_id         INTEGER NOT NULL,
    user_name       TEXT    NOT NULL,
    action          TEXT    NOT NULL,
    model           TEXT    NOT NULL,
    model_name      TEXT    NOT NULL,
    model_uid       TEXT    NOT NULL,
    message         TEXT    NOT NULL,
    version         INTEGER,
    detail          TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    PRIMARY KEY (team, id)
) STRICT;
CREATE INDEX activities_by_workspace ON activities (team, workspace, id);
CREATE INDEX activities_by_collection ON activities (team, collection, id);

CREATE TABLE events (
    team          BLOB    NOT NULL,
    id            BLOB    NOT NULL,
    kind          TEXT    NOT NULL,
    custom_type   TEXT,
    workspace     BLOB,
    collection    BLOB,
    monitor       BLOB,
    body          BLOB    NOT NULL REFERENCES blobs (hash),
    detailed_body BLOB    REFERENCES blobs (hash),
    created_at    INTEGER NOT NULL,
    PRIMARY KEY (team, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX events_by_age ON events (created_at);
CREATE INDEX events_by_body ON events (body);
CREATE INDEX events_by_detailed_body ON events (detailed_body) WHERE detailed_body IS NOT NULL;

CREATE TABLE integrations (
    team            BLOB    NOT NULL REFERENCES teams (id),
    id              BLOB    NOT NULL,
    name            TEXT    NOT NULL,
    connector       TEXT    NOT NULL,
    event           TEXT    NOT NULL,
    workspace       BLOB,
    collection      BLOB,
    monitor         BLOB,
    sealed_config   BLOB    NOT NULL,
    sealed_secrets  BLOB    NOT NULL,
    options         TEXT    NOT NULL,
    status          TEXT    NOT NULL,
    status_reason   TEXT    NOT NULL,
    shard           INTEGER NOT NULL,
    first_gone_at   INTEGER,
    failing_since   INTEGER,
    failed_attempts INTEGER NOT NULL,
    not_before      INTEGER,
    created_by      INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    PRIMARY KEY (team, id)
) STRICT;
CREATE INDEX integrations_by_event ON integrations (team, event);
CREATE INDEX integrations_by_shard ON integrations (shard);

-- Hot: only what is not finished, and only what the sender needs. attempts counts those that were spent, made all of them.
CREATE TABLE deliveries (
    team         BLOB    NOT NULL,
    id           BLOB    NOT NULL,
    event        BLOB    NOT NULL,
    integration  BLOB    NOT NULL,
    shard        INTEGER NOT NULL,
    state        TEXT    NOT NULL,
    held_reason  TEXT,
    due_at       INTEGER,
    triggered_by TEXT    NOT NULL,
    attempts     INTEGER NOT NULL,
    made         INTEGER NOT NULL,
    coalesce_key TEXT,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    PRIMARY KEY (team, id),
    FOREIGN KEY (team, integration) REFERENCES integrations (team, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_due ON deliveries (team, integration, due_at, id) WHERE state = 'scheduled';
CREATE INDEX deliveries_by_integration ON deliveries (team, integration, coalesce_key);
CREATE INDEX deliveries_by_event ON deliveries (team, event);

CREATE TABLE deliveries_done (
    team         BLOB    NOT NULL,
    id           BLOB    NOT NULL,
    event        BLOB    NOT NULL,
    integration  BLOB    NOT NULL,
    shard        INTEGER NOT NULL,
    state        TEXT    NOT NULL,
    cancelled_by TEXT,
    attempts     INTEGER NOT NULL,
    made         INTEGER NOT NULL,
    coalesce_key TEXT,
    created_at   INTEGER NOT NULL,
    finished_at  INTEGER NOT NULL,
    PRIMARY KEY (team, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_done_by_end ON deliveries_done (finished_at);
CREATE INDEX deliveries_done_by_integration ON deliveries_done (team, integration, id);
CREATE INDEX deliveries_done_by_event ON deliveries_done (team, event);

CREATE TABLE attempts (
    team             BLOB    NOT NULL,
    delivery         BLOB    NOT NULL,
    number           INTEGER NOT NULL,
    id               BLOB    NOT NULL,
    integration      BLOB    NOT NULL,
    triggered_by     TEXT    NOT NULL,
    epoch            INTEGER NOT NULL,
    started_at       INTEGER NOT NULL,
    dns_ms           INTEGER,
    connect_ms       INTEGER,
    tls_ms           INTEGER,
    first_byte_ms    INTEGER,
    total_ms         INTEGER NOT NULL,
    outcome          TEXT    NOT NULL,
    message          TEXT    NOT NULL,
    peer             TEXT,
    url              TEXT    NOT NULL,
    status           INTEGER,
    request_headers  TEXT    NOT NULL,
    response_headers TEXT    NOT NULL,
    response_body    BLOB    NOT NULL,
    response_bytes   INTEGER NOT NULL,
    retry_after_ms   INTEGER,
    PRIMARY KEY (team, delivery, number)
) STRICT;

CREATE TABLE nodes (
    id         BLOB    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    started_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- All 256 are here from the beginning; epoch grows each time a shard changes hands.
CREATE TABLE shards (
    shard       INTEGER NOT NULL PRIMARY KEY,
    owner       BLOB,
    epoch       INTEGER NOT NULL,
    lease_until INTEGER NOT NULL
) STRICT;
INSERT INTO shards (shard, owner, epoch, lease_until)
WITH RECURSIVE numbers (number) AS (
    SELECT 0
    UNION ALL
    SELECT number + 1 FROM numbers WHERE number < 255
)
SELECT number, NULL, 0, 0 FROM numbers;
